import { expect, test } from 'vitest';
import { updatesWithin } from '../src/compute/cost.ts';
import { raceBudget } from '../src/compute/engine/budget.ts';
import { Race } from '../src/compute/engine/race.ts';
import { findOptimizer } from '../src/descent/optimizers/index.ts';
import { expectEqualGradients, expectLegend, RACING, raced } from './support/racing.ts';

test('equal gradients are equal', async () => {
  expectEqualGradients(await raced(null, { kind: 'gradients', n: 60 }, [60]), 60);
});

test('the legend tells what particles spent', () => expectLegend(null));

test('a race is the same however it is sliced', async () => {
  const budget = { kind: 'gradients', n: 60 } as const;
  const whole = await raced(null, budget, [60]);
  expect(await raced(null, budget, [1, 9, 2, 17])).toEqual(whole);
});

test('series tell of the swarm as it is at their steps', async () => {
  const [result] = await raced(null, { kind: 'steps', n: 60 }, [60]);
  const { steps, loss, distance, rate, stride } = result.series;
  // Few enough updates that each is a sample.
  expect(steps).toEqual(Array.from({ length: 61 }, (_, k) => k));
  expect(rate[0]).toBe(0.003);
  expect(rate[30]).toBeCloseTo(0.0015, 12);
  expect(stride.median[0]).toBe(0);
  const sorted = [...result.seen.losses].sort((a, b) => a - b);
  expect([loss.low[60], loss.median[60], loss.high[60]]).toEqual([sorted[2], sorted[10], sorted[18]]);
  expect(distance.median[60]).toBeLessThan(distance.median[0]);
});

test('a race without samples sees the same', async () => {
  const budget = { kind: 'steps', n: 60 } as const;
  const race = await Race.create(null, RACING, { budget, targets: [100, 10, 1, 1e-2], samples: 0 });
  await race.advance(60);
  const bare = await race.results();
  race.dispose();
  expect(bare.map(({ seen }) => seen)).toEqual((await raced(null, budget, [60])).map(({ seen }) => seen));
  expect(bare.map(({ series }) => series.steps.length)).toEqual([0, 0, 0, 0]);
});

test('equal time is told in updates by what an update costs', () => {
  const gd = findOptimizer('gd');
  const budget = { kind: 'time', n: 100, costs: [2, Infinity, 8, 1000] } as const;
  expect([0, 2, 3].map((lane) => updatesWithin(budget, gd, lane))).toEqual([100, 25, 1]);
});

test('what an update costs is measured for the lanes that are on', async () => {
  const timed = { ...RACING, race: { ...RACING.race, budget: 'time' } } as const;
  const budget = await raceBudget(null, timed, () => performance.now());
  const costs = 'costs' in budget ? budget.costs : [];
  expect(costs.map((cost) => cost > 0 && Number.isFinite(cost))).toEqual([true, false, true, true, true]);
  const results = await raced(null, budget, [13]);
  expect(Math.max(...results.map(({ updates }) => updates))).toBe(RACING.steps);
  // The budget holds what was measured: raced again it is the same race.
  expect(await raced(null, budget, [60])).toEqual(results);
  expect(await raceBudget(null, RACING, () => 0)).toEqual({ kind: 'steps', n: RACING.steps });
});
