import { describe, expect, test } from 'vitest';
import { createReferenceSwarm } from '../src/compute/reference/swarm.ts';
import type { SwarmPlan } from '../src/compute/contract.ts';
import { optimizers } from '../src/descent/optimizers/index.ts';
import type { Optimizer } from '../src/descent/optimizer.ts';
import { expectSeen, TARGETS, type Way, watchedPlan } from './support/watching.ts';

const UPDATES = 60;

/** The optimizer, with every question that it asks the surface counted: a Hessian twice. */
function counting(optimizer: Optimizer): { optimizer: Optimizer; asked: () => number } {
  let asked = 0;
  const { direction } = optimizer;
  const counted: Optimizer['direction'] = (x, y, g, state, at, hyper, t, lr, around) =>
    direction?.(x, y, g, state, at, hyper, t, lr, {
      unit: around.unit,
      gradient(u, v, out) {
        asked += 1;
        return around.gradient(u, v, out);
      },
      hessian(u, v, out) {
        asked += 2;
        around.hessian(u, v, out);
      },
    });
  return { optimizer: direction ? { ...optimizer, direction: counted } : optimizer, asked: () => asked };
}

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

describe.each(optimizers.map((optimizer) => [optimizer.id, optimizer] as const))('%s watched on the reference', (_, optimizer) => {
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
  expect(await createReferenceSwarm(plan).watched()).toBeNull();
  const watched = createReferenceSwarm(plan, { watch: { targets: TARGETS, evaluations: Infinity } });
  const fresh = await watched.watched();
  watched.advance(30);
  expect(await watched.watched()).not.toEqual(fresh);
  watched.restart(plan.settings);
  expect(await watched.watched()).toEqual(fresh);
});
