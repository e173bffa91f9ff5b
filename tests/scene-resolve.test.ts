import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findOptimizer, optimizers } from '../src/descent/optimizers/index.ts';
import { surfaces } from '../src/landscape/surfaces/index.ts';
import { formulaOf } from '../src/scene/compiled.ts';
import { DEFAULT_SCENE, UNCONDITIONED } from '../src/scene/defaults.ts';
import { addedAt, heightOf, laneAt, surfaceOf } from '../src/scene/resolve.ts';
import type { Change, Scene, SurfaceChoice } from '../src/scene/scene.ts';
import { anyScene } from './support/scenes.ts';

const on = (surface: SurfaceChoice, more: Partial<Scene> = {}): Scene => ({ ...DEFAULT_SCENE, surface, ...more });

describe('the surface of a scene', () => {
  it.each(surfaces)('has what the registry says of $id', (entry) => {
    const resolved = surfaceOf(on({ id: entry.id, params: {} }));
    expect(resolved).toMatchObject({
      entry,
      name: entry.name,
      formula: entry.formula,
      parameters: entry.parameters.map(({ key }) => key),
      values: entry.parameters.map((spec) => spec.default),
      domain: entry.domain,
      minima: entry.minima,
      criticalPoints: entry.criticalPoints,
      heightScale: entry.heightScale,
      starts: entry.starts,
    });
  });

  const parametrised = surfaces.flatMap(({ id, parameters }) => parameters.map((spec) => ({ id, spec })));
  it.each(parametrised)('$id knows its minima no more with another $spec.key', ({ id, spec }) => {
    const resolved = surfaceOf(on({ id, params: { [spec.key]: spec.max } }));
    expect(resolved.values[resolved.parameters.indexOf(spec.key)]).toBe(spec.max);
    expect(resolved.minima).toEqual([]);
    expect(resolved.criticalPoints).toEqual([]);
    // The default said aloud is the default still.
    expect(surfaceOf(on({ id, params: { [spec.key]: spec.default } })).minima.length).toBe(
      surfaceOf(on({ id, params: {} })).minima.length,
    );
  });

  it('is the formula that was typed, on its own domain or the usual one', () => {
    const surface = { formula: 'b*x + a*y', params: { b: 2, a: 3 } };
    const resolved = surfaceOf(on(surface));
    expect(resolved).toMatchObject({ entry: null, formula: surface.formula, domain: [-5, 5, -5, 5], minima: [] });
    expect(surfaceOf(on(surface, { domain: [0, 1, 2, 3] })).domain).toEqual([0, 1, 2, 3]);
    expect(formulaOf(surface).value(10, 100, resolved.values)).toBe(320);
  });

  it('has values and a compiled formula in one order', () => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        const { parameters, values } = surfaceOf(scene);
        expect(formulaOf(scene.surface).parameters).toEqual(parameters);
        parameters.forEach((key, i) => {
          if (Object.hasOwn(scene.surface.params, key)) {
            expect(values[i]).toBe(scene.surface.params[key]);
          }
        });
      }),
    );
  });

  it('suggests a start inside the domain', () => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        const { starts, domain } = surfaceOf({ ...scene, domain: null });
        const [xmin, xmax, ymin, ymax] = domain;
        expect(starts.length).toBeGreaterThan(0);
        for (const [x, y] of starts) {
          expect(x >= xmin && x <= xmax && y >= ymin && y <= ymax).toBe(true);
        }
      }),
    );
  });
});

describe('height', () => {
  it('is what was chosen, or what suits the surface', () => {
    expect(heightOf(DEFAULT_SCENE)).toBe('log');
    const { picture } = DEFAULT_SCENE;
    for (const { id, heightScale } of surfaces) {
      const drawn = (height: Scene['picture']['height']) =>
        heightOf(on({ id, params: {} }, { picture: { ...picture, height } }));
      expect(drawn('auto')).toBe(heightScale);
      expect(drawn('rank')).toBe('rank');
      expect(drawn('linear')).toBe('linear');
    }
  });

  it('of a typed formula is log where its values span more than a thousand', () => {
    const surface = { formula: 'x^2 + y^2', params: {} };
    const scale = (domain: Scene['domain'], of: SurfaceChoice = surface) => surfaceOf(on(of, { domain })).heightScale;
    expect(scale(null)).toBe('linear');
    expect(scale([-100, 100, -1, 1])).toBe('log');
    expect(scale(null)).toBe('linear');
    // The pole in the middle is no value.
    expect(scale([-1, 1, -1, 1], { formula: '1/x + y', params: {} })).toBe('linear');
  });
});

describe('a lane at a step', () => {
  it.each(optimizers)('of $id has every key', ({ id, hyper }) => {
    const lanes = [{ optimizer: id, hyper: {}, ...UNCONDITIONED, colour: 0, on: true }];
    expect(laneAt({ ...DEFAULT_SCENE, lanes, selected: 0 }, 0, 0).hyper).toEqual(
      Object.fromEntries(hyper.map((spec) => [spec.key, spec.default])),
    );
  });

  it('has the last of each edit up to it', () => {
    const schedule = { id: 'cosine', keys: {}, warmup: 0 };
    const clip = { kind: 'norm', limit: 1 } as const;
    const edits: { step: number; change: Change }[] = [
      { step: 0, change: { kind: 'hyper', lane: 3, key: 'lr', value: 0.4 } },
      { step: 10, change: { kind: 'hyper', lane: 3, key: 'lr', value: 0.3 } },
      { step: 10, change: { kind: 'hyper', lane: 2, key: 'lr', value: 9 } },
      { step: 10, change: { kind: 'clip', lane: 3, clip } },
      { step: 20, change: { kind: 'schedule', lane: 3, schedule } },
      { step: 20, change: { kind: 'clip', lane: 3, clip: null } },
      { step: 20, change: { kind: 'particles', points: [[1, 2]] } },
    ];
    const scene = { ...DEFAULT_SCENE, edits };
    const at = (step: number) => {
      const lane = laneAt(scene, 3, step);
      return [lane.hyper.lr, lane.clip, lane.schedule];
    };
    expect(at(0)).toEqual([0.4, null, null]);
    expect(at(9)).toEqual([0.4, null, null]);
    expect(at(10)).toEqual([0.3, clip, null]);
    expect(at(19)).toEqual([0.3, clip, null]);
    expect(at(20)).toEqual([0.3, null, schedule]);
    expect(laneAt(scene, 3, 20).hyper.beta1).toBe(
      findOptimizer('adam').hyper.find(({ key }) => key === 'beta1')?.default,
    );
    expect(addedAt(scene)).toEqual([{ step: 20, points: [[1, 2]] }]);
  });
});
