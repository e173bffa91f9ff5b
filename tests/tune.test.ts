import { describe, expect, test } from 'vitest';
import { Race, raceStarts } from '../src/compute/engine/race.ts';
import { withHyper } from '../src/compute/engine/trials.ts';
import { tune, tuneAll } from '../src/compute/engine/tune.ts';
import { optimizers } from '../src/descent/optimizers/index.ts';
import { rateAt, rateGrid, valueGrid } from '../src/descent/search-grid.ts';
import { DEFAULT_SCENE, newLane } from '../src/scene/defaults.ts';
import type { Scene } from '../src/scene/scene.ts';
import { expectValley, lossAfter, UPDATES, VALLEY } from './support/tuning.ts';

test('the best rate on a valley is the one that is known', async () => {
  // Twelve products of float64.
  const tuning = await expectValley(null, 1e-12, Infinity);
  expect(tuning.trials).toBe(tuning.curve.length);
  expect(await tune(null, VALLEY, 0, UPDATES)).toEqual(tuning);
});

test('a rate that diverges counts as the worst, and where all do the search goes on below', async () => {
  const steep: Scene = { ...VALLEY, surface: { formula: 'x^2/2 + k*y^2/2', params: { k: 1e9 } }, steps: 400 };
  const { best, curve } = await tune(null, steep, 0, { ...UPDATES, budget: { kind: 'steps', n: 400 } });
  // Beyond 2/κ a quadratic diverges, by theory: beyond 3.4/κ by more than float64 has room for in 400 updates.
  for (const { hyper, median, diverged } of curve) {
    expect([hyper.lr, median < 5e8]).toEqual([hyper.lr, hyper.lr < 2e-9]);
    expect([hyper.lr, diverged, median === Infinity]).toEqual(
      hyper.lr > 3.4e-9 ? [hyper.lr, 1, true] : [hyper.lr, 0, false],
    );
  }
  expect(best.hyper.lr).toBeLessThan(2e-9);
  expect(best.hyper.lr).toBeGreaterThan(2e-10);
});

test('of rates that are low enough at the end, the one that was lower earlier', async () => {
  const bowl: Scene = { ...VALLEY, surface: { formula: 'x^2/2 + y^2/2', params: {} } };
  const budget = { kind: 'steps', n: 160 } as const;
  const { best, curve } = await tune(null, bowl, 0, { ...UPDATES, budget, enough: 1e-6 });
  // The loss shrinks by (1 - lr)² an update: with a tenth of these updates it is there already where that is at most 0.25.
  const soon = curve.filter(({ hyper }) => (1 - hyper.lr) ** 20 <= 1e-6);
  expect(soon.length).toBeGreaterThan(1);
  expect(best).toBe(soon[0]);
  for (const { hyper, median, before } of curve.filter(({ hyper }) => hyper.lr < 1)) {
    for (const [k, updates] of [160, 80, 40, 20, 10].entries()) {
      const loss = (1 - hyper.lr) ** (2 * updates);
      expect(Math.abs([median, ...before][k] - loss)).toBeLessThanOrEqual(1e-12 * loss);
    }
  }
  const { best: lowest } = await tune(null, bowl, 0, { ...UPDATES, budget });
  expect(lowest.median).toBe(0);
});

test('a second key makes it better, and is told', async () => {
  const alone = await tune(null, VALLEY, 1, UPDATES);
  const both = await tune(null, VALLEY, 1, { ...UPDATES, key: 'momentum' });
  expect(Object.keys(both.best.hyper)).toEqual(['lr', 'momentum']);
  expect(both.best.median).toBeLessThan(alone.best.median);
  expect(new Set(both.curve.map(({ hyper }) => hyper.momentum)).size).toBe(1);
  // Without momentum it is gradient descent, which is among what was tried.
  expect(both.best.median).toBeLessThanOrEqual(lossAfter(0.18));
  await expect(tune(null, VALLEY, 1, { ...UPDATES, key: 'beta' })).rejects.toThrow('"beta"');
  await expect(tune(null, VALLEY, 1, { ...UPDATES, key: 'lr' })).rejects.toThrow('grid of its own');
});

test('a budget of gradients is kept by searches too', async () => {
  const plan = { ...UPDATES, budget: { kind: 'gradients', n: 40 } } as const;
  const { best } = await tune(null, VALLEY, 2, plan);
  const less = await tune(null, VALLEY, 2, { ...plan, budget: { kind: 'gradients', n: 3 } });
  expect(best.median).toBeLessThan(less.best.median);
  expect(less.best.median).toBeLessThan(5.5);
});

test('every lane is searched alike, on other starts than the race’s, and has what was found for the whole run', async () => {
  const scene: Scene = {
    ...DEFAULT_SCENE,
    lanes: [newLane('adam', 0), newLane('lion', 1)],
    selected: 0,
    start: { count: 40, spawn: 'uniform', points: [] },
    steps: 60,
    edits: [
      { step: 5, change: { kind: 'hyper', lane: 0, key: 'lr', value: 1e-9 } },
      { step: 6, change: { kind: 'hyper', lane: 1, key: 'beta1', value: 0.5 } },
    ],
  };
  const seen: number[] = [];
  const plan = {
    ...UPDATES,
    budget: { kind: 'steps', n: 60 },
    between: (trials: number, of: number) => void seen.push(trials / of),
  } as const;
  const { scene: tuned, tunings } = await tuneAll(null, scene, [0, 1], plan);
  expect(tunings.map(({ lane }) => lane)).toEqual([0, 1]);
  for (const { lane, best } of tunings) {
    expect(tuned.lanes[lane].hyper).toEqual({ ...scene.lanes[lane].hyper, ...best.hyper });
    expect(best.median).toBeLessThan(1);
  }
  expect(tuned.edits).toEqual([scene.edits[1]]);
  expect(seen.every((share) => share >= 0 && share <= 1)).toBe(true);
  expect(raceStarts(tuned)).toEqual(raceStarts(scene));
  // Adam by the closed loop: the curve has its low where small rates crawl on one side, and large ones swing on the other.
  const { curve } = tunings[0];
  expect(curve[0].median).toBeGreaterThan(10 * tunings[0].best.median);
  expect(curve.at(-1)?.median).toBeGreaterThan(10 * tunings[0].best.median);
  await expect(
    tuneAll(null, scene, [0], {
      ...plan,
      between: () => {
        throw new Error('enough');
      },
    }),
  ).rejects.toThrow('enough');
});

test('what a lane is tuned on is not what it is raced on, but for given places', async () => {
  const one: Scene = { ...VALLEY, start: { count: 1, spawn: 'uniform', points: [] } };
  const lossOf = async (scene: Scene): Promise<number> => {
    const race = await Race.create(null, scene, { budget: UPDATES.budget, targets: [] });
    await race.advance(scene.steps);
    const [{ seen }] = await race.results();
    race.dispose();
    return seen.losses[0];
  };
  const tuned = await tuneAll(null, one, [0], UPDATES);
  expect(await lossOf(tuned.scene)).not.toBe(tuned.tunings[0].best.median);
  const given = await tuneAll(null, VALLEY, [0], UPDATES);
  expect(await lossOf(given.scene)).toBe(given.tunings[0].best.median);
});

test('other values hold for one lane and its keys', () => {
  const changed = withHyper(VALLEY, 1, { lr: 0.5 });
  expect(changed.lanes[1].hyper).toEqual({ ...VALLEY.lanes[1].hyper, lr: 0.5 });
  expect(changed.lanes[0]).toBe(VALLEY.lanes[0]);
});

describe.each(optimizers.map((optimizer) => [optimizer.id, optimizer] as const))('the grids of %s', (_, { hyper }) => {
  test.each(hyper.map((spec) => [spec.key, spec] as const))('%s', (key, spec) => {
    const values = key === 'lr' ? rateGrid(spec).map(rateAt) : valueGrid(spec);
    expect(values.length).toBeGreaterThan(1);
    expect(values).toEqual([...new Set(values)].sort((a, b) => a - b));
    expect(values.every((value) => value >= spec.min && value <= spec.max)).toBe(true);
    expect(values.some((value) => value <= spec.slider[0])).toBe(true);
    expect(values.some((value) => value >= spec.slider[1])).toBe(true);
  });
});
