import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SCENE } from '../src/scene/defaults.ts';
import { type Effect, effectOf } from '../src/scene/diff.ts';
import type { Lane, Scene, ScheduleChoice } from '../src/scene/scene.ts';
import { anyScene } from './support/scenes.ts';

const lane = (change: Partial<Lane>): Partial<Scene> => ({
  lanes: DEFAULT_SCENE.lanes.map((old, i) => (i === 1 ? { ...old, ...change } : old)),
});
const scheduled = (schedule: ScheduleChoice): Scene => ({ ...DEFAULT_SCENE, ...lane({ schedule }) });
const cosine: ScheduleChoice = { id: 'cosine', keys: {}, warmup: 0 };

describe('what an edit resets', () => {
  it.each<[string, Partial<Scene>, Effect]>([
    ['a surface', { surface: { id: 'rosenbrock', params: {} } }, 'terrain'],
    ['a parameter', { surface: { id: 'himmelblau', params: { a: 1 } } }, 'terrain'],
    ['a domain', { domain: [-1, 1, -1, 1] }, 'terrain'],
    ['an optimizer', lane({ optimizer: 'adamw' }), 'run'],
    ['a lane switched off', lane({ on: false }), 'run'],
    ['a lane less', { lanes: DEFAULT_SCENE.lanes.slice(1) }, 'run'],
    ['a start', { start: { ...DEFAULT_SCENE.start, count: 5 } }, 'run'],
    ['a seed', { seed: 8 }, 'run'],
    ['a learning rate', lane({ hyper: { lr: 0.5 } }), 'settings'],
    ['a schedule', lane({ schedule: cosine }), 'settings'],
    ['clipping', lane({ clip: { kind: 'norm', limit: 1 } }), 'settings'],
    ['an edit', { edits: [{ step: 3, change: { kind: 'particles', points: [[1, 2]] } }] }, 'settings'],
    ['a colour', lane({ colour: 7 }), 'none'],
    ['a budget', { steps: 500 }, 'none'],
    ['a speed', { speed: 1 }, 'none'],
    ['another lane selected', { selected: 0 }, 'none'],
    ['a camera', { camera: { ...DEFAULT_SCENE.camera, azimuth: 1 } }, 'none'],
    ['a gradient field', { picture: { ...DEFAULT_SCENE.picture, field: 'flow', plateaus: true } }, 'none'],
    ['a picture', { picture: { ...DEFAULT_SCENE.picture, contours: false } }, 'none'],
    [
      'several things at once: the greatest',
      { seed: 8, speed: 1, domain: [-1, 1, -1, 1], ...lane({ colour: 2 }) },
      'terrain',
    ],
  ])('%s', (_, change, effect) => {
    const next = { ...DEFAULT_SCENE, ...change };
    expect(effectOf(DEFAULT_SCENE, next)).toBe(effect);
    expect(effectOf(next, DEFAULT_SCENE)).toBe(effect);
  });

  it.each<[string, Scene, Effect]>([
    ['an unset length follows it', scheduled(cosine), 'settings'],
    ['a set length does not', scheduled({ ...cosine, keys: { tMax: 100 } }), 'none'],
    ['no length at all', scheduled({ id: 'constant', keys: {}, warmup: 20 }), 'none'],
    [
      'a schedule that comes later',
      { ...DEFAULT_SCENE, edits: [{ step: 9, change: { kind: 'schedule', lane: 0, schedule: cosine } }] },
      'settings',
    ],
  ])('a budget with a schedule: %s', (_, scene, effect) => {
    expect(effectOf(scene, { ...scene, steps: scene.steps + 100 })).toBe(effect);
  });

  it('nothing between a scene and its copy', () => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        expect(effectOf(scene, structuredClone(scene))).toBe('none');
      }),
    );
  });
});
