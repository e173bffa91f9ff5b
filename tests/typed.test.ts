import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../scripts/project.js';
import { createReferenceSwarm } from '../src/compute/reference/swarm.ts';
import type { Hyper, Optimizer } from '../src/descent/optimizer.ts';
import { hyperDefaults, optimizers } from '../src/descent/optimizers/index.ts';
import { compileRecurrences } from '../src/descent/typed/compile.ts';
import { MAX_TEXT } from '../src/descent/typed/recurrences.ts';
import { readRecurrences } from '../src/descent/typed/read.ts';
import { FormulaError } from '../src/formula/error.ts';
import { withUpdate } from '../src/scene/choices.ts';
import { DEFAULT_SCENE } from '../src/scene/defaults.ts';
import { effectOf } from '../src/scene/diff.ts';
import { sceneFromFile, sceneToFile } from '../src/scene/file.ts';
import { LIMITS } from '../src/scene/limits.ts';
import { decodeScene, encodeScene } from '../src/scene/link.ts';
import { laneAt } from '../src/scene/resolve.ts';
import type { Lane, Scene } from '../src/scene/scene.ts';
import { parseScene } from '../src/scene/schema.ts';
import { answerOf, thalweg } from './support/command.ts';
import { formulas } from './support/formulas.ts';
import { expectNear, type Tolerance } from './support/tolerance.ts';
import { planWith, settingsOf } from './support/plans.ts';

const SAME: Tolerance = {
  rel: 1e-12,
  abs: 1e-12,
  why: 'the same recurrence in another order of operations, over 60 updates',
};

const EXACT: Tolerance = { rel: 1e-14, abs: 1e-15, why: 'a dozen operations in float64' };

const written = optimizers.filter((optimizer): optimizer is Optimizer & { text: string } => optimizer.text !== undefined);

/** Values away from what switches a part off, where an optimizer has such. */
const UNUSUAL: Hyper = {
  weightDecay: 0.02,
  dampening: 0.3,
  momentum: 0.7,
  lrDecay: 0.1,
  initialAccumulator: 0.5,
  centered: 1,
};

/** Where some particles are after each of so many updates on Himmelblau. */
async function trajectory(optimizer: Optimizer, hyper: Hyper, updates: number): Promise<number[]> {
  const swarm = createReferenceSwarm(planWith({
    landscape: { formula: formulas.himmelblau, parameters: new Float64Array(0), domain: [-5, 5, -5, 5], minima: [] },
    optimizer,
    // The rate changes, so that lr is not taken for a constant.
    settings: settingsOf({ hyper, rate: (t) => hyper.lr * 0.99 ** t }),
    starts: Float64Array.of(-4, 4, 0.5, -1, 2, 2.5, 4.5, -4.5),
  }));
  const places: number[] = [];
  for (let k = 0; k < updates; k += 1) {
    swarm.advance(1);
    places.push(...(await swarm.read()).positions);
  }
  return places;
}

/** The parameter after each update with the given gradients. */
function descend(text: string, hyper: Hyper, w: number, gradients: readonly number[]): number[] {
  const optimizer = compileRecurrences(text);
  const values = { ...hyperDefaults(optimizer), ...hyper };
  const state = new Float64Array(optimizer.state.length);
  let place = w;
  return gradients.map((g, k) => {
    place = optimizer.update(place, g, state, 0, values, k + 1, values.lr);
    return place;
  });
}

/** What is wrong with a text, and the words that it is about. */
function complaint(text: string): { message: string; about: string } {
  try {
    compileRecurrences(text);
  } catch (error) {
    if (error instanceof FormulaError) {
      return { message: error.message, about: text.slice(error.at, error.at + error.length) };
    }
    throw error;
  }
  throw new Error(`${text} compiles.`);
}

describe.each(written.map((optimizer) => [optimizer.id, optimizer] as const))('%s as text', (_, optimizer) => {
  const typed = compileRecurrences(optimizer.text);
  const keys = optimizer.hyper.map(({ key }) => key);

  it.each([
    ['suggested', {}],
    ['unusual', Object.fromEntries(Object.entries(UNUSUAL).filter(([key]) => keys.includes(key)))],
  ])('goes where the built-in one goes, with %s values', async (_name, unusual) => {
    const suggested = { lr: optimizer.suggestedLearningRate, ...optimizer.suggestedHyper };
    const hyper = { ...hyperDefaults(optimizer), ...suggested, ...unusual };
    const [own, built] = await Promise.all([trajectory(typed, hyper, 60), trajectory(optimizer, hyper, 60)]);
    expect(built.every(Number.isFinite)).toBe(true);
    built.forEach((place, i) => expectNear(own[i], place, SAME, `update ${Math.floor(i / 8) + 1}`));
  });

  it('has the same hyperparameters, and no other', () => {
    expect(typed.hyper.map(({ key }) => key).sort()).toEqual([...keys].sort());
  });

  it('tells as its last term the step that it took', () => {
    const state = new Float64Array(typed.state.length);
    const hyper = hyperDefaults(typed);
    const next = typed.update(1.5, 2, state, 0, hyper, 1, 0.1);
    const terms = typed.terms(1.5, 2, state, 0, hyper, 1, 0.1, next);
    expect(terms[terms.length - 1].value).toBe(next - 1.5);
    expect(terms.map(({ symbol }) => symbol).every((symbol) => symbol.startsWith('<math>'))).toBe(true);
  });
});

describe('names', () => {
  const kinds = (text: string) => {
    const { state, hyper, assignments } = readRecurrences(text);
    return { state, hyper: hyper.map(({ name }) => name), assigned: assignments.map(({ name }) => name) };
  };

  it('are state, temporaries and hyperparameters by how they are used', () => {
    expect(kinds('u = g/s; m = b*m + u; s = s + u^2; w = w - lr*m*c/t')).toEqual({
      state: ['m', 's'],
      hyper: ['b', 'c'],
      assigned: ['u', 'm', 's', 'w'],
    });
  });

  it('of state may be assigned again: what is read is what was assigned last', () => {
    // v = 1, 2 · 1; v = 3, 2 · 3
    expect(descend('v = v + g; v = 2*v; w = w - v', {}, 0, [1, 1])).toEqual([-2, -8]);
  });

  it('w and g may be changed on the way', () => {
    // g = 2 + 0.5 · 1; w = 1 − 0.1 = 0.9, then 0.9 − 2.5
    expect(descend('g = g + k*w; w = w - 0.1; w = w - g', { k: 0.5 }, 1, [2])[0]).toBeCloseTo(-1.6, 14);
  });

  it('may be anything that WGSL has a word for', () => {
    const optimizer = compileRecurrences('loop = fn*loop + g; var = loop; w = w - lr*var/struct');
    expect(optimizer.hyper.map(({ key }) => key)).toEqual(['lr', 'fn', 'struct']);
    expect(optimizer.wgsl).not.toMatch(/\b(loop|struct)\b/);
  });

  it('are those of the language where they are that: e and pi, an index', () => {
    expect(kinds('w = w - lr*g*e*pi*sum(i, 1, 3, i*q)')).toEqual({ state: [], hyper: ['q'], assigned: ['w'] });
    expect(descend('w = w - g*sum(i, 1, 3, i)', {}, 0, [1])).toEqual([-6]);
  });
});

describe('parts', () => {
  it.each([
    ['semicolons', 'm = b*m + g; w = w - lr*m;'],
    ['new lines', 'm = b*m + g\nw = w - lr*m\n'],
    ['both, and room', '\n ; m = b*m + g ;;\r\n\r\n  w = w - lr*m'],
    ['a line that goes on', 'm = b*m\n  + g\nw = w -\n lr*m'],
    ['a number at the end of a line', 'm = b*m + g*1\nw = w - lr*m'],
  ])('are kept apart by %s', (_name, text) => {
    expect(descend(text, { b: 0.5, lr: 0.25 }, 1, [2, 4])).toEqual([0.5, -0.75]);
  });

  it('may be implied products and functions, as in formulas', () => {
    expect(descend('w = w - 2(g - 1)^2/max(1, sqrt(g)) + min(0, sign(g))', {}, 1, [4])).toEqual([-8]);
  });
});

describe('first values', () => {
  it('hold at the first update only', () => {
    // v = 9 + 16, 4/5; v = 25 + 144, 12/13
    const [first, second] = descend('init v = k^2; v = v + g^2; w = w - g/sqrt(v)', { k: 3 }, 1, [4, 12]);
    expectNear(first, 0.2, EXACT, 'first');
    expectNear(second, 0.2 - 12 / 13, EXACT, 'second');
  });

  it('may stand anywhere, and be the learning rate', () => {
    expect(descend('s = 2*s; w = w - s; init s = lr', { lr: 0.25 }, 0, [1, 1])).toEqual([-0.5, -1.5]);
  });

  it('are taken anew by a particle that is added, and after a restart', async () => {
    const optimizer = compileRecurrences('init s = 1; s = s/2; w = w - s');
    const swarm = createReferenceSwarm(planWith({
      landscape: { formula: formulas.himmelblau, parameters: new Float64Array(0), domain: [-5, 5, -5, 5], minima: [] },
      optimizer,
      settings: settingsOf({ hyper: { lr: 1 }, rate: () => 1 }),
      starts: Float64Array.of(0, 0),
    }));
    swarm.advance(2);
    swarm.add(Float64Array.of(0, 0));
    swarm.advance(1);
    expect([...(await swarm.read()).positions]).toEqual([-0.875, -0.875, -0.5, -0.5]);
    swarm.restart(settingsOf({ hyper: { lr: 1 }, rate: () => 1 }));
    swarm.advance(1);
    expect([...(await swarm.read()).positions]).toEqual([-0.5, -0.5]);
  });
});

describe('hyperparameters', () => {
  const specs = (text: string) => compileRecurrences(text).hyper.map(({ key, default: standard, min, max, slider, scale }) => ({ key, standard, min, max, slider, scale }));

  it('have the default and the range that the text gives', () => {
    expect(specs('b = 1/4 in [-1, 2]; w = w - lr*b*g')[1]).toEqual({
      key: 'b',
      standard: 0.25,
      min: -1,
      max: 2,
      slider: [-1, 2],
      scale: 'linear',
    });
  });

  it('are decays where nothing is said', () => {
    expect(specs('m = b*m + g; w = w - lr*m')[1]).toEqual({
      key: 'b',
      standard: 0.9,
      min: 0,
      max: 1,
      slider: [0, 0.9999],
      scale: 'complement',
    });
  });

  it('are spaced by ratios over wide ranges', () => {
    expect(specs('k = 1e-3 in [1e-6, 1]; w = w - lr*g/(sqrt(abs(g)) + eps + k)').map(({ key, scale }) => [key, scale])).toEqual([
      ['lr', 'log'],
      ['k', 'log'],
      ['eps', 'log'],
    ]);
  });

  it('lr has the one of all optimizers, or its own', () => {
    expect(specs('w = w - lr*g')[0]).toMatchObject({ standard: 0.01, min: 0, slider: [1e-4, 1] });
    const declared = compileRecurrences('lr = 0.05 in [0.001, 1]; w = w - lr*g');
    expect(declared.hyper[0]).toMatchObject({ default: 0.05, min: 0.001, max: 1, slider: [0.001, 1], scale: 'log' });
    expect(declared.suggestedLearningRate).toBe(0.05);
  });
});

describe('what a kernel gets', () => {
  it('is at most three numbers for each update', () => {
    const many = 'w = w - lr*(g/(1 - a^t) + g^2/(1 - b^t) + g^3/(1 - c^t) + g^4/(1 - d^t)) + g^5/t';
    for (const text of [many, ...written.map((optimizer) => optimizer.text)]) {
      expect(Object.keys(compileRecurrences(text).coefficients).length).toBeLessThanOrEqual(3);
    }
  });

  it('was computed in float64', () => {
    const optimizer = compileRecurrences('m = b*m + (1 - b)*g; w = w - lr*m/(1 - b^t)');
    const hyper = { lr: 0.1, b: 1 - 2 ** -40 };
    const constants = Object.values(optimizer.constants).map((constant) => constant(hyper));
    const coefficients = Object.values(optimizer.coefficients).map((coefficient) => coefficient(hyper, 1, 0.1));
    expect(new Set(constants)).toEqual(new Set([2 ** -40, 1 - 2 ** -40]));
    expect(new Set(coefficients)).toEqual(new Set([2 ** -40, 0.1]));
  });

  it('says nothing that was typed', () => {
    const text = 'evil = 0.5 in [0, 1]\nw = w - lr*evil*g';
    expect(compileRecurrences(text).wgsl).not.toContain('evil');
  });
});

describe('mistakes are told at their place', () => {
  it.each([
    ['', 'There is no update', ''],
    [' ;\n; ', 'There is no update', ''],
    ['m = b*m + g', 'Nothing assigns “w”', ''],
    ['w - lr*g', 'Every part of an update is an assignment', 'w - lr*g'],
    ['w = ', 'A value is missing behind “w =”', ''],
    ['w = ; m = 1', 'A value is missing behind “w =”', ''],
    ['w = w - lr*', 'is unfinished', ''],
    ['w = w - lr*g)', '“)” is unexpected', ')'],
    ['w = w - lr g', '“g” is unexpected', 'g'],
    ['w = w - lr*g m = 1', '“m” is unexpected', 'm'],
    ['w = w - sqr(g)', '“sqr” is no function; did you mean “sqrt”?', 'sqr'],
    ['w = w - lr(g)', '“lr” is no function; write lr*(…) for a product', 'lr'],
    ['w = w - sqrt*g', '“sqrt” is a function; write sqrt(…)', 'sqrt'],
    ['w = w - g[1]', 'no table', 'g'],
    ['w = w - lr*x', 'An update knows no x', 'x'],
    ['w = w - lr*g²', 'write ^2 instead', '²'],
    ['w = w - lr*g # down', '“#” means nothing', '#'],
    ['t = 1; w = w - g', '“t” is the update’s number and cannot be assigned', 't'],
    ['lr = lr/t; w = w - lr*g', '“lr” is the scheduled learning rate and cannot be assigned', 'lr'],
    ['sqrt = 2; w = w - g', '“sqrt” is a function and cannot be assigned', 'sqrt'],
    ['e = 2; w = w - e*g', '“e” is a constant', 'e'],
    ['in = 2; w = w - g', '“in” is a word of its own', 'in'],
    ['constructor = g; w = w - constructor', 'cannot be a name here', 'constructor'],
    ['w = w - __proto__', 'cannot be a name here', '__proto__'],
    [`w = w - ${'n'.repeat(33)}`, 'cannot be a name here', 'n'.repeat(33)],
    ['b = 0.9 in [1, 0]; w = w - b*g', 'the smaller end comes first', '1, 0'],
    ['b = 2 in [0, 1]; w = w - b*g', 'lies outside of its range [0, 1]', '2 '],
    ['b = c in [0, 1]; w = w - b*g*c', 'The default of b must be a number', 'c '],
    ['b = 1 in [0, 1/0]; w = w - b*g', 'The upper end of b’s range must be a number', '1/0'],
    ['b = 1 in 0, 1; w = w - b*g', 'A range is written as two numbers in brackets', '0, 1'],
    ['b = 1 in; w = w - b*g', 'A range is written as two numbers in brackets', ''],
    ['b = 1 in [0]; w = w - b*g', 'A range is written as two numbers in brackets', '[0]'],
    ['b = 1 in [0, ]; w = w - b*g', 'The upper end of b’s range is missing', ''],
    ['w = 1 in [0, 2]; w = w - g', '“w” is the parameter and cannot be a hyperparameter', 'w'],
    ['bata = 0.9 in [0, 1]; w = w - beta*g', '“bata” is declared, but nothing reads it; did you mean “beta”?', 'bata'],
    ['b = 0.9 in [0, 1]; b = 0.8 in [0, 1]; w = w - b*g', '“b” is declared already', 'b'],
    ['b = 0.9 in [0, 1]; b = b*b; w = w - b*g', 'declared as a hyperparameter and cannot be assigned as well', 'b'],
    ['init m = 1; w = w - g', '“m” is no state', 'm'],
    ['init mu = 1; mo = mo + g; w = w - mo', '“mu” is no state, as it is not read before it is assigned; did you mean “mo”?', 'mu'],
    ['init m = 1; init m = 2; m = m + g; w = w - m', '“m” has a first value already', 'm'],
    ['init m = g; m = m + g; w = w - m', '“g” is not there yet when m gets its first value', 'g'],
    ['init m = 1 in [0, 1]; m = m + g; w = w - m', 'A first value has no range', 'in'],
    ['init m; w = w - m', 'A first value is written as', 'm'],
    ['init w = 1; w = w - g', '“w” is the parameter and cannot have a first value', 'w'],
    [`w = w - ${'('.repeat(300)}g${')'.repeat(300)}`, 'nested more than 200 deep', '('],
    [`w = w - ${Array.from({ length: 17 }, (_, k) => `k${k}`).join('*')}`, '17 hyperparameters are too many; 16 are the most', 'k16'],
    [`${Array.from({ length: 9 }, (_, k) => `s${k} = s${k} + g`).join('; ')}; w = w - s0`, '9 state variables are too many; 8 are the most', 's8'],
    [`w = w - g${' '.repeat(MAX_TEXT)}`, 'The update is too long: 2000 characters are the most', ' '.repeat(9)],
  ])('%s', (text, message, about) => {
    const found = complaint(text);
    expect(found.message).toContain(message);
    expect(found.message).not.toContain('\n');
    expect(found.about).toBe(about);
  });

  it('and whatever is typed, in bounded time, never otherwise', () => {
    const words = ['w', 'g', 'm', 'init', 'in', '=', ';', '\n', '(', ')', '[', ']', ',', '1e308', '0', '^', '*', '-', 'sum', 'i', 'lr', 'max', 'constructor', '"', '`'];
    let seed = 1;
    for (let k = 0; k < 3000; k += 1) {
      const text = Array.from({ length: 1 + (k % 24) }, () => {
        seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
        return words[seed % words.length];
      }).join(k % 2 === 0 ? ' ' : '');
      try {
        compileRecurrences(text);
      } catch (error) {
        expect(error, text).toBeInstanceOf(FormulaError);
        expect((error as FormulaError).at + (error as FormulaError).length, text).toBeLessThanOrEqual(text.length);
      }
    }
    const hostile = `w = w - ${'sum(i,1,1000,sum(j,1,1000,'.repeat(3)}g${'))'.repeat(3)}`;
    expect(complaint(hostile).message).toMatch(/Sums|terms|index/);
  });
});

describe('in a scene', () => {
  const update = 'b = 0.9 in [0, 1]\nm = b*m + (1 - b)*g; w = w - lr*m/(1 - b^t)  ';
  const lane: Lane = { ...DEFAULT_SCENE.lanes[0], optimizer: { update }, hyper: { lr: 0.05, b: 0.5 } };
  const scene: Scene = { ...DEFAULT_SCENE, lanes: [lane], selected: 0 };

  it('it goes through a link and a file', () => {
    const link = encodeScene(scene);
    expect(link).toMatch(/^[-\w.~%=&(),:]*$/);
    expect(decodeScene(link)).toEqual({ scene, fault: null, problem: null });
    expect(decodeScene(`https://example.org/#${encodeURIComponent(link)}`.replace(/%(3D|26)/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))).scene).toEqual(scene);
    expect(sceneFromFile(sceneToFile(scene)).scene).toEqual(scene);
  });

  it('its hyperparameters have its defaults', () => {
    expect(laneAt({ ...scene, lanes: [{ ...lane, hyper: {} }] }, 0, 0).hyper).toEqual({ lr: 0.01, b: 0.9 });
    expect(laneAt(scene, 0, 0).hyper).toEqual({ lr: 0.05, b: 0.5 });
  });

  it('another text is another run', () => {
    const next = { ...scene, lanes: [{ ...lane, optimizer: { update: `${update};` } }] };
    expect(effectOf(scene, next)).toBe('run');
    expect(effectOf(scene, { ...scene, lanes: [{ ...lane, optimizer: { update } }] })).toBe('none');
  });

  it.each<[unknown, Hyper, string]>([
    [{ update: 'w = v' }, { c: 1 }, 'The scene’s lanes[0] names an unknown key of the typed update "c"; the nearest is v.'],
    [{ update: 'w = w - v' }, { v: 2 }, 'The scene’s lanes[0] has v = 2; it must be a number from 0 to 1.'],
    [{ update: 'w = ' }, {}, 'The scene’s lanes[0] has the update "w = ", which does not compile: A value is missing behind “w =”.'],
    [{ update: 5 }, {}, 'The scene’s lanes[0].optimizer.update is 5; it must be a text.'],
    [{}, {}, 'The scene’s lanes[0].optimizer.update is missing.'],
    [7, {}, 'The scene’s lanes[0].optimizer is 7; it must be an id or an update.'],
  ])('%o is refused in a sentence', (optimizer, hyper, fault) => {
    expect(parseScene({ lanes: [{ optimizer, hyper }] }).fault).toBe(fault);
  });

  it('is bounded as its compiler bounds it', () => {
    expect(LIMITS.update).toBe(MAX_TEXT);
    expect(parseScene({ lanes: [{ optimizer: { update: ' '.repeat(MAX_TEXT + 1) } }] }).fault).toBe(
      'The scene’s lanes[0] has an update of 2001 characters; 2000 are the most.',
    );
  });
});

describe('a lane', () => {
  const text = (id: string): string => optimizers.find((optimizer) => optimizer.id === id)!.text!;

  it('takes its values over when it is opened as text, and goes on as it went', () => {
    const built: Scene = {
      ...DEFAULT_SCENE,
      lanes: [{ ...DEFAULT_SCENE.lanes[3], optimizer: 'adamw', hyper: { lr: 0.05, beta1: 0.8, eps: 5 } }],
      selected: 0,
    };
    const opened = withUpdate(built, 0, text('adamw'));
    expect(opened.lanes[0].optimizer).toEqual({ update: text('adamw') });
    // The text's ε goes up to 1.
    expect(laneAt(opened, 0, 0).hyper).toEqual({ ...laneAt(built, 0, 0).hyper, eps: 1 });
    expect(parseScene(opened).fault).toBeNull();
    expect(withUpdate(opened, 0, text('adamw'))).toBe(opened);
  });

  it('follows the defaults that are typed, and keeps what was set', () => {
    const lanes = [{ ...DEFAULT_SCENE.lanes[3], optimizer: { update: 'b = 0.9 in [0, 1]; w = w - b*c*lr*g' }, hyper: { c: 0.25 } }];
    const next = withUpdate({ ...DEFAULT_SCENE, lanes, selected: 0 }, 0, 'b = 0.8 in [0, 1]; w = w - b*c*lr*g');
    expect(laneAt(next, 0, 0).hyper).toEqual({ lr: 0.01, b: 0.8, c: 0.25 });
  });

  it('keeps changes in mid-run that still make sense', () => {
    const change = (key: string) => ({ step: 5, change: { kind: 'hyper' as const, lane: 3, key, value: 0.5 } });
    const scene = { ...DEFAULT_SCENE, edits: [change('lr'), change('beta1')] };
    expect(withUpdate(scene, 3, 'w = w - lr*g').edits).toEqual([change('lr')]);
  });
});

it('the README’s example is what it says', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const [, example] = /### An optimizer of your own[^`]*(?:`[^`]+`[^`]*)*?```\n([^`]*)```/.exec(readme)!;
  const { state, hyper, first, assignments } = readRecurrences(example);
  expect({ state, hyper: hyper.map(({ name }) => name), first: [...first.keys()] }).toEqual({
    state: ['v'],
    hyper: ['beta', 'eps'],
    first: ['v'],
  });
  expect(assignments.map(({ name }) => name)).toEqual(['g', 'v', 'u', 'w']);
});

describe('thalweg run --update', () => {
  const text = 'm = b*m + g; w = w - lr*m';
  const common = ['run', '--device', 'reference', '--surface', 'rosenbrock', '--start', '-1,1', '--steps', '30'];

  it('runs it, and says what it ran', async () => {
    const settings = ['--schedule', 'cosine', '--clip', 'norm:2'];
    const own = await answerOf(...common, ...settings, '--update', text, '--set', 'lr=0.001,b=0.8');
    const built = await answerOf(...common, ...settings, '--optimizer', 'momentum', '--set', 'lr=0.001,momentum=0.8');
    expect(own.optimizer).toEqual({ update: text });
    expect(own.hyper).toEqual({ lr: 0.001, b: 0.8 });
    own.particles[0].points.flat().forEach((value: number, i: number) => {
      expectNear(value, built.particles[0].points.flat()[i], SAME, `number ${i}`);
    });
  });

  it.each([
    [['--update', 'w = w - sqr(g)'], 'thalweg: --update "w = w - sqr(g)", character 9: “sqr” is no function; did you mean “sqrt”?\n'],
    [['--update', text, '--set', 'bb=1'], 'thalweg: update has no key "bb"; the nearest is "b" (it has lr, b).\n'],
    [['--update', text, '--set', 'b=2'], '--set b'],
    [['--update', text, '--optimizer', 'adam'], 'thalweg: --optimizer and --update are both given; the optimizer is one or the other.\n'],
  ])('%s is a wrong request', async (words, message) => {
    const { status, out, err } = await thalweg(...common, ...words);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});
