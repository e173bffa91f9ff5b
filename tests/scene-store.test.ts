import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SCENE } from '../src/scene/defaults.ts';
import type { Scene } from '../src/scene/scene.ts';
import { SceneStore } from '../src/scene/store.ts';

const seed =
  (value: number) =>
  (scene: Scene): Scene => ({ ...scene, seed: value });
const turn =
  (azimuth: number) =>
  (scene: Scene): Scene => ({ ...scene, camera: { ...scene.camera, azimuth } });

describe('the store', () => {
  it('undoes and redoes', () => {
    const store = new SceneStore(DEFAULT_SCENE);
    expect([store.canUndo, store.canRedo]).toEqual([false, false]);
    store.update(seed(1));
    store.update(seed(2));
    store.undo();
    expect(store.scene.seed).toBe(1);
    expect([store.canUndo, store.canRedo]).toEqual([true, true]);
    store.undo();
    expect(store.scene).toEqual(DEFAULT_SCENE);
    store.undo();
    store.redo();
    store.redo();
    store.redo();
    expect(store.scene.seed).toBe(2);
    store.undo();
    store.update(seed(9));
    expect(store.canRedo).toBe(false);
  });

  it('undoes a drag as a whole', () => {
    const store = new SceneStore(DEFAULT_SCENE);
    const drag = (values: number[], merge: string) => {
      for (const value of values) {
        store.update(seed(value), { merge });
      }
    };
    drag([1, 2, 3], 'seed');
    store.release();
    drag([4, 5], 'seed');
    drag([6, 7], 'another');
    store.update(turn(10), { merge: 'camera' });
    drag([8], 'another');
    const seen = [store.scene.seed];
    while (store.canUndo) {
      store.undo();
      seen.push(store.scene.seed);
    }
    expect(seen).toEqual([8, 5, 3, 7]);
  });

  it('does not let a drag go on after an undo', () => {
    const store = new SceneStore(DEFAULT_SCENE);
    store.update(seed(1), { merge: 'seed' });
    store.update(seed(2));
    store.undo();
    store.update(seed(3), { merge: 'seed' });
    store.undo();
    expect(store.scene.seed).toBe(1);
  });

  it('remembers the camera without undoing it', () => {
    const store = new SceneStore(DEFAULT_SCENE);
    store.update(turn(10));
    expect(store.canUndo).toBe(false);
    store.update(seed(1));
    store.update(turn(20));
    store.undo();
    expect(store.scene).toEqual(turn(20)(DEFAULT_SCENE));
    store.update(turn(30));
    store.redo();
    expect(store.scene).toEqual(turn(30)(seed(1)(DEFAULT_SCENE)));
  });

  it('keeps nothing of an update that changes nothing', () => {
    const store = new SceneStore(DEFAULT_SCENE);
    let told = 0;
    store.subscribe(() => {
      told += 1;
    });
    store.update((scene) => scene);
    expect([told, store.canUndo]).toEqual([0, false]);
  });

  it('tells its listeners the new scene and the old one, until they leave', () => {
    const store = new SceneStore(DEFAULT_SCENE);
    const told: [number, number][] = [];
    const leave = store.subscribe((scene, previous) => told.push([scene.seed, previous.seed]));
    store.update(seed(1));
    store.undo();
    store.redo();
    store.replace({ ...DEFAULT_SCENE, seed: 5 });
    leave();
    store.update(seed(6));
    expect(told).toEqual([
      [1, 7],
      [7, 1],
      [1, 7],
      [5, 1],
    ]);
    store.undo();
    store.undo();
    expect(store.scene.seed).toBe(1);
  });

  it('forgets the oldest steps and no others', () => {
    const store = new SceneStore(DEFAULT_SCENE);
    for (let i = 0; i < 500; i += 1) {
      store.update(seed(1000 + i));
    }
    let steps = 0;
    while (store.canUndo) {
      store.undo();
      steps += 1;
      expect(store.scene.seed).toBe(1499 - steps);
    }
    expect(steps).toBe(200);
  });

  it('goes through the same scenes as a plain list of them', () => {
    const move = fc.oneof(
      fc.nat({ max: 3 }).map((value) => ({ value })),
      fc.constantFrom('undo' as const, 'redo' as const),
    );
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
        const store = new SceneStore(DEFAULT_SCENE);
        let list = [DEFAULT_SCENE.seed];
        let at = 0;
        for (const made of moves) {
          if (made === 'undo') {
            store.undo();
            at = Math.max(0, at - 1);
          } else if (made === 'redo') {
            store.redo();
            at = Math.min(list.length - 1, at + 1);
          } else {
            store.update((scene) => (scene.seed === made.value ? scene : seed(made.value)(scene)));
            if (list[at] !== made.value) {
              list = [...list.slice(0, at + 1), made.value];
              at += 1;
            }
          }
          expect(store.scene.seed).toBe(list[at]);
          expect([store.canUndo, store.canRedo]).toEqual([at > 0, at < list.length - 1]);
        }
      }),
    );
  });
});
