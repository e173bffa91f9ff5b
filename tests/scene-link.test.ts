import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SCENE, UNCONDITIONED } from '../src/scene/defaults.ts';
import { LIMITS } from '../src/scene/limits.ts';
import { decodeScene, encodeScene } from '../src/scene/link.ts';
import type { Scene } from '../src/scene/scene.ts';
import { anyScene } from './support/scenes.ts';

const FRAGMENT = /^[A-Za-z0-9\-._~!$&'()*+,;=:@/?%]*$/;

describe('a link', () => {
  it('carries any scene exactly, in characters that a fragment may have', () => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        const link = encodeScene(scene);
        expect(link).toMatch(FRAGMENT);
        expect(decodeScene(link)).toEqual({ scene, fault: null, problem: null });
      }),
      { numRuns: 300 },
    );
  });

  it('is read with its #, and out of a whole address', () => {
    const scene: Scene = { ...DEFAULT_SCENE, seed: 3 };
    expect(decodeScene(`#${encodeScene(scene)}`).scene).toEqual(scene);
    expect(decodeScene(`https://example.org/thalweg/?x=1#${encodeScene(scene)}`).scene).toEqual(scene);
  });

  it('is read after a program has escaped its brackets and commas', () => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        const escaped = encodeScene(scene).replace(/[(),:]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
        expect(decodeScene(escaped)).toEqual({ scene, fault: null, problem: null });
      }),
    );
  });

  it.each(['', '#'])('is the default scene when it is empty: %j', (text) => {
    expect(decodeScene(text)).toEqual({ scene: DEFAULT_SCENE, fault: null, problem: null });
  });

  it('holds what differs from the default and nothing else', () => {
    expect(encodeScene(DEFAULT_SCENE)).toBe('v=1');
    expect(
      encodeScene({
        ...DEFAULT_SCENE,
        surface: { id: 'rosenbrock', params: { b: 50 } },
        lanes: [{ optimizer: 'adam', hyper: { lr: 0.1 }, ...UNCONDITIONED, colour: 0, on: true }],
        selected: 0,
      }),
    ).toBe('s=rosenbrock&p=b:50&l=(adam,(lr:0.1))&v=1');
  });

  it('carries the largest scene', () => {
    const points = (count: number, at: number) =>
      Array.from({ length: count }, (_, i): [number, number] => [-1e-300 / (3 * i + 1), at + Math.PI * i]);
    const scene: Scene = {
      ...DEFAULT_SCENE,
      start: { count: LIMITS.points, spawn: 'points', points: points(LIMITS.points, 0) },
      edits: [
        ...Array.from({ length: LIMITS.edits - 1 }, (_, i) => ({
          step: i,
          change: { kind: 'hyper' as const, lane: i % 4, key: 'lr', value: Math.E / (i + 1) },
        })),
        { step: LIMITS.edits, change: { kind: 'particles', points: points(LIMITS.added, -1) } },
      ],
    };
    expect(decodeScene(encodeScene(scene))).toEqual({ scene, fault: null, problem: null });
  });

  const deep = `l=${'('.repeat(20_000)}&v=1`;
  it.each([
    ['s=rosenbrok&v=1', 'The link’s surface names an unknown surface "rosenbrok"; the nearest is rosenbrock.'],
    ['l=(adm,(lr:0.1))&v=1', /^The link’s lanes\[0\] names an unknown optimizer "adm"; the nearest is adam\.$/],
    ['l=(adam,(beta:0.1))&v=1', /names an unknown key of adam "beta"; the nearest is beta[12]\.$/],
    ['l=(adam,(lr:-1))&v=1', /lanes\[0\] has lr = -1; it must be a number from 0 to /],
    ['l=(adam,(lr:fast))&v=1', 'The link’s lanes[0].hyper has lr = "fast"; it must be a finite number.'],
    ['l=(adam,(lr:NaN))&v=1', /lr = "NaN"/],
    ['l=(adam,(lr:1e999))&v=1', /lr = Infinity/],
    ['l=(adam,(lr))&v=1', /^The link has l=…, which has an entry that is not name:number\.$/],
    ['l=(adam,(lr:1,lr:2))&v=1', /^The link has l=…, which sets lr twice\.$/],
    ['l=(adam,(__proto__:1))&v=1', /has a field __proto__/],
    ['l=(adam&v=1', /^The link has l=…, which has a bracket that is not closed\.$/],
    ['l=adam)&v=1', /has "\)" where a comma should be/],
    ['l=&v=1', 'The link’s lanes is empty; a scene has at least one lane.'],
    ['l=adam,adam,adam,adam,adam,adam,adam,adam,adam&v=1', 'The link’s lanes has 9 entries; 8 are the most.'],
    [deep, /nested too deeply/],
    ['f=%E0%A4%A&v=1', /^The link has f=…, which has a broken % escape\.$/],
    ['f=x%5E2%2B&v=1', /^The link’s surface has the formula "x\^2\+", which does not compile: /],
    ['f=constructor&v=1', /does not compile/],
    ['f=x&p=__proto__:1&v=1', /has a field __proto__/],
    ['s=himmelblau&f=x&v=1', 'The link’s surface must have either an id or a formula.'],
    ['n=0&v=1', 'The link’s start.count is 0; it must be a number from 1 to 1048576.'],
    ['n=1.5&v=1', 'The link’s start.count is 1.5; it must be a whole number from 1 to 1048576.'],
    ['d=5,-5,-5,5&v=1', /^The link’s domain is 5, -5, -5, 5; the smaller end comes first/],
    ['d=1,2,3&v=1', /four numbers/],
    ['spawn=points&v=1', 'The link’s start has no points; there must be at least one.'],
    ['spawn=points&at=1,2,3&v=1', /start\.points\[1\] is a list; it must be a pair of numbers/],
    ['e=(5,h,7,lr,1)&v=1', 'The link’s edits[0].change names lane 7, and there are only 4, counted from 0.'],
    ['e=(5,h,0,beta1,1)&v=1', /^The link’s edits\[0\]\.change names an unknown key of gd "beta1"/],
    ['e=(5,q,0)&v=1', /names an unknown kind of change "q"/],
    ['e=(5,p,1,2),(4,p,1,2)&v=1', /^The link’s edits has step 4 after 5; edits come in the order of their steps\.$/],
    [`e=${'(1,c,0),'.repeat(2000)}(1,c,0)&v=1`, 'The link’s edits has 2001 entries; 1000 are the most.'],
    [`e=(1,p${',1'.repeat(9000)})&v=1`, /change\.points has 4500 entries; 4096 are the most/],
    ['lane=4&v=1', 'The link’s selected is 4, and the last lane is 3.'],
    ['contours=yes&v=1', 'The link’s picture.contours is "yes"; it must be true or false.'],
    ['plateaus=yes&v=1', 'The link’s picture.plateaus is "yes"; it must be true or false.'],
    ['field=arows&v=1', 'The link’s picture.field names an unknown gradient field "arows"; the nearest is arrows.'],
    ['palette=jet&v=1', /names an unknown palette "jet"/],
    ['sed=1&v=1', 'The link names an unknown field "sed"; the nearest is seed.'],
    ['seed=1&seed=2&v=1', 'The link has seed twice.'],
    ['seed=1', 'The link is cut off; a whole one ends in v=1.'],
    ['seed=1&v=2', 'The link has the version "2"; this program reads 1.'],
    ['<script>alert(1)</script>', /^The link names an unknown field "<script>/],
    ['x'.repeat(2 ** 20 + 1), /^The link has 1048577 characters, more than a scene can have/],
    ['a=1&'.repeat(2 ** 17), /^The link names an unknown field "a"/],
    [`f=${'('.repeat(9000)}x&v=1`, /does not compile/],
  ])('answers a damaged one with a sentence and the default scene: %.60s', (text, fault) => {
    const answer = decodeScene(text);
    expect(answer.scene).toBe(DEFAULT_SCENE);
    expect(answer.fault).toEqual(typeof fault === 'string' ? fault : expect.stringMatching(fault));
    expect(answer.problem).toBe(`${answer.fault} Showing the default scene.`);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('never takes a link that was cut off for another scene', () => {
    fc.assert(
      fc.property(anyScene, fc.nat(), (scene, at) => {
        const link = encodeScene(scene);
        const cut = link.slice(0, 1 + (at % (link.length - 1)));
        const { scene: read, fault } = decodeScene(cut);
        expect(fault).not.toBeNull();
        expect(read).toBe(DEFAULT_SCENE);
      }),
    );
  });

  it('answers any text at all', () => {
    const noise = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'slfpe=&(),:%10v.-') }));
    fc.assert(
      fc.property(noise, (text) => {
        const { scene, fault, problem } = decodeScene(`${text}&v=1`);
        expect(scene === DEFAULT_SCENE || fault === null).toBe(true);
        expect((fault === null) === (problem === null)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
