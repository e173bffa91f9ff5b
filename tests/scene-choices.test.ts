import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { optimizers } from '../src/descent/optimizers/index.ts';
import { withLane, withOptimizer, withoutLane, withSurface } from '../src/scene/choices.ts';
import { DEFAULT_SCENE } from '../src/scene/defaults.ts';
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
});
