import { describe, expect, it, test } from 'vitest';
import { reliefOf, targetsOf } from '../src/analysis/targets.ts';
import { type LaneRun, MAX_TARGETS } from '../src/compute/contract.ts';
import { landscapeOf } from '../src/compute/engine/plan.ts';
import { surfaces } from '../src/landscape/surfaces/index.ts';
import { DEFAULT_SCENE } from '../src/scene/defaults.ts';
import { keptApart } from '../src/ui/charts/labels.ts';
import { Chores } from '../src/ui/compare/chores.ts';
import { grown } from '../src/ui/compare/clock.ts';
import { nearestLane } from '../src/ui/compare/pointed.ts';

describe.each(surfaces.map((surface) => [surface.id, surface] as const))('targets on %s', (id, { minima }) => {
  const landscape = landscapeOf({ ...DEFAULT_SCENE, surface: { id, params: {} } });
  const { losses, chosen } = targetsOf(landscape, null);

  it('descend to the floor, which is the known minimum where there is one', () => {
    const { floor, typical } = reliefOf(landscape);
    expect(typical).toBeGreaterThan(0);
    expect(losses.length).toBeGreaterThan(5);
    expect(losses.length).toBeLessThanOrEqual(MAX_TARGETS);
    expect(losses.every((loss, k) => loss > floor && (k === 0 || loss < losses[k - 1]))).toBe(true);
    expect(Math.fround(losses[losses.length - 1])).toBeGreaterThan(Math.fround(floor));
    expect(losses[chosen]).toBeLessThan(floor + typical);
    if (minima.length > 0) {
      expect(floor).toBeLessThanOrEqual(Math.min(...minima.map(({ value }) => value)));
    }
  });

  it('contain the one that is asked for', () => {
    const asked = targetsOf(landscape, 0.123);
    expect(asked.losses[asked.chosen]).toBe(0.123);
    expect(asked.losses.length).toBeLessThanOrEqual(MAX_TARGETS);
  });
});

test('a typed formula’s floor is found though no sample lies on it', () => {
  const landscape = landscapeOf({
    ...DEFAULT_SCENE,
    surface: { formula: '(x - 1/3)^2 + 2*(y + 0.1)^2 - 7', params: {} },
  });
  expect(reliefOf(landscape).floor).toBeCloseTo(-7, 9);
});

describe('labels keep apart', () => {
  test.each([
    ['far ones stay where they are', [10, 90, 50], [10, 90, 50]],
    ['two at one place part evenly', [50, 50], [42, 58]],
    ['a crowd stays around its middle', [50, 51, 49], [50, 66, 34]],
    ['those at the edge stay inside', [99, 98], [100, 84]],
    ['at the other too', [0, 1, 2], [0, 16, 32]],
  ])('%s', (_, wished, expected) => {
    expect(keptApart(wished, 16, 0, 100)).toEqual(expected);
  });
});

test('what an update costs is read between samples, and goes on beyond them', () => {
  const [steps, spent] = [
    [0, 1, 10],
    [0, 2, 40],
  ];
  expect([0, 0.5, 1, 5.5, 10, 20].map((at) => grown(steps, spent, at))).toEqual([0, 1, 2, 21, 40, 80]);
  expect([0, 1, 2, 21, 40, 80].map((at) => grown(spent, steps, at))).toEqual([0, 0.5, 1, 5.5, 10, 20]);
});

test('chores go on frame by frame, and a newer one takes the place of the older', () => {
  const heard: string[] = [];
  const chores = new Chores(({ message }) => heard.push(message));
  const made: string[] = [];
  function* work(name: string): Generator<void, string> {
    for (let k = 0; k < 3; k += 1) {
      made.push(`${name}${k}`);
      const until = performance.now() + 2;
      while (performance.now() < until);
      yield;
    }
    return name;
  }
  function* broken(): Generator<void, string> {
    yield;
    throw new Error('broken');
  }
  chores.take('chart', work('a'), (result) => heard.push(result));
  chores.slice();
  expect(made).toEqual(['a0']);
  chores.take('chart', work('b'), (result) => heard.push(result));
  for (let k = 0; k < 8; k += 1) {
    chores.slice();
  }
  expect(heard).toEqual(['b']);
  // One that throws is told of and forgotten; others go on.
  chores.take('board', broken(), () => heard.push('never'));
  chores.slice();
  chores.slice();
  expect(heard).toEqual(['b', 'broken']);
  expect(made).toEqual(['a0', 'b0', 'b1', 'b2']);
});

describe('the lane of the particle that is pointed at', () => {
  const lane = (index: number, ...places: number[]): LaneRun =>
    ({
      lane: index,
      count: places.length / 2,
      read: async () => ({ positions: Float64Array.from(places) }),
    }) as unknown as LaneRun;
  const lanes = [lane(0, 1, 1, 9, 9), lane(2, 5, 50, 5.1, 40)];
  test.each([
    ['on it', 1, 1, 0],
    ['beside it', 1.1, 1.5, 0],
    ['nearer to another lane’s', 5.08, 41, 2],
    ['near none', 3, 20, null],
  ])('%s', async (_, x, y, expected) => {
    // Sides of unequal length: what is near is so in shares of each.
    expect(await nearestLane(lanes, [0, 10, 0, 100], x, y)).toBe(expected);
  });
});
