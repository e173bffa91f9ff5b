import { beforeAll, expect, test } from 'vitest';
import { raceBudget } from '../src/compute/engine/budget.ts';
import { testDevice } from './support/device.ts';
import { expectEqualGradients, expectLegend, RACING, raced } from './support/racing.ts';

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

test('on the GPU the legend tells what particles spent', () => expectLegend(device));

test('on the GPU what an update costs is measured, and the budget that it gives is the same race again', async () => {
  const timed = { ...RACING, race: { ...RACING.race, budget: 'time' } } as const;
  const budget = await raceBudget(device, timed, () => performance.now());
  expect('costs' in budget && budget.costs.map((cost) => cost > 0 && cost < Infinity)).toEqual([
    true,
    false,
    true,
    true,
    true,
  ]);
  expect(await raced(device, budget, [7])).toEqual(await raced(device, budget, [60]));
});
