import { beforeAll, expect, test } from 'vitest';
import { DIVERGED_BEYOND } from '../src/compute/contract.ts';
import { tune } from '../src/compute/engine/tune.ts';
import { testDevice } from './support/device.ts';
import { expectValley, UPDATES, VALLEY } from './support/tuning.ts';

let device: GPUDevice;
beforeAll(async () => {
  device = await testDevice();
});

test('on the GPU the best rate on a valley is the one that is known', async () => {
  // Float32: 1 - κ·lr, where it nearly cancels, loses all but a few digits, and is taken to the 24th power.
  await expectValley(device, 2e-2, DIVERGED_BEYOND);
});

test('a search is tuned within its budget of gradients', async () => {
  const plan = { ...UPDATES, budget: { kind: 'gradients', n: 40 } } as const;
  const [found, reference] = [await tune(device, VALLEY, 2, plan), await tune(null, VALLEY, 2, plan)];
  expect(found.curve.length).toBeGreaterThan(20);
  // A quasi-Newton method is at the bottom of a quadratic in two parameters after a few of its searches.
  expect(found.best.median).toBeLessThan(1e-6);
  expect(reference.best.median).toBeLessThan(1e-6);
});
