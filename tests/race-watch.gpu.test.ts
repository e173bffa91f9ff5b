import { beforeAll, describe, expect, test } from 'vitest';
import { DIVERGED_BEYOND, type SwarmPlan } from '../src/compute/contract.ts';
import { createGpuSwarm } from '../src/compute/swarm/swarm.ts';
import { hyperDefaults, optimizers } from '../src/descent/optimizers/index.ts';
import { testDevice } from './support/device.ts';
import { countingPlan } from './support/counting.ts';
import { expectSeen, expectSurvey, GOALS, TARGETS, type Way, watchedPlan } from './support/watching.ts';

const UPDATES = 60;

let device: GPUDevice;
beforeAll(async () => {
  device = await testDevice();
});

/** The ways of all particles of a swarm whose updates cost the same each. */
async function waysOf(plan: SwarmPlan, each: number): Promise<Way[]> {
  const swarm = await createGpuSwarm(device, plan);
  const start = await swarm.read();
  const { positions, losses } = await swarm.trace(UPDATES);
  const count = swarm.count;
  swarm.dispose();
  const row = (at: ArrayLike<number>, values: ArrayLike<number>, k: number) =>
    [at[2 * k], at[2 * k + 1], values[k]] as const;
  return Array.from({ length: count }, (_, i) => ({
    points: [
      row(start.positions, start.losses, i),
      ...Array.from({ length: UPDATES }, (_, k) => row(positions, losses, k * count + i)),
    ],
    evaluations: Array.from({ length: UPDATES + 1 }, (_, k) => k * each),
  }));
}

/** The way of one particle alone, with what a search asks for as the tally counts it. */
async function wayAlone(plan: SwarmPlan, particle: number): Promise<Way> {
  const swarm = await createGpuSwarm(device, { ...plan, starts: plan.starts.slice(2 * particle, 2 * particle + 2) });
  const way = { points: [] as [number, number, number][], evaluations: [] as number[] };
  for (let update = 0; update <= UPDATES; update += 1) {
    swarm.advance(update === 0 ? 0 : 1);
    const [{ positions, losses }, { asked }] = await Promise.all([swarm.read(), swarm.tally()]);
    way.points.push([positions[0], positions[1], losses[0]]);
    way.evaluations.push(update + asked);
  }
  swarm.dispose();
  return way;
}

async function seenOf(plan: SwarmPlan, evaluations: number, slices: readonly number[]) {
  const swarm = await createGpuSwarm(device, plan, undefined, { targets: TARGETS, evaluations });
  for (const updates of slices) {
    swarm.advance(updates);
  }
  const seen = await swarm.watched();
  swarm.dispose();
  if (!seen) {
    throw new Error('Nothing was seen.');
  }
  return seen;
}

/** What updates cost, by the papers: one gradient, sam one more, a Hessian two. */
const COSTS: Readonly<Record<string, number>> = { sam: 2, 'saddle-free-newton': 3 };

describe.each(optimizers.map((optimizer) => [optimizer.id, optimizer] as const))(
  '%s watched on the GPU',
  (id, optimizer) => {
    const searches = typeof optimizer.evaluations === 'object';
    const count = searches ? 3 : 130;

    test('is seen as its ways tell', async () => {
      const plan = watchedPlan(optimizer, count);
      const ways = searches
        ? await Promise.all(Array.from({ length: count }, (_, i) => wayAlone(plan, i)))
        : await waysOf(plan, COSTS[id] ?? 1);
      for (const evaluations of [Infinity, 42]) {
        const seen = await seenOf(plan, evaluations, [UPDATES]);
        for (const [particle, way] of ways.entries()) {
          expectSeen(seen, particle, way, { targets: TARGETS, evaluations }, DIVERGED_BEYOND);
        }
      }
    });

    test('bit for bit, however the updates are split', async () => {
      const plan = watchedPlan(optimizer, 70, { noise: { kind: 'gaussian', sigma: 0.3, nu: 1 } });
      const whole = await seenOf(plan, 50, [UPDATES]);
      expect(await seenOf(plan, 50, [1, 3, 40, 16])).toEqual(whole);
    });
  },
);

const directed = optimizers.filter(({ direction }) => direction);

test.each(directed.map((optimizer) => [optimizer.id, optimizer] as const))(
  '%s spends as many gradients as its kernel asks for',
  async (_, optimizer) => {
    const plan = watchedPlan(optimizer, 1);
    const [counted, watched] = await Promise.all([
      createGpuSwarm(device, countingPlan(plan)),
      createGpuSwarm(device, plan, undefined, { targets: TARGETS, evaluations: Infinity }),
    ]);
    for (let update = 1; update <= 30; update += 1) {
      counted.advance(1);
      watched.advance(1);
      const [{ asked }, seen] = await Promise.all([counted.tally(), watched.watched()]);
      // The look of a search at the loss where it begins is one of its questions, and no gradient of its own.
      expect(seen?.spent[0], `update ${update}`).toBe(asked);
    }
    counted.dispose();
    watched.dispose();
  },
);

test.each([0, 1, 40])('in a few numbers after %d updates', async (updates) => {
  // More particles than a workgroup has threads, and a rate at which some leave the number range and others do not.
  const plan = watchedPlan(optimizers[0], 1021, { lr: 0.02 });
  const swarm = await createGpuSwarm(device, plan, undefined, { targets: TARGETS, evaluations: 30, goals: GOALS });
  swarm.advance(updates);
  const [survey, again, seen] = await Promise.all([swarm.survey(), swarm.survey(), swarm.watched()]);
  expect(again).toEqual(survey);
  // Float32: a distance or a gradient of a few roundings of what it is made from, which is of the size of 1000.
  expectSurvey(survey, seen, updates, GOALS, 2e-4);
  swarm.dispose();
});

test('particles that leave are told with the point that went', async () => {
  const plan = watchedPlan(optimizers[0], 40, { lr: 0.05 });
  const seen = await seenOf(plan, Infinity, [UPDATES]);
  expect([...seen.diverged].filter((update) => update > 0).length).toBeGreaterThan(10);
  for (const [particle, way] of (await waysOf(plan, 1)).entries()) {
    expectSeen(seen, particle, way, { targets: TARGETS, evaluations: Infinity }, DIVERGED_BEYOND);
  }
});

test('watching changes nothing of a run', async () => {
  const plan = watchedPlan(optimizers[0], 33);
  const [bare, watched] = await Promise.all([
    createGpuSwarm(device, plan),
    createGpuSwarm(device, plan, undefined, { targets: TARGETS, evaluations: 10 }),
  ]);
  for (const swarm of [bare, watched]) {
    swarm.advance(100);
  }
  expect(await watched.read()).toEqual(await bare.read());
  expect([await bare.watched(), await bare.survey()]).toEqual([null, null]);
  watched.restart({ ...plan.settings, hyper: hyperDefaults(optimizers[0]) });
  expect((await watched.watched())?.spent.every((spent) => spent === 0)).toBe(true);
  bare.dispose();
  watched.dispose();
});

test('too many targets and goals are refused', async () => {
  const plan = watchedPlan(optimizers[0], 3);
  const targets = Array.from({ length: 33 }, (_, k) => 100 - k);
  await expect(createGpuSwarm(device, plan, undefined, { targets, evaluations: 1 })).rejects.toThrow('33 targets');
  const goals = Array.from({ length: 65 }, (_, x) => ({ x, y: 0 }));
  await expect(createGpuSwarm(device, plan, undefined, { targets: [], evaluations: 1, goals })).rejects.toThrow(
    '65 goals',
  );
});
