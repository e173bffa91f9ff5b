import { describe, expect, it } from 'vitest';
import { DIVERGED_BEYOND } from '../src/compute/contract.ts';
import { updateOnGpu } from '../src/compute/swarm/update.ts';
import type { Optimizer } from '../src/descent/optimizer.ts';
import { hyperDefaults, optimizers } from '../src/descent/optimizers/index.ts';
import { testDevice } from './support/device.ts';

const LR = 0.5;

/** One first update from w = 0, on the GPU and by the reference, for each gradient. */
async function firstSteps(
  optimizer: Optimizer,
  gradients: readonly number[],
): Promise<readonly (readonly [number, number])[]> {
  const hyper = { ...hyperDefaults(optimizer), lr: LR };
  const count = Math.ceil(gradients.length / 4) * 4;
  const padded = Float32Array.from({ length: count }, (_, i) => gradients[i] ?? 0);
  const { weights } = await updateOnGpu(await testDevice(), optimizer, {
    hyper,
    t: 1,
    lr: LR,
    weights: new Float32Array(count),
    gradients: padded,
    states: new Float32Array(count * optimizer.state.length),
  });
  return gradients.map((_, i) => {
    const state = new Float64Array(optimizer.state.length);
    return [weights[i], optimizer.update(0, padded[i], state, 0, hyper, 1, LR)] as const;
  });
}

describe.each(optimizers.map((optimizer) => [optimizer.id, optimizer] as const))('%s in float32', (_, optimizer) => {
  it('never stands still on a steep slope: it goes where the reference goes, or leaves the number range', async () => {
    const gradients = [1e5, 1e12, 1e18, 1e19, 3e19, 1e20, 1e21, 1e25, 1e30, 1e35, 3e38].flatMap((g) => [g, -g]);
    for (const [i, [found, expected]] of (await firstSteps(optimizer, gradients)).entries()) {
      const left = !(Math.abs(found) <= DIVERGED_BEYOND);
      // A dozen roundings to float32.
      const near = Math.abs(found - expected) <= 12 * 2 ** -23 * Math.abs(expected);
      expect(left || near, `gradient ${gradients[i]}: ${found}, not ${expected}`).toBe(true);
    }
  });

  it('never leaps on a gentle one, though the square of its gradient is 0', async () => {
    const gradients = [0, 1e-10, 1e-15, 1e-19, 1e-20, 1e-22, 1e-25, 1e-30, 1e-35].flatMap((g) => [g, -g]);
    for (const [i, [found, expected]] of (await firstSteps(optimizer, gradients)).entries()) {
      // Where g² vanishes beside ε², a denominator of ε alone is off by g/ε, 1e-11 at most, times √(1/(1 − β₂)).
      const error = Math.abs(found - expected);
      expect(error, `gradient ${gradients[i]}: ${found}, not ${expected}`).toBeLessThanOrEqual(
        1e-6 * Math.abs(expected) + 1e-37,
      );
    }
  });
});
