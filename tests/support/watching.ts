import { expect } from 'vitest';
import type { Landscape, Settings, Survey, SwarmPlan, Watched, WatchPlan } from '../../src/compute/contract.ts';
import type { Quantiles } from '../../src/compute/measures.ts';
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

/** Two of the minima, rounded, and a place that is none. */
export const GOALS = [
  { x: 3, y: 2 },
  { x: -2.805, y: 3.131 },
  { x: 4, y: -4 },
] as const;

/** Some particles of an optimizer on Himmelblau's function. */
export function watchedPlan(
  optimizer: Optimizer,
  count: number,
  given: Partial<Settings> & { lr?: number } = {},
): SwarmPlan {
  const { lr = optimizer.suggestedLearningRate, ...settings } = given;
  return planWith({
    landscape: HIMMELBLAU,
    optimizer,
    settings: settingsOf({
      hyper: { ...hyperDefaults(optimizer), ...optimizer.suggestedHyper, lr },
      rate: () => lr,
      ...settings,
    }),
    starts: spawnStarts({ count, spawn: 'uniform', points: [] }, BOX, 3),
  });
}

/** Where one particle was after each update, the start first, and its gradient evaluations by then. */
export interface Way {
  readonly points: readonly (readonly [number, number, number])[];
  readonly evaluations: readonly number[];
}

const inRange =
  (limit: number) =>
  (values: readonly number[]): boolean =>
    values.every((value) => Math.abs(value) <= limit);

/** What a watch should have seen of a particle, by looking at its whole way at once. */
export function expectSeen(
  seen: Watched,
  particle: number,
  { points, evaluations }: Way,
  plan: WatchPlan,
  limit: number,
): void {
  const fits = inRange(limit);
  const gone = points.findIndex((point) => !fits(point));
  const affordable = evaluations.filter((spent) => spent <= plan.evaluations).length;
  const end = gone < 0 ? affordable : Math.min(affordable, gone);
  const counted = points.slice(0, end).map(([, , loss]) => loss);
  const left = gone >= 0 && gone < affordable;
  const last = left ? gone : affordable - 1;
  plan.targets.forEach((target, k) => {
    const at = counted.findIndex((loss) => loss <= target);
    expect(
      [seen.updates[k][particle], seen.evaluations[k][particle]],
      `target ${target}, particle ${particle}`,
    ).toEqual(at < 0 ? [-1, Infinity] : [at, evaluations[at]]);
  });
  const [x, y, loss] = points[last];
  const [fromX, fromY] = points[Math.max(0, last - 1)];
  const moved = Math.hypot(x - fromX, y - fromY);
  // Of coordinates of float32 the difference is exact, and its length is rounded a few times. Where a particle goes far, so is the length.
  expect(
    left || Math.abs(seen.moved[particle] - moved) <= 2e-6 * moved,
    `moved by ${seen.moved[particle]}, not ${moved}`,
  ).toBe(true);
  expect([...seen.positions.subarray(2 * particle, 2 * particle + 2), seen.losses[particle]]).toEqual([x, y, loss]);
  expect(seen.best[particle]).toBe(Math.min(...counted));
  expect(seen.spent[particle]).toBe(evaluations[last]);
  expect(seen.diverged[particle]).toBe(left ? gone : -1);
}

/** The values of ranks floor(q·(n - 1)), by sorting. */
function ranked(values: readonly number[]): Quantiles {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (q: number): number => sorted[Math.floor(q * (sorted.length - 1))];
  return { low: rank(0.1), median: rank(0.5), high: rank(0.9) };
}

/** What a survey of HIMMELBLAU should tell, from what was seen of each particle, by sorting and by its derivatives as they are in books. */
export function expectSurvey(
  survey: Survey | null,
  seen: Watched | null,
  step: number,
  goals: readonly { readonly x: number; readonly y: number }[],
  relative: number,
): void {
  if (!survey || !seen) {
    throw new Error('Nothing was seen.');
  }
  const particles = Array.from(seen.losses, (loss, i) => {
    const [x, y] = [seen.positions[2 * i], seen.positions[2 * i + 1]];
    const [a, b] = [x * x + y - 11, x + y * y - 7];
    return {
      loss,
      distance: Math.min(...goals.map((goal) => Math.sqrt((x - goal.x) ** 2 + (y - goal.y) ** 2))),
      gradient: Math.sqrt((4 * x * a + 2 * b) ** 2 + (2 * a + 4 * y * b) ** 2),
      stride: seen.moved[i],
    };
  });
  const gone = (i: number): boolean => seen.diverged[i] >= 0;
  expect([survey.step, survey.count, survey.diverged]).toEqual([
    step,
    particles.length,
    particles.filter((_, i) => gone(i)).length,
  ]);
  expect(survey.spent).toBe(seen.spent.reduce((sum, spent) => sum + spent, 0));
  for (const [id, found] of Object.entries(survey.measures) as [keyof (typeof particles)[number], Quantiles][]) {
    const wanted = ranked(particles.map((particle, i) => (gone(i) ? Infinity : particle[id])));
    for (const [q, value] of Object.entries(wanted) as [keyof Quantiles, number][]) {
      const size = value === Infinity ? 0 : relative * (1 + Math.abs(value));
      expect(value === found[q] || Math.abs(found[q] - value) <= size, `${id} ${q}: ${found[q]} for ${value}`).toBe(
        true,
      );
    }
  }
}
