import { describe, expect, test } from 'vitest';
import { found } from '../src/analysis/critical.ts';
import { type EndKind, endingsOf, endsOf } from '../src/analysis/endings.ts';
import { landscapeOf } from '../src/compute/engine/plan.ts';
import { sampleTerrain } from '../src/compute/engine/terrain.ts';
import { Race } from '../src/compute/engine/race.ts';
import { spawnStarts } from '../src/descent/spawn.ts';
import { DEFAULT_SCENE, newLane } from '../src/scene/defaults.ts';
import type { Scene, SurfaceChoice } from '../src/scene/scene.ts';

const on = (surface: SurfaceChoice): Scene => ({ ...DEFAULT_SCENE, surface });

async function endsOn(scene: Scene) {
  const landscape = landscapeOf(scene);
  const samples = await sampleTerrain(null, landscape);
  return endsOf(landscape, found(landscape, samples).points, samples);
}

/** Places, and how a particle that was last seen there ended. */
const CASES: readonly (readonly [string, SurfaceChoice, readonly (readonly [number, number, EndKind])[]])[] = [
  [
    'Himmelblau',
    { id: 'himmelblau', params: {} },
    [
      [3, 2, 'minimum'],
      [3.05, 2.03, 'minimum'],
      [-2.805, 3.131, 'minimum'],
      [3.3852, 0.0739, 'saddle'],
      // It passes: the gradient is a fifth of the typical one.
      [3.44, 0.12, 'wandering'],
      [-0.27084, -0.92304, 'maximum'],
      [0, 0, 'wandering'],
      [5.01, 0, 'gone'],
      [NaN, 0, 'gone'],
    ],
  ],
  ['a kink: |x| + y^2', { formula: 'abs(x) + y^2', params: {} }, [[1, 1, 'wandering']]],
  // Known minima count where the formula has no gradient.
  ['Ackley', { id: 'ackley', params: {} }, [[0.01, 0, 'minimum']]],
  [
    'a hole in a flat',
    { id: 'easom', params: {} },
    [
      [3.1416, 3.1416, 'minimum'],
      [-1, 7, 'plateau'],
    ],
  ],
  [
    'a flat minimum',
    { formula: 'x^4 + y^4', params: {} },
    [
      [0.02, 0, 'minimum'],
      [0.3, 0.2, 'plateau'],
      [3, 1, 'wandering'],
    ],
  ],
  ['a monkey saddle', { formula: 'x^3 - 3*x*y^2', params: {} }, [[0.01, 0.02, 'saddle']]],
];

describe.each(CASES)('on %s', (_, surface, places) => {
  test('each place is the end that it should be', async () => {
    const ends = await endsOn(on(surface));
    const { of, counts } = endingsOf(ends, {
      positions: Float64Array.from({ length: 2 * places.length }, (_, k) => Number(places[k >> 1][k & 1])),
      diverged: Int32Array.from(places, ([x]) => (Number.isNaN(x) ? 3 : -1)),
    });
    expect(places.map(([x, y], i) => [x, y, ends.list[of[i]].kind])).toEqual(places);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(places.length);
    // Where it is a point, it is the one that is near.
    for (const [i, [x, y]] of places.entries()) {
      const { point } = ends.list[of[i]];
      expect(point ? Math.hypot(point.x - x, point.y - y) : 0).toBeLessThan(0.1);
    }
  });
});

test('among hundreds of points, the one that is near', async () => {
  const scene = on({ id: 'rastrigin', params: {} });
  const ends = await endsOn(scene);
  const positions = spawnStarts({ count: 3000, spawn: 'uniform', points: [] }, ends.landscape.domain, 4);
  const { of } = endingsOf(ends, { positions, diverged: new Int32Array(3000).fill(-1) });
  let minima = 0;
  for (const [i, end] of of.entries()) {
    const { kind, point } = ends.list[end];
    // Its minima are near the whole numbers: at 0.99496 and so on. The domain is 10.24 wide.
    const [x, y] = [positions[2 * i], positions[2 * i + 1]];
    const far = Math.hypot(x - Math.round(x) * 0.99496, y - Math.round(y) * 0.99496);
    if (Math.abs(far - 0.1024) > 1e-3) {
      expect([x, y, kind === 'minimum']).toEqual([x, y, far < 0.1024]);
    }
    if (kind === 'minimum') {
      minima += 1;
      expect(Math.hypot((point?.x ?? NaN) - x, (point?.y ?? NaN) - y)).toBeLessThan(0.1024);
    }
  }
  expect(minima).toBeGreaterThan(50);
});

test('a race’s particles end in the four valleys, or go', async () => {
  const scene: Scene = {
    ...DEFAULT_SCENE,
    lanes: [newLane('adam', 0), { ...newLane('gd', 1), hyper: { lr: 10 } }],
    selected: 0,
    start: { count: 200, spawn: 'uniform', points: [] },
    steps: 400,
  };
  const race = await Race.create(null, scene, { budget: { kind: 'steps', n: scene.steps }, targets: [] });
  await race.advance(scene.steps);
  const [adam, gd] = await race.results();
  const ends = await endsOn(scene);
  const share = (seen: typeof adam.seen, kind: EndKind): number =>
    endingsOf(ends, seen).counts.reduce((sum, count, k) => sum + (ends.list[k].kind === kind ? count : 0), 0) / 200;
  expect(share(adam.seen, 'minimum')).toBeGreaterThan(0.95);
  expect(
    endingsOf(ends, adam.seen)
      .counts.slice(0, 4)
      .every((count) => count > 10),
  ).toBe(true);
  expect(share(gd.seen, 'gone')).toBe(1);
  race.dispose();
});
