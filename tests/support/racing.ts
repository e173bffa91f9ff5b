import { expect } from 'vitest';
import type { Budget } from '../../src/compute/cost.ts';
import { enterLane, type LaneResult, Race, raceScene, raceStarts } from '../../src/compute/engine/race.ts';
import { DEFAULT_SCENE, newLane } from '../../src/scene/defaults.ts';
import type { Scene } from '../../src/scene/scene.ts';

/** A race of an optimizer of each kind of cost, with noise, with a change in mid-run, and with a lane that is off. */
export const RACING: Scene = {
  ...DEFAULT_SCENE,
  lanes: [
    { ...newLane('gd', 0), hyper: { lr: 0.003 }, schedule: { id: 'cosine', keys: {}, warmup: 0 } },
    { ...newLane('adam', 1), on: false },
    { ...newLane('sam', 2), hyper: { lr: 0.003, rho: 0.1 } },
    newLane('saddle-free-newton', 3),
    { ...newLane('bfgs', 4), noise: { kind: 'gaussian', sigma: 0.2, nu: 1 } },
  ],
  selected: 0,
  start: { count: 21, spawn: 'uniform', points: [] },
  steps: 60,
  edits: [{ step: 7, change: { kind: 'hyper', lane: 2, key: 'lr', value: 0.006 } }],
};

const TARGETS = [100, 10, 1, 1e-2];

/** Races to the end, in slices. */
export async function raced(
  gpu: GPUDevice | null,
  budget: Budget,
  slices: readonly number[],
): Promise<readonly LaneResult[]> {
  const race = await Race.create(gpu, RACING, { budget, targets: TARGETS });
  try {
    for (let k = 0; !race.done; k += 1) {
      await race.advance(slices[k % slices.length]);
    }
    return await race.results();
  } finally {
    race.dispose();
  }
}

/** What lanes spend an update at least, by the papers: one gradient, sam one more, a Hessian two; a search three. */
const LEAST: Readonly<Record<number, number>> = { 0: 1, 2: 2, 3: 3, 4: 3 };

/** Holds the results of a race under `n` gradients to what the word means. */
export function expectEqualGradients(results: readonly LaneResult[], n: number): void {
  expect(results.map(({ lane }) => lane)).toEqual([0, 2, 3, 4]);
  for (const { lane, updates, seen, series } of results) {
    const least = LEAST[lane];
    expect(updates, `updates of lane ${lane}`).toBe(Math.floor(n / least));
    for (const spent of seen.spent) {
      expect(spent).toBeLessThanOrEqual(n);
      // What costs the same each time spends all; a search stops before the update that it cannot pay for, at most 33 gradients.
      expect(spent).toBeGreaterThan(lane === 4 ? n - 34 : n - least);
    }
    const mean = seen.spent.reduce((sum, spent) => sum + spent, 0) / seen.spent.length;
    expect(series.evaluations.at(-1)).toBeCloseTo(mean, 9);
    expect(series.steps.at(-1)).toBe(updates);
    expect(series.steps[0]).toBe(0);
  }
}

/** Holds what the legend of a lane tells, which is counted for the swarm as a whole, to what was seen of each of its particles. */
export async function expectLegend(gpu: GPUDevice | null): Promise<void> {
  const starts = raceStarts(RACING);
  for (const lane of [0, 2, 3, 4]) {
    const own = raceScene(RACING, lane, { kind: 'steps', n: 40 });
    const entered = await enterLane(gpu, own, lane, starts, { targets: [], evaluations: Infinity });
    entered.advanceTo(own, 40);
    await entered.measure();
    const seen = await entered.swarm.watched();
    expect(seen?.diverged.every((update) => update < 0)).toBe(true);
    expect(entered.evaluations, `lane ${lane}`).toBe(seen?.spent.reduce((sum, spent) => sum + spent, 0));
    if (lane !== 4) {
      expect(entered.evaluations).toBe(40 * LEAST[lane] * (starts.length / 2));
    }
    entered.dispose();
  }
}
