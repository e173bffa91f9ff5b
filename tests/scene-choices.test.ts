import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { optimizers } from '../src/descent/optimizers/index.ts';
import {
  withLane,
  withLaneAt,
  withLaneLook,
  withLaneName,
  withLanesOn,
  withLaneTwice,
  withOptimizer,
  withoutLane,
  withSurface,
} from '../src/scene/choices.ts';
import { DEFAULT_SCENE } from '../src/scene/defaults.ts';
import { laneNames } from '../src/scene/lane-names.ts';
import { surfaceOf } from '../src/scene/resolve.ts';
import type { Scene } from '../src/scene/scene.ts';
import { parseScene } from '../src/scene/schema.ts';
import { anyScene, anySurface } from './support/scenes.ts';

const rate = (lane: number, step: number) => ({
  step,
  change: { kind: 'hyper', lane, key: 'lr', value: 0.5 } as const,
});
const optimizer = fc.constantFrom(...optimizers.map(({ id }) => id));

describe('a choice', () => {
  it('gives a valid scene whichever it is', () => {
    const choice: fc.Arbitrary<(scene: Scene) => Scene> = fc.oneof(
      anySurface.map((surface) => (scene: Scene) => withSurface(scene, surface)),
      fc.tuple(fc.nat(), optimizer).map(
        ([at, id]) =>
          (scene: Scene) =>
            withOptimizer(scene, at % scene.lanes.length, id),
      ),
      optimizer.map((id) => (scene: Scene) => withLane(scene, id)),
      fc.nat().map((at) => (scene: Scene) => withoutLane(scene, at % scene.lanes.length)),
      fc.nat().map((at) => (scene: Scene) => withLaneTwice(scene, at % scene.lanes.length)),
      fc.tuple(fc.nat(), fc.integer({ min: -1, max: 8 })).map(
        ([at, place]) =>
          (scene: Scene) =>
            withLaneAt(scene, at % scene.lanes.length, place),
      ),
      fc.string({ unit: 'binary', maxLength: 60 }).map((name) => (scene: Scene) => withLaneName(scene, 0, name)),
      fc.nat(7).map((colour) => (scene: Scene) => withLaneLook(scene, 0, { colour, on: colour % 2 === 0 })),
    );
    fc.assert(
      fc.property(anyScene, fc.array(choice, { maxLength: 8 }), (scene, choices) => {
        const end = choices.reduce((now, make) => make(now), scene);
        expect(parseScene(end)).toEqual({ scene: end, fault: null, problem: null });
      }),
    );
  });

  it('of a surface takes its own domain, and starts that lie on it', () => {
    const points = [
      [0.5, 0.5],
      [4, 4],
    ] as const;
    const scene: Scene = {
      ...DEFAULT_SCENE,
      domain: [-9, 9, -9, 9],
      start: { count: 2, spawn: 'points', points },
      edits: [rate(0, 3)],
    };
    const near = withSurface(scene, { id: 'rosenbrock', params: {} });
    expect(near).toMatchObject({ domain: null, edits: [], start: { count: 1, points: [[0.5, 0.5]] } });
    const gone: Scene = { ...scene, start: { count: 1, spawn: 'points', points: [[4, 4]] } };
    const moved = withSurface(gone, { id: 'rosenbrock', params: {} });
    expect(moved.start.points).toEqual(surfaceOf(moved).starts);
  });

  it('of an optimizer drops the edits of keys that were the old one’s', () => {
    const scene: Scene = {
      ...DEFAULT_SCENE,
      edits: [rate(0, 1), rate(3, 2), { step: 3, change: { kind: 'clip', lane: 3, clip: null } }],
    };
    const next = withOptimizer(scene, 3, 'gd');
    expect(next.lanes[3]).toMatchObject({ optimizer: 'gd', colour: 3 });
    expect(next.edits).toEqual([scene.edits[0], scene.edits[2]]);
    expect(withOptimizer(scene, 3, 'adam')).toBe(scene);
  });

  it('of one more lane takes the first free colour, up to eight', () => {
    const fewer = withoutLane(DEFAULT_SCENE, 1);
    const next = withLane(fewer, 'nesterov');
    expect(next.lanes.map((lane) => lane.colour)).toEqual([0, 2, 3, 1]);
    expect(next.selected).toBe(3);
    let full = DEFAULT_SCENE;
    for (let i = 0; i < 10; i += 1) {
      full = withLane(full, 'gd');
    }
    expect(new Set(full.lanes.map((lane) => lane.colour)).size).toBe(8);
    expect(withLane(full, 'gd')).toBe(full);
  });

  it('of one lane less keeps every edit with its lane', () => {
    const scene: Scene = { ...DEFAULT_SCENE, edits: [rate(0, 1), rate(1, 2), rate(3, 3)] };
    const next = withoutLane(scene, 1);
    expect(next.edits).toEqual([rate(0, 1), rate(2, 3)]);
    expect(next.lanes[next.selected].optimizer).toBe('adam');
    const one: Scene = { ...DEFAULT_SCENE, lanes: DEFAULT_SCENE.lanes.slice(0, 1), selected: 0 };
    expect(withoutLane(one, 0)).toBe(one);
  });

  it('of another place for a lane takes its edits and the selection with it', () => {
    const scene: Scene = { ...DEFAULT_SCENE, selected: 3, edits: [rate(0, 1), rate(1, 2), rate(3, 3)] };
    const next = withLaneAt(scene, 3, 0);
    expect(next.lanes.map(({ optimizer: id }) => id)).toEqual(['adam', 'gd', 'momentum', 'rmsprop']);
    expect(next.edits).toEqual([rate(1, 1), rate(2, 2), rate(0, 3)]);
    expect(next.selected).toBe(0);
    expect(withLaneAt(next, 0, 3)).toEqual(scene);
    expect(withLaneAt(scene, 3, 4)).toBe(scene);
    expect(withLaneAt(scene, 0, -1)).toBe(scene);
  });

  it('of the same lane once more copies what was changed in it in mid-run, in a colour of its own', () => {
    const added = { step: 2, change: { kind: 'particles', points: [[1, 1]] } } as const;
    const scene: Scene = { ...DEFAULT_SCENE, edits: [rate(1, 1), added, rate(3, 3)] };
    const next = withLaneTwice(scene, 1);
    expect(next.lanes.map(({ optimizer: id }) => id)).toEqual(['gd', 'momentum', 'momentum', 'rmsprop', 'adam']);
    expect(next.lanes[2]).toEqual({ ...scene.lanes[1], colour: 4 });
    expect(next.edits).toEqual([rate(1, 1), rate(2, 1), added, rate(4, 3)]);
    expect(next.selected).toBe(2);
    const full = Array.from({ length: 8 }).reduce<Scene>((now) => withLaneTwice(now, 0), scene);
    expect(full.lanes).toHaveLength(8);
    expect(withLaneTwice(full, 0)).toBe(full);
  });

  it('of a name keeps to plain text on one line, of 40 characters; without one it is the optimizer’s', () => {
    const named = (written: string) => withLaneName(DEFAULT_SCENE, 3, written);
    expect(named(' fast\n\tone\u202e ').lanes[3].name).toBe('fast one');
    expect(named('😀'.repeat(30)).lanes[3].name).toBe('😀'.repeat(20));
    expect(named('')).toBe(DEFAULT_SCENE);
    expect(withLaneName(named('mine'), 3, '  ').lanes[3]).toEqual(DEFAULT_SCENE.lanes[3]);
    expect(laneNames(named('Momentum'))).toEqual(['Gradient descent', 'Momentum 1', 'RMSProp', 'Momentum 2']);
    for (const name of ['', ' a', 'x'.repeat(41), 'a\u0000', 'a\u2028b', '\ud800', 7]) {
      const lanes = [{ ...DEFAULT_SCENE.lanes[0], name }];
      expect(parseScene({ ...DEFAULT_SCENE, lanes, selected: 0 }).fault, JSON.stringify(name)).toMatch(/lanes.*name/);
    }
  });

  it('of who is on leaves all else, and the very same scene where it is so', () => {
    const next = withLanesOn(DEFAULT_SCENE, [false, false, true, false]);
    expect(next.lanes.map(({ on }) => on)).toEqual([false, false, true, false]);
    expect(withLanesOn(next, [true, true, true, true])).toEqual(DEFAULT_SCENE);
    expect(withLanesOn(next, [false, false, true, false])).toBe(next);
  });
});
