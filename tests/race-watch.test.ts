import { describe, expect, test } from 'vitest';
import { createReferenceSwarm } from '../src/compute/reference/swarm.ts';
import type { SwarmPlan } from '../src/compute/contract.ts';
import { optimizers } from '../src/descent/optimizers/index.ts';
import { counting } from './support/counting.ts';
import { expectSeen, expectSurvey, GOALS, TARGETS, type Way, watchedPlan } from './support/watching.ts';

const UPDATES = 60;

/** Runs one particle alone, update by update. */
async function wayOf(plan: SwarmPlan, particle: number): Promise<Way> {
  const { optimizer, asked } = counting(plan.optimizer);
  const swarm = createReferenceSwarm({ ...plan, optimizer, starts: plan.starts.slice(2 * particle, 2 * particle + 2) });
  const points: [number, number, number][] = [];
  const evaluations: number[] = [];
  for (let update = 0; update <= UPDATES; update += 1) {
    swarm.advance(update === 0 ? 0 : 1);
    const { positions, losses } = await swarm.read();
    points.push([positions[0], positions[1], losses[0]]);
    evaluations.push(update + asked());
  }
  return { points, evaluations };
}

describe.each(optimizers.map((optimizer) => [optimizer.id, optimizer] as const))(
  '%s watched on the reference',
  (_, optimizer) => {
    test.each([Infinity, 42])('is seen as its ways tell, within %d evaluations', async (evaluations) => {
      const plan = watchedPlan(optimizer, 12);
      const watch = { targets: TARGETS, evaluations };
      const swarm = createReferenceSwarm(plan, { watch });
      swarm.advance(7);
      swarm.advance(UPDATES - 7);
      const seen = await swarm.watched();
      if (!seen) {
        throw new Error('Nothing was seen.');
      }
      for (let particle = 0; particle < 12; particle += 1) {
        expectSeen(seen, particle, await wayOf(plan, particle), watch, Number.MAX_VALUE);
      }
    });
  },
);

test.each([0, 1, 40])('in a few numbers after %d updates', async (updates) => {
  // A rate at which some leave the number range and others do not.
  const plan = watchedPlan(optimizers[0], 41, { lr: 0.02 });
  const swarm = createReferenceSwarm(plan, { watch: { targets: TARGETS, evaluations: 30, goals: GOALS } });
  swarm.advance(updates);
  const [survey, seen] = [await swarm.survey(), await swarm.watched()];
  // Hypotenuses and gradients are the very same float64 operations, but for the last bits of two ways to a root.
  expectSurvey(survey, seen, updates, GOALS, 1e-12);
});

test('a diverged particle is told with the point that went', async () => {
  const plan = watchedPlan(optimizers[0], 5, { lr: 10 });
  const watch = { targets: [1], evaluations: Infinity };
  const swarm = createReferenceSwarm(plan, { watch });
  swarm.advance(UPDATES);
  const seen = await swarm.watched();
  for (let particle = 0; particle < 5; particle += 1) {
    expect(seen?.diverged[particle]).toBeGreaterThan(0);
    if (seen) {
      expectSeen(seen, particle, await wayOf(plan, particle), watch, Number.MAX_VALUE);
    }
  }
});

test('nothing is seen where nobody asked for it, and a restart forgets', async () => {
  const plan = watchedPlan(optimizers[0], 3);
  const bare = createReferenceSwarm(plan);
  expect([await bare.watched(), await bare.survey()]).toEqual([null, null]);
  const watched = createReferenceSwarm(plan, { watch: { targets: TARGETS, evaluations: Infinity } });
  const fresh = await watched.watched();
  watched.advance(30);
  expect(await watched.watched()).not.toEqual(fresh);
  watched.restart(plan.settings);
  expect(await watched.watched()).toEqual(fresh);
});
