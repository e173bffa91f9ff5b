import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { optimizers } from '../src/descent/optimizers/index.ts';
import { schedules } from '../src/descent/schedules/index.ts';
import { surfaces } from '../src/landscape/surfaces/index.ts';
import { LANE_COLOURS, LANE_SHAPES } from '../src/scene/colours.ts';
import { DEFAULT_SCENE, newLane } from '../src/scene/defaults.ts';
import { parseScene } from '../src/scene/schema.ts';
import { anyScene } from './support/scenes.ts';

const sound = { fault: null, problem: null };

describe('the schema', () => {
  it('takes any valid scene as it is', () => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        expect(parseScene(scene)).toEqual({ scene, ...sound });
      }),
    );
  });

  it('leaves what it is given alone', () => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        const before = structuredClone(scene);
        parseScene(scene);
        expect(scene).toEqual(before);
      }),
      { numRuns: 30 },
    );
  });

  it('has a default for every field', () => {
    expect(parseScene({})).toEqual({ scene: DEFAULT_SCENE, ...sound });
    expect(parseScene({ camera: {}, picture: {}, start: {} })).toEqual({ scene: DEFAULT_SCENE, ...sound });
    fc.assert(
      fc.property(
        anyScene,
        fc.constantFrom(...(Object.keys(DEFAULT_SCENE) as (keyof typeof DEFAULT_SCENE)[])),
        (scene, field) => {
          // Edits and the selected lane refer to the lanes.
          const { [field]: _, ...others } = field === 'lanes' ? { ...scene, edits: [], selected: 0 } : scene;
          const expected = field === 'selected' ? Math.min(3, scene.lanes.length - 1) : DEFAULT_SCENE[field];
          expect(parseScene(others).scene[field]).toEqual(expected);
        },
      ),
    );
  });

  it('counts given places by itself', () => {
    const { scene } = parseScene({
      start: {
        spawn: 'points',
        points: [
          [1, 2],
          [3, 4],
        ],
      },
    });
    expect(scene.start.count).toBe(2);
  });

  it('reads -0 as 0, which is what a link or a file makes of it', () => {
    const { scene } = parseScene({
      lanes: [{ optimizer: 'gd', hyper: { lr: -0 } }],
      speed: -0,
      camera: { target: [-0, 0] },
    });
    expect(Object.is(scene.lanes[0].hyper.lr, 0)).toBe(true);
    expect(Object.is(scene.speed, 0)).toBe(true);
    expect(Object.is(scene.camera.target[0], 0)).toBe(true);
  });
});

describe('ranges of the registries', () => {
  const lanes = (optimizer: string, hyper: Record<string, number>) => ({ lanes: [{ optimizer, hyper }] });
  const hypers = optimizers.flatMap(({ id, hyper }) => hyper.map((spec) => ({ id, ...spec })));
  it.each(hypers)('$id $key: both ends are taken, what is beyond is not', ({ id, key, min, max, scale }) => {
    for (const value of [min, max]) {
      expect(parseScene(lanes(id, { [key]: value })).fault).toBeNull();
    }
    const beyond = [
      min - 1e-9 * Math.max(1, Math.abs(min)),
      max + 1e-9 * Math.max(1, max),
      ...(scale === 'switch' ? [0.5] : []),
    ];
    for (const value of beyond) {
      expect(parseScene(lanes(id, { [key]: value })).fault).toContain(`has ${key} = ${value}; it must be a`);
    }
  });

  const keys = schedules.flatMap(({ id, keys: specs }) => specs.map((spec) => ({ id, ...spec })));
  it.each(keys)('$id $key: both ends are taken, what is beyond is not', ({ id, key, min, max, integer }) => {
    const withKey = (value: number) => ({ lanes: [{ optimizer: 'gd', schedule: { id, keys: { [key]: value } } }] });
    for (const value of [min, max]) {
      expect(parseScene(withKey(value)).fault).toBeNull();
    }
    for (const value of [min - 1, max * 2 + 1, ...(integer ? [min + 0.5] : [])]) {
      expect(parseScene(withKey(value)).fault).toContain(`has ${key} = ${value}; it must be a`);
    }
  });

  const parameters = surfaces.flatMap(({ id, parameters: specs }) => specs.map((spec) => ({ id, ...spec })));
  it.each(parameters)('$id $key: both ends are taken, what is beyond is not', ({ id, key, min, max }) => {
    const withParameter = (value: number) => ({ surface: { id, params: { [key]: value } } });
    for (const value of [min, max]) {
      expect(parseScene(withParameter(value)).fault).toBeNull();
    }
    for (const value of [min - 1, max + 1]) {
      expect(parseScene(withParameter(value)).fault).toContain(`has ${key} = ${value}; it must be a`);
    }
  });
});

describe('a damaged scene', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic.camera = cyclic;
  let deep: unknown = 0;
  for (let i = 0; i < 100_000; i += 1) {
    deep = [deep];
  }
  it.each<[string, unknown, string | RegExp]>([
    [
      'null',
      null,
      'The scene is null; it must be a record of surface, domain, lanes, start, seed, steps, speed, selected, edits, race, camera, picture, film.',
    ],
    ['a number', 7, /^The scene is 7; /],
    ['a list', [], /^The scene is a list; /],
    ['NaN', { seed: Number.NaN }, 'The scene’s seed is NaN; it must be a number from 0 to 4294967295.'],
    ['Infinity', { speed: Infinity }, /speed is Infinity/],
    ['text for a number', { steps: '400' }, 'The scene’s steps is "400"; it must be a number from 0 to 1000000000.'],
    ['a number for text', { surface: { id: 3 } }, 'The scene’s surface.id is 3; it must be a text.'],
    ['null for a field', { camera: null }, /^The scene’s camera is null; it must be a record of view, /],
    ['a caption that ends before it begins', { film: { captions: [{ from: 2, to: 1, text: '' }] } }, /film.captions.* is from 2 to 1; it ends/],
    ['keyframes out of order', { film: { path: [1, 1].map((at) => ({ at, azimuth: 0, elevation: 40, distance: 1 })) } }, /film.path has second 1 after 1/],
    ['an overlay that is none', { film: { overlays: ['logo'] } }, /Unknown overlay|overlay/],
    ['an overlay twice', { film: { overlays: ['step', 'step'] } }, /has one twice/],
    ['a title that turns the reading direction', { film: { title: 'a\u202eb' } }, /film.title has a character that is no plain text/],
    ['a list for a record', { camera: [] }, /camera is a list/],
    ['a list for numbers by name', { lanes: [{ optimizer: 'gd', hyper: [] }] }, /hyper is a list/],
    ['a field that is missing', { lanes: [{}] }, 'The scene’s lanes[0].optimizer is missing.'],
    ['a mistyped field', { sped: 3 }, 'The scene’s sped is no field there; the nearest is speed.'],
    [
      'a mistyped field inside',
      { lanes: [{ optimizer: 'gd', hiper: {} }] },
      'The scene’s lanes[0].hiper is no field there; the nearest is hyper.',
    ],
    [
      'an unknown surface',
      { surface: { id: 'rosenbrok' } },
      'The scene’s surface names an unknown surface "rosenbrok"; the nearest is rosenbrock.',
    ],
    [
      'an unknown schedule',
      { lanes: [{ optimizer: 'gd', schedule: { id: 'cosin' } }] },
      /names an unknown schedule "cosin"; the nearest is cosine\.$/,
    ],
    [
      'a mistyped change',
      { edits: [{ step: 1, change: { kind: 'hypr' } }] },
      /names an unknown kind of change "hypr"; the nearest is hyper\.$/,
    ],
    ['no change', { edits: [{ step: 1, change: null }] }, /names an unknown kind of change ""/],
    [
      'an edit of a key that its lane lacks',
      { edits: [{ step: 1, change: { kind: 'hyper', lane: 0, key: 'beta1', value: 0.5 } }] },
      /edits\[0\]\.change names an unknown key of gd/,
    ],
    [
      'names of the object machinery',
      JSON.parse('{"__proto__": {"polluted": 1}}'),
      'The scene has a field __proto__, which no scene has.',
    ],
    [
      'the same inside',
      JSON.parse('{"lanes": [{"optimizer": "gd", "hyper": {"__proto__": 1}}]}'),
      /has a field __proto__/,
    ],
    ['constructor', { constructor: { prototype: { polluted: 1 } } }, /has a field constructor/],
    ['constructor as an id', { surface: { id: 'constructor' } }, /names an unknown surface "constructor"/],
    ['toString as an optimizer', { lanes: [{ optimizer: 'toString' }] }, /names an unknown optimizer "toString"/],
    ['valueOf as a parameter', { surface: { formula: 'x', params: { valueOf: 1 } } }, /has a parameter "valueOf"/],
    [
      'a parameter that is no name',
      { surface: { formula: 'x', params: { 'a b': 1 } } },
      /has a parameter "a b"; a name is/,
    ],
    [
      'too many parameters',
      { surface: { formula: 'x', params: Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`a${i}`, 1])) } },
      /has 17 parameters; 16 are the most/,
    ],
    [
      'a long formula',
      { surface: { formula: 'x+'.repeat(6000) } },
      /has a formula of 12000 characters; 10000 are the most/,
    ],
    ['deep nesting', deep, 'The scene is nested too deeply.'],
    ['a cycle', cyclic, 'The scene is nested too deeply.'],
    ['a million edits', { edits: new Array(1_000_000).fill({ step: 0, change: null }) }, 'The scene is too large.'],
    ['a list that claims to be endless', { edits: { length: 1e9 } }, /edits is something else; it must be a list/],
    ['an empty list of four billion', { lanes: new Array(2 ** 32 - 1) }, 'The scene is too large.'],
    [
      'a thousand keys',
      {
        surface: { id: 'himmelblau', params: Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, 1])) },
      },
      /names "k0", and there is no key of himmelblau at all/,
    ],
    ['control characters in a name', { surface: { id: 'a\u0000\u202Eb' } }, /unknown surface "a\?\?b"/],
    ['a name as long as a book', { surface: { id: 'q'.repeat(100_000) } }, /^.{0,200}$/],
  ])('is answered with one sentence and the default scene: %s', (_, value, fault) => {
    const answer = parseScene(value);
    expect(answer.scene).toBe(DEFAULT_SCENE);
    expect(answer.fault).toEqual(typeof fault === 'string' ? fault : expect.stringMatching(fault));
    expect(answer.problem).toBe(`${answer.fault} Showing the default scene.`);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('is answered whatever was put in the place of whatever', () => {
    fc.assert(
      fc.property(anyScene, fc.anything(), fc.nat(), (scene, wrong, at) => {
        const keys = Object.keys(scene);
        const damaged = { ...scene, [keys[at % keys.length]]: wrong };
        const answer = parseScene(damaged);
        expect(answer.scene === DEFAULT_SCENE || answer.fault === null).toBe(true);
        expect(parseScene(answer.scene).fault).toBeNull();
      }),
      { numRuns: 500 },
    );
  });
});

describe('the default scene', () => {
  it('is the race of the first picture', () => {
    const { surface, lanes, start, selected } = DEFAULT_SCENE;
    expect(surface).toEqual({ id: 'himmelblau', params: {} });
    expect(lanes.map((lane) => [lane.optimizer, LANE_COLOURS[lane.colour].hex])).toEqual([
      ['gd', '#56B4E9'],
      ['momentum', '#E69F00'],
      ['rmsprop', '#CC79A7'],
      ['adam', '#D55E00'],
    ]);
    expect(lanes[selected].optimizer).toBe('adam');
    expect(start).toEqual({ count: 4096, spawn: 'uniform', points: [] });
  });

  it.each(optimizers)('has valid values in a new lane of $id', ({ id }) => {
    expect(parseScene({ lanes: [newLane(id, 0)] }).fault).toBeNull();
  });

  it('knows a colour and a shape of its own for each of eight lanes', () => {
    expect(new Set(LANE_COLOURS.map(({ hex }) => hex)).size).toBe(8);
    expect(new Set(LANE_SHAPES).size).toBe(8);
  });
});
