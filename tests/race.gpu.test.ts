import { beforeAll, expect, test } from 'vitest';
import { testDevice } from './support/device.ts';
import { expectEqualGradients, raced } from './support/racing.ts';

let device: GPUDevice;
beforeAll(async () => {
  device = await testDevice();
});

test('on the GPU equal gradients are equal, and a race is the same however it is sliced', async () => {
  const budget = { kind: 'gradients', n: 60 } as const;
  const whole = await raced(device, budget, [60]);
  expectEqualGradients(whole, 60);
  expect(await raced(device, budget, [1, 9, 2, 17])).toEqual(whole);
});
