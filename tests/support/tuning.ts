import { expect } from 'vitest';
import { type TunePlan, type Tuning, tune } from '../../src/compute/engine/tune.ts';
import { DEFAULT_SCENE, newLane } from '../../src/scene/defaults.ts';
import type { Scene } from '../../src/scene/scene.ts';

const KAPPA = 10;
const STEPS = 12;

/** Gradient descent on a quadratic valley, where the loss after any number of updates is known. */
export const VALLEY: Scene = {
  ...DEFAULT_SCENE,
  surface: { formula: 'x^2/2 + k*y^2/2', params: { k: KAPPA } },
  lanes: [newLane('gd', 0), newLane('momentum', 1), newLane('bfgs', 2)],
  selected: 0,
  start: { count: 1, spawn: 'points', points: [[1, 1]] },
  steps: STEPS,
};

export const UPDATES: TunePlan = { budget: { kind: 'steps', n: STEPS }, key: null };

/** x and y shrink by 1 - lr and 1 - κ·lr with each update. */
export const lossAfter = (lr: number, steps = STEPS): number =>
  0.5 * ((1 - lr) ** (2 * steps) + KAPPA * (1 - KAPPA * lr) ** (2 * steps));

/**
 * Holds a tuning of the valley's gradient descent to what is known.
 * @param largest the largest loss of the device's number range
 */
export async function expectValley(gpu: GPUDevice | null, relative: number, largest: number): Promise<Tuning> {
  const tuning = await tune(gpu, VALLEY, 0, UPDATES);
  const { best, curve } = tuning;
  expect(curve.map(({ hyper }) => hyper.lr)).toEqual([...curve.map(({ hyper }) => hyper.lr)].sort((a, b) => a - b));
  for (const { hyper, low, median, high, diverged } of curve) {
    const wanted = lossAfter(hyper.lr);
    const gone = wanted > largest;
    expect([low, high, diverged]).toEqual([median, median, gone ? 1 : 0]);
    expect(
      gone ? median === Infinity : Math.abs(median / wanted - 1) < relative,
      `lr ${hyper.lr}: ${median}, not ${wanted}`,
    ).toBe(true);
  }
  // The best of a fine scan: with so few updates the steep direction may still swing a little.
  const fine = Array.from({ length: 4000 }, (_, k) => 10 ** (-2 + k / 2000)).reduce((one, other) =>
    lossAfter(other) < lossAfter(one) ? other : one,
  );
  // The search ends with 24 rates a decade, rounded to three digits.
  expect(Math.abs(Math.log10(best.hyper.lr / fine))).toBeLessThan(1 / 48 + 0.003);
  expect(best).toBe(curve.reduce((one, other) => (other.median < one.median ? other : one)));
  return tuning;
}
