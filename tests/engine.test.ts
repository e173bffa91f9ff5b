import { describe, expect, test } from 'vitest';
import { Follower } from '../src/compute/engine/follow.ts';
import { Pace } from '../src/compute/engine/pace.ts';
import { SceneRun } from '../src/compute/engine/run.ts';
import { DEFAULT_SCENE, newLane } from '../src/scene/defaults.ts';
import { applyChange } from '../src/scene/edits.ts';
import type { Scene } from '../src/scene/scene.ts';

/** The default scene, small enough for the reference. */
const BASE: Scene = { ...DEFAULT_SCENE, start: { ...DEFAULT_SCENE.start, count: 24 }, steps: 200 };

const create = async (scene: Scene, step = 0): Promise<SceneRun> => {
  const run = await SceneRun.create(null, 'reference', scene);
  await run.start(step);
  return run;
};

/** Every number of a run. */
async function state(run: SceneRun) {
  await run.settled();
  return Promise.all(
    run.lanes.map(async (lane) => ({ lane: lane.lane, step: lane.swarm.step, ...(await lane.swarm.read()) })),
  );
}

/** What the same scene gives when it is run from the start without anything happening on the way. */
async function fresh(scene: Scene, step: number) {
  const run = await create(scene, step);
  const found = await state(run);
  run.dispose();
  return found;
}

describe('a scene that is changed in mid-run is the same as that scene run from its start', () => {
  const changes: readonly (readonly [string, (scene: Scene, step: number) => Scene])[] = [
    ['a learning rate', (scene, step) => applyChange(scene, step, { kind: 'hyper', lane: 3, key: 'lr', value: 0.3 })],
    [
      'a learning rate twice',
      (scene, step) =>
        applyChange(applyChange(scene, step, { kind: 'hyper', lane: 3, key: 'lr', value: 0.3 }), step, {
          kind: 'hyper',
          lane: 3,
          key: 'lr',
          value: 0.2,
        }),
    ],
    ['particles', (scene, step) => applyChange(scene, step, { kind: 'particles', points: [[1, 1], [2, -2.5]] })],
    ['clipping', (scene, step) => applyChange(scene, step, { kind: 'clip', lane: 0, clip: { kind: 'norm', limit: 1 } })],
    [
      'a schedule',
      (scene, step) =>
        applyChange(scene, step, { kind: 'schedule', lane: 1, schedule: { id: 'cosine', keys: {}, warmup: 3 } }),
    ],
    ['another optimizer', (scene) => ({ ...scene, lanes: scene.lanes.map((l, i) => (i === 1 ? newLane('adamw', 1) : l)) })],
    ['a lane more', (scene) => ({ ...scene, lanes: [...scene.lanes, newLane('nesterov', 4)] })],
    ['a lane switched off', (scene) => ({ ...scene, lanes: scene.lanes.map((l, i) => ({ ...l, on: i !== 0 })) })],
    ['a lane removed', (scene) => ({ ...scene, lanes: scene.lanes.slice(1), selected: 0 })],
    ['the value that a lane began with', (scene) => ({ ...scene, lanes: scene.lanes.map((l) => ({ ...l, hyper: { lr: 0.01 } })) })],
    ['the budget, with a schedule of its length', (scene) => ({ ...scene, steps: 150 })],
  ];

  test.each(changes)('%s', async (_, change) => {
    const base = applyChange(BASE, 0, { kind: 'schedule', lane: 2, schedule: { id: 'cosine', keys: {}, warmup: 0 } });
    const run = await create(base);
    run.advance(30);
    const changed = change(base, 30);
    await run.setScene(changed);
    await run.settled();
    expect(run.step).toBe(30);
    expect(await state(run)).toEqual(await fresh(changed, 30));
    run.advance(25);
    expect(await state(run)).toEqual(await fresh(changed, 55));
    run.seek(40);
    expect(await state(run)).toEqual(await fresh(changed, 40));
    run.restart();
    run.advance(55);
    expect(await state(run)).toEqual(await fresh(changed, 55));
    // Taking the change back replays to the same step.
    await run.setScene(base);
    expect(await state(run)).toEqual(await fresh(base, 55));
    run.dispose();
  });
});

test('another surface, other starts or another seed begin at the start', async () => {
  const run = await create(BASE, 20);
  const others: readonly Scene[] = [
    { ...BASE, seed: 8 },
    { ...BASE, surface: { id: 'rosenbrock', params: {} } },
    { ...BASE, surface: { formula: 'x^2 + a*y^2', params: { a: 3 } } },
    { ...BASE, domain: [-1, 1, -1, 1] },
  ];
  for (const scene of others) {
    const terrain = run.terrain;
    await run.setScene(scene);
    expect(run.step).toBe(0);
    expect(run.terrain === terrain).toBe(scene.seed === 8);
    expect(await state(run)).toEqual(await fresh(scene, 0));
    run.advance(10);
  }
  run.dispose();
});

test('of several changes that come while one is under way, the last wins', async () => {
  const run = await create(BASE);
  const rates = [1, 2, 5, 10];
  await Promise.all(
    rates.map((kappa) => run.setScene({ ...BASE, surface: { id: 'quadratic-bowl', params: { kappa } } })),
  );
  await run.settled();
  expect(Array.from(run.landscape.parameters)).toEqual([10]);
  run.dispose();
});

test('plays at the speed that was asked for, whatever the frames, and rests at the end of the budget', async () => {
  const run = await create({ ...BASE, speed: 100, steps: 120 });
  run.play();
  for (let k = 0; k < 60; k += 1) {
    run.frame(k % 2 === 0 ? 5 : 15);
  }
  expect(run.step).toBe(60);
  run.frame(10_000);
  expect(run.step).toBeLessThanOrEqual(60 + 26);
  for (let k = 0; k < 100; k += 1) {
    run.frame(10);
  }
  expect(run.step).toBe(120);
  expect(run.playing).toBe(false);
  expect(run.rest).toContain('120');
  run.dispose();
});

test('rests by itself when every particle has arrived or gone', async () => {
  const run = await create({
    ...BASE,
    surface: { id: 'quadratic-bowl', params: { kappa: 2 } },
    lanes: [newLane('gd', 0), { ...newLane('gd', 1), hyper: { lr: 50 } }].map((lane, i) => ({
      ...lane,
      hyper: { lr: i === 0 ? 0.4 : 50 },
    })),
    selected: 0,
    speed: 500,
    steps: 10_000,
  });
  run.play();
  for (let k = 0; k < 400 && run.playing; k += 1) {
    run.frame(100);
    await run.settled();
  }
  expect(run.rest).toContain('arrived or gone');
  expect(run.step).toBeLessThan(10_000);
  expect(run.lanes.map(({ tally }) => tally?.diverged)).toEqual([0, 24]);
  run.dispose();
});

test('updates that are asked for while a change is under way come after it', async () => {
  const run = await create(BASE);
  const other: Scene = { ...BASE, surface: { id: 'beale', params: {} } };
  const changed = run.setScene(other);
  run.advance(7);
  await changed;
  expect(await state(run)).toEqual(await fresh(other, 7));
  const again = run.setScene({ ...other, seed: 5 });
  run.seek(4);
  await again;
  expect(await state(run)).toEqual(await fresh({ ...other, seed: 5 }, 4));
  run.dispose();
});

test('a run that is paused between two heartbeats tells of its last step', async () => {
  const run = await create({ ...BASE, speed: 60 });
  run.play();
  for (let k = 0; k < 3; k += 1) run.frame(17);
  run.pause();
  expect(run.step).toBeGreaterThan(0);
  run.frame(17);
  await run.settled();
  expect(run.lanes.map(({ tally }) => tally?.step)).toEqual([3, 3, 3, 3]);
  run.dispose();
});

test('the heartbeat is thinned, not lost, on a long run', async () => {
  const run = await create({ ...BASE, steps: 5000 });
  for (let k = 0; k < 2500; k += 1) {
    run.advance(2);
    await run.settled();
  }
  const { steps, median, low, high } = run.lanes[0].history;
  expect(steps.length).toBeGreaterThan(500);
  expect(steps.length).toBeLessThanOrEqual(1024);
  expect(steps[0]).toBe(0);
  expect(steps.at(-1)).toBe(5000);
  expect([median.length, low.length, high.length]).toEqual([steps.length, steps.length, steps.length]);
  run.dispose();
});

test('a followed particle is the very one of the swarm', async () => {
  let scene = applyChange(BASE, 0, { kind: 'clip', lane: 3, clip: { kind: 'value', limit: 20 } });
  scene = applyChange(scene, 10, { kind: 'hyper', lane: 3, key: 'lr', value: 0.2 });
  scene = applyChange(scene, 12, { kind: 'particles', points: [[0.5, 0.25]] });
  const run = await create(scene, 40);
  const [, , , adam] = await state(run);
  const follower = new Follower();
  expect(follower.at(scene, 3, 5, 0)).toBeNull();
  for (const particle of [5, 24]) {
    follower.at(scene, 3, particle, 17);
    const found = follower.at(scene, 3, particle, 40);
    expect(found?.place).toEqual([adam.positions[2 * particle], adam.positions[2 * particle + 1]]);
    const before = follower.at(scene, 3, particle, 39);
    expect(found?.x.at(-1)?.value).toBeCloseTo((found?.place[0] ?? 0) - (before?.place[0] ?? 0), 12);
  }
  run.dispose();
});

test('the pace owes no more than a quarter of a second', () => {
  const pace = new Pace(2 ** 20);
  expect(pace.due(1e6, 100, 1)).toBe(26);
  expect(pace.due(10, 100, 1)).toBe(1);
});
