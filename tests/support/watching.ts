import { expect } from 'vitest';
import type { Landscape, Settings, SwarmPlan, Watched, WatchPlan } from '../../src/compute/contract.ts';
import { hyperDefaults } from '../../src/descent/optimizers/index.ts';
import type { Optimizer } from '../../src/descent/optimizer.ts';
import { spawnStarts } from '../../src/descent/spawn.ts';
import { compileFormula } from '../../src/formula/compile.ts';
import { planWith, settingsOf } from './plans.ts';

const BOX = [-5, 5, -5, 5] as const;

/** Himmelblau's function, with its minima not told. */
export const HIMMELBLAU: Landscape = {
  formula: compileFormula('(x^2 + y - 11)^2 + (x + y^2 - 7)^2'),
  parameters: new Float64Array(0),
  domain: BOX,
  minima: [],
};

/** Losses to be reached: some by all, the last by few. */
export const TARGETS = [500, 100, 10, 1, 1e-2, 1e-5] as const;

/** Some particles of an optimizer on Himmelblau's function. */
export function watchedPlan(optimizer: Optimizer, count: number, given: Partial<Settings> & { lr?: number } = {}): SwarmPlan {
  const { lr = optimizer.suggestedLearningRate, ...settings } = given;
  return planWith({
    landscape: HIMMELBLAU,
    optimizer,
    settings: settingsOf({ hyper: { ...hyperDefaults(optimizer), ...optimizer.suggestedHyper, lr }, rate: () => lr, ...settings }),
    starts: spawnStarts({ count, spawn: 'uniform', points: [] }, BOX, 3),
  });
}

/** Where one particle was after each update, the start first, and its gradient evaluations by then. */
export interface Way {
  readonly points: readonly (readonly [number, number, number])[];
  readonly evaluations: readonly number[];
}

const inRange = (limit: number) => (values: readonly number[]): boolean => values.every((value) => Math.abs(value) <= limit);

/** What a watch should have seen of a particle, by looking at its whole way at once. */
export function expectSeen(seen: Watched, particle: number, { points, evaluations }: Way, plan: WatchPlan, limit: number): void {
  const fits = inRange(limit);
  const gone = points.findIndex((point) => !fits(point));
  const affordable = evaluations.filter((spent) => spent <= plan.evaluations).length;
  const end = gone < 0 ? affordable : Math.min(affordable, gone);
  const counted = points.slice(0, end).map(([, , loss]) => loss);
  const left = gone >= 0 && gone < affordable;
  const last = left ? gone : affordable - 1;
  plan.targets.forEach((target, k) => {
    const at = counted.findIndex((loss) => loss <= target);
    expect([seen.updates[k][particle], seen.evaluations[k][particle]], `target ${target}, particle ${particle}`).toEqual(
      at < 0 ? [-1, Infinity] : [at, evaluations[at]],
    );
  });
  const [x, y, loss] = points[last];
  expect([...seen.positions.subarray(2 * particle, 2 * particle + 2), seen.losses[particle]]).toEqual([x, y, loss]);
  expect(seen.best[particle]).toBe(Math.min(...counted));
  expect(seen.spent[particle]).toBe(evaluations[last]);
  expect(seen.diverged[particle]).toBe(left ? gone : -1);
}
