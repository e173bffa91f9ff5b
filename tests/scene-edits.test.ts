import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findOptimizer, optimizers } from '../src/descent/optimizers/index.ts';
import { optimizerOf } from '../src/scene/compiled.ts';
import { DEFAULT_SCENE, newLane } from '../src/scene/defaults.ts';
import { accepted, addedCount, applyChange, withoutEditsAfter } from '../src/scene/edits.ts';
import { LIMITS } from '../src/scene/limits.ts';
import { addedAt, laneAt } from '../src/scene/resolve.ts';
import type { Change, Conditioning, Scene } from '../src/scene/scene.ts';
import { parseScene } from '../src/scene/schema.ts';
import { anyChange, anyScene } from './support/scenes.ts';

const rate = (value: number, lane = 3): Change => ({ kind: 'hyper', lane, key: 'lr', value });
const step = fc.integer({ min: 0, max: 1000 });
const sceneAndChange = anyScene.chain((scene) => fc.tuple(fc.constant(scene), step, anyChange(scene.lanes)));

/** What a change says about a lane, read without the code under test. */
const said = (scene: Scene, lane: number, at: number, key: string): number => {
  const changed = scene.edits.flatMap(({ step: from, change }) =>
    from <= at && change.kind === 'hyper' && change.lane === lane && change.key === key ? [change.value] : [],
  );
  const { hyper } = scene.lanes[lane];
  const spec = optimizerOf(scene.lanes[lane]).hyper.find((candidate) => candidate.key === key);
  return changed.pop() ?? hyper[key] ?? spec?.default ?? Number.NaN;
};

describe('a change', () => {
  it('holds from its step on, and not before', () => {
    fc.assert(
      fc.property(sceneAndChange, ([scene, at, change]) => {
        const next = applyChange(scene, at, change);
        if (change.kind === 'particles') {
          return;
        }
        const now = laneAt(next, change.lane, at);
        if (change.kind === 'hyper') {
          expect(now.hyper[change.key]).toBe(change.value);
        } else {
          expect(now).toMatchObject({ [change.kind]: (change as unknown as Conditioning)[change.kind] });
        }
        if (at > 0) {
          expect(laneAt(next, change.lane, at - 1)).toEqual(laneAt(scene, change.lane, at - 1));
        }
      }),
    );
  });

  it('leaves every other lane, and the scene it was made in, as they were', () => {
    fc.assert(
      fc.property(sceneAndChange, step, ([scene, at, change], when) => {
        const before = structuredClone(scene);
        const next = applyChange(scene, at, change);
        expect(scene).toEqual(before);
        scene.lanes.forEach((_, lane) => {
          if (change.kind === 'particles' || change.lane !== lane) {
            expect(laneAt(next, lane, when)).toEqual(laneAt(scene, lane, when));
          }
        });
      }),
    );
  });

  it('gives a valid scene, however many there are and in whatever order', () => {
    const many = anyScene.chain((scene) =>
      fc.tuple(fc.constant(scene), fc.array(fc.tuple(step, anyChange(scene.lanes)), { maxLength: 20 })),
    );
    fc.assert(
      fc.property(many, ([scene, changes]) => {
        const end = changes.reduce((now, [at, change]) => applyChange(now, at, change), scene);
        expect(parseScene(end)).toEqual({ scene: end, fault: null, problem: null });
      }),
    );
  });

  it('is the lane itself at step 0, without what is the default', () => {
    const scene = applyChange(DEFAULT_SCENE, 0, rate(0.2));
    expect(scene.lanes[3].hyper).toEqual({ lr: 0.2 });
    expect(scene.edits).toEqual([]);
    const { default: standard } = findOptimizer('adam').hyper[0];
    expect(applyChange(scene, 0, rate(standard)).lanes[3].hyper).toEqual({});
  });

  it('at step 0 takes the place of an edit of step 0', () => {
    const scene: Scene = { ...DEFAULT_SCENE, edits: [{ step: 0, change: rate(0.5) }] };
    expect(laneAt(applyChange(scene, 0, rate(0.2)), 3, 0).hyper.lr).toBe(0.2);
  });

  it('is one edit for a whole drag', () => {
    const dragged = [0.1, 0.2, 0.3].reduce((now, value) => applyChange(now, 30, rate(value)), DEFAULT_SCENE);
    expect(dragged.edits).toEqual([{ step: 30, change: rate(0.3) }]);
    const other = applyChange(applyChange(dragged, 30, rate(0.7, 0)), 31, rate(0.4));
    expect(other.edits).toHaveLength(3);
  });

  it('comes in the order of the steps, wherever it is made', () => {
    const scene = [50, 10, 30].reduce((now, at) => applyChange(now, at, rate(at / 100)), DEFAULT_SCENE);
    expect(scene.edits.map((edit) => edit.step)).toEqual([10, 30, 50]);
    expect(scene.edits.map((edit) => said(scene, 3, edit.step, 'lr'))).toEqual([0.1, 0.3, 0.5]);
  });

  it('is nothing when it says what is so already', () => {
    const scene = applyChange(DEFAULT_SCENE, 30, rate(0.3));
    expect(applyChange(scene, 40, rate(0.3))).toBe(scene);
  });

  it.each(optimizers.flatMap(({ id, hyper }) => hyper.map((spec) => ({ id, spec }))))(
    'of $id $spec.key is brought into the accepted range',
    ({ id, spec }) => {
      const scene: Scene = { ...DEFAULT_SCENE, lanes: [newLane(id, 0)], selected: 0 };
      const set = (value: number) =>
        laneAt(applyChange(scene, 5, { kind: 'hyper', lane: 0, key: spec.key, value }), 0, 5).hyper[spec.key];
      expect(set(-Infinity)).toBe(spec.min);
      expect(set(Infinity)).toBe(spec.max);
      expect(set(Number.NaN)).toBe(spec.default);
      expect(Object.is(accepted(spec, -0), -0)).toBe(false);
    },
  );

  it.each<[string, Change]>([
    ['a lane that is not there', rate(0.5, 4)],
    ['a key that the lane lacks', { kind: 'hyper', lane: 0, key: 'beta1', value: 0.5 }],
    ['no particles', { kind: 'particles', points: [] }],
    [
      'particles nowhere',
      {
        kind: 'particles',
        points: [
          [Number.NaN, 0],
          [0, Infinity],
        ],
      },
    ],
  ])('is nothing when it concerns %s', (_, change) => {
    expect(applyChange(DEFAULT_SCENE, 0, change)).toBe(DEFAULT_SCENE);
    expect(applyChange(DEFAULT_SCENE, 9, change)).toBe(DEFAULT_SCENE);
  });

  it('beyond the most that there may be is left out', () => {
    let scene: Scene = {
      ...DEFAULT_SCENE,
      edits: Array.from({ length: LIMITS.edits }, (_, i) => ({ step: i, change: rate((i + 1) / 2000) })),
    };
    expect(applyChange(scene, LIMITS.edits, rate(5))).toBe(scene);
    scene = applyChange(scene, 7, rate(0.9));
    expect(scene.edits).toHaveLength(LIMITS.edits);
    expect(said(scene, 3, 7, 'lr')).toBe(0.9);
  });
});

describe('particles', () => {
  const at = (x: number): Change => ({ kind: 'particles', points: [[x, 1]] });

  it('that are started together are one edit, in the order of the clicks', () => {
    const scene = [at(1), at(2), at(3)].reduce((now, change) => applyChange(now, 30, change), DEFAULT_SCENE);
    expect(addedAt(scene)).toEqual([
      {
        step: 30,
        points: [
          [1, 1],
          [2, 1],
          [3, 1],
        ],
      },
    ]);
  });

  it('at step 0 join given places, and come beside spawned ones', () => {
    const given: Scene = { ...DEFAULT_SCENE, start: { count: 1, spawn: 'points', points: [[0, 0]] } };
    expect(applyChange(given, 0, at(2))).toEqual({
      ...given,
      start: {
        count: 2,
        spawn: 'points',
        points: [
          [0, 0],
          [2, 1],
        ],
      },
    });
    expect(addedAt(applyChange(DEFAULT_SCENE, 0, at(2)))).toEqual([{ step: 0, points: [[2, 1]] }]);
  });

  it('are as many as there is room for', () => {
    const cloud: Change = { kind: 'particles', points: Array.from({ length: 3000 }, (_, i) => [i, i] as const) };
    const scene = applyChange(applyChange(DEFAULT_SCENE, 10, cloud), 20, cloud);
    expect(addedCount(scene)).toBe(LIMITS.added);
    expect(addedAt(scene).map(({ points }) => points.length)).toEqual([3000, LIMITS.added - 3000]);
    expect(applyChange(scene, 30, at(1))).toBe(scene);
  });
});

describe('going back', () => {
  it('forgets what came after, and only that', () => {
    fc.assert(
      fc.property(anyScene, step, (scene, to) => {
        const back = withoutEditsAfter(scene, to);
        expect(back.edits).toEqual(scene.edits.filter((edit) => edit.step <= to));
        expect({ ...back, edits: scene.edits }).toEqual(scene);
        expect(withoutEditsAfter(back, to)).toBe(back);
      }),
    );
  });
});
