import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReferenceSwarm } from '../src/compute/reference/swarm.ts';
import type { Hyper, Optimizer } from '../src/descent/optimizer.ts';
import { findOptimizer, hyperDefaults, optimizers } from '../src/descent/optimizers/index.ts';
import { spawnStarts } from '../src/descent/spawn.ts';
import { formulas } from './support/formulas.ts';
import { expectNear, type Tolerance } from './support/tolerance.ts';
import { planWith, settingsOf } from './support/plans.ts';

const EXACT: Tolerance = { rel: 1e-14, abs: 1e-15, why: 'a dozen operations in float64' };

/** Keys and defaults, in order, as PyTorch's signatures or, where it has none, the authors have them. */
const DEFAULTS: Readonly<Record<string, Hyper>> = {
  gd: { lr: 1e-3, weightDecay: 0 },
  momentum: { lr: 1e-3, momentum: 0, dampening: 0, weightDecay: 0 },
  nesterov: { lr: 1e-3, momentum: 0, weightDecay: 0 },
  rprop: { lr: 1e-2, etaMinus: 0.5, etaPlus: 1.2, stepMin: 1e-6, stepMax: 50 },
  adagrad: { lr: 1e-2, lrDecay: 0, initialAccumulator: 0, eps: 1e-10, weightDecay: 0 },
  adadelta: { lr: 1, rho: 0.9, eps: 1e-6, weightDecay: 0 },
  rmsprop: { lr: 1e-2, alpha: 0.99, eps: 1e-8, momentum: 0, centered: 0, weightDecay: 0 },
  adam: { lr: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0 },
  adamw: { lr: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 1e-2 },
  adamax: { lr: 2e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0 },
  amsgrad: { lr: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0 },
  nadam: { lr: 2e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8, momentumDecay: 4e-3, weightDecay: 0 },
  radam: { lr: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0 },
  adabelief: { lr: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-16, weightDecay: 0 },
  yogi: { lr: 1e-2, beta1: 0.9, beta2: 0.999, eps: 1e-3, initialAccumulator: 1e-6 },
  lion: { lr: 1e-4, beta1: 0.9, beta2: 0.99, weightDecay: 0 },
  adopt: { lr: 1e-3, beta1: 0.9, beta2: 0.9999, eps: 1e-6 },
  ademamix: { lr: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8, beta3: 0.9999, alpha: 5, weightDecay: 0 },
  'schedule-free': { lr: 2.5e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0 },
  sam: { lr: 1e-3, rho: 0.05 },
  'conjugate-gradient': { lr: 1 },
  bfgs: { lr: 1 },
  'saddle-free-newton': { lr: 1, damping: 1e-3 },
};

/** Updates worked out by hand: from w = 1, with these gradients, the parameter after each. */
const BY_HAND: readonly (readonly [string, Hyper, readonly number[], readonly number[]])[] = [
  // g + λw = 3.5; 3 + 0.5 · 0.65
  ['gd', { lr: 0.1, weightDecay: 0.5 }, [3, 3], [0.65, 0.65 - 0.1 * 3.325]],
  // b = 2 undampened; b = 0.9 · 2 + 0.5 · 4 = 3.8
  ['momentum', { lr: 0.1, momentum: 0.9, dampening: 0.5 }, [2, 4], [0.8, 0.42]],
  // Without momentum, dampening has no effect.
  ['momentum', { lr: 0.1, momentum: 0, dampening: 0.5 }, [2, 4], [0.8, 0.4]],
  // 2 + 0.5 · 2 = 3; b = 5, 4 + 2.5 = 6.5
  ['nesterov', { lr: 0.1, momentum: 0.5 }, [2, 4], [0.7, 0.05]],
  // v = 4, 4/(2 + 1); v = 3 + 0.25 · 24 = 9, √24/(3 + 1)
  ['rmsprop', { lr: 0.3, alpha: 0.75, eps: 1 }, [4, Math.sqrt(24)], [0.6, 0.6 - 0.3 * (Math.sqrt(24) / 4)]],
  // E = 4, a = 1, √(4 − 1) = √3
  ['rmsprop', { lr: 0.3, alpha: 0.75, eps: 1, centered: 1 }, [4], [1 - 1.2 / (Math.sqrt(3) + 1)]],
  // b = 4/3; v = 3, g = 0: b = 2/3
  ['rmsprop', { lr: 0.3, alpha: 0.75, eps: 1, momentum: 0.5 }, [4, 0], [0.6, 0.4]],
  // m̂ = 2, v̂ = 4; m = −0.5, v = 1.75, m̂ = −2/3, v̂ = 4
  ['adam', { lr: 0.1, beta1: 0.5, beta2: 0.75, eps: 0.5 }, [2, -2], [0.92, 0.92 + 0.1 * (2 / 3 / 2.5)]],
  // g + λw = 2 as above
  ['adam', { lr: 0.1, beta1: 0.5, beta2: 0.75, eps: 0.5, weightDecay: 0.5 }, [1.5], [0.92]],
  ['adamw', { lr: 0.1, beta1: 0.5, beta2: 0.75, eps: 0.5, weightDecay: 0.5 }, [2], [0.95 - 0.08]],
  // s = 0.1, 0.2; turned: 0.1 and no move; forgotten: 0.1; 0.2; 0.4 is too long
  ['rprop', { lr: 0.1, etaPlus: 2, stepMax: 0.3 }, [3, 1, -2, -2, -1, -1], [0.9, 0.7, 0.7, 0.8, 1, 1.3]],
  // v = 9 + 16, 4/(5 + 1); v = 169, half the rate, 12/(13 + 1)
  ['adagrad', { lr: 0.1, lrDecay: 1, initialAccumulator: 9, eps: 1 }, [4, 12], [1 - 0.2 / 3, 1 - 0.2 / 3 - 0.3 / 7]],
  // v = 3, d = √(1/4)·√12, a = 3/4; v = 9, d = √(1.75/10)·√27
  [
    'adadelta',
    { lr: 0.5, rho: 0.75, eps: 1 },
    [Math.sqrt(12), Math.sqrt(27)],
    [1 - 0.5 * Math.sqrt(3), 1 - 0.5 * Math.sqrt(3) - 0.5 * Math.sqrt(4.725)],
  ],
  // m̂ = 3, u = 3 + 1; m = 0.5, m̂ = 2/3, u = 4/2
  ['adamax', { lr: 0.1, beta1: 0.5, beta2: 0.5, eps: 1 }, [3, -0.5], [0.925, 0.925 - 0.1 / 3]],
  // m̂ = 4, v = 8, v̂ = 16; m̂ = 4/3, v = 4 but 8 stays, 8/0.75
  [
    'amsgrad',
    { lr: 0.1, beta1: 0.5, beta2: 0.5, eps: 0.5 },
    [4, 0],
    [1 - 0.4 / 4.5, 1 - 0.4 / 4.5 - 0.4 / 3 / (Math.sqrt(32 / 3) + 0.5)],
  ],
  // μ = 1/4 always, P = 1/4, 1/16, 1/64; m = 1, v̂ = 4: 2 + (1/4)/(15/16); m = −1/2, v̂ = 4: −2 · (3/4)/(15/16) − (1/8)/(63/64)
  [
    'nadam',
    { lr: 0.1, beta1: 0.5, beta2: 0.75, eps: 0.5, momentumDecay: 0 },
    [2, -2],
    [1 - 0.04 * (2 + 4 / 15), 1 - 0.04 * (2 + 4 / 15) + 0.04 * (1.6 + 8 / 63)],
  ],
  // ρ∞ = 3: never trusted
  ['radam', { lr: 0.1, beta1: 0.5, beta2: 0.5 }, [2, -2], [0.8, 0.8 + 0.2 / 3]],
  // m = 1, s = 1/4 + 1/4, m̂ = 2, ŝ = 2; no surprise: s = 3/8 + 1/4, m̂ = 4/3, ŝ = 10/7
  [
    'adabelief',
    { lr: 0.1, beta1: 0.5, beta2: 0.75, eps: 0.25 },
    [2, 1],
    [1 - 0.2 / (Math.SQRT2 + 0.25), 1 - 0.2 / (Math.SQRT2 + 0.25) - 0.4 / 3 / (Math.sqrt(10 / 7) + 0.25)],
  ],
  [
    'adabelief',
    { lr: 0.1, beta1: 0.5, beta2: 0.75, eps: 0.25, weightDecay: 0.5 },
    [2],
    [0.95 - 0.2 / (Math.SQRT2 + 0.25)],
  ],
  // m = 3/2, v = 1 + 1, m̂ = 3, v̂ = 8; m = 5/4, v = 2 − 1/4, m̂ = 5/3, v̂ = 4
  [
    'yogi',
    { lr: 0.1, beta1: 0.5, beta2: 0.75, eps: 0.5, initialAccumulator: 1 },
    [2, 1],
    [1 - 0.3 / (Math.sqrt(8) + 0.5), 1 - 0.3 / (Math.sqrt(8) + 0.5) - 0.2 / 3],
  ],
  // 1; m = 1/2, 1/4 − 1/2; m = 1/8, 1/16 − 1/16 = 0
  ['lion', { lr: 0.1, beta1: 0.5, beta2: 0.75 }, [2, -1, -0.125], [0.9, 1, 1]],
  ['lion', { lr: 0.1, beta1: 0.5, beta2: 0.75, weightDecay: 0.5 }, [2], [0.85]],
  // v = 4, measured only; 8/2 is clipped to 1, v = 19; m = 1/4 − 1/(2√19)
  [
    'adopt',
    { lr: 0.1, beta1: 0.5, beta2: 0.75, eps: 1 },
    [2, 8, -1],
    [1, 0.95, 0.95 - 0.1 * (0.25 - 0.5 / Math.sqrt(19))],
  ],
  // ε is larger than √v = 1/2
  ['adopt', { lr: 0.1, beta1: 0.5, beta2: 0.75, eps: 1 }, [0.5, 0.5], [1, 0.975]],
  // m̂ = 2, s = 1/2, v̂ = 4; m̂ = −2/3, s = −1/8, v̂ = 4
  [
    'ademamix',
    { lr: 0.1, beta1: 0.5, beta2: 0.75, eps: 0.5, beta3: 0.75, alpha: 2 },
    [2, -2],
    [0.88, 0.88 + 0.04 * (2 / 3 + 0.25)],
  ],
  [
    'ademamix',
    { lr: 0.1, beta1: 0.5, beta2: 0.75, eps: 0.5, beta3: 0.75, alpha: 2, weightDecay: 0.5 },
    [2],
    [0.88 - 0.05],
  ],
  // z = 0.92, 1, 0.92, since v̂ stays 4; x = 0.92, 0.96, 0.96 − 0.04/3; w between them
  [
    'schedule-free',
    { lr: 0.1, beta1: 0.5, beta2: 0.75, eps: 0.5 },
    [2, -2, 2],
    [0.92, 0.98, 0.94 - 0.02 / 3],
  ],
  ['schedule-free', { lr: 0.1, beta1: 0.5, beta2: 0.75, eps: 0.5, weightDecay: 0.5 }, [2], [0.92 - 0.05]],
];

/** Optimizers that a slope of 0 does not leave where they are, and the values with which it does. */
const AT_REST: Readonly<Record<string, Hyper>> = {
  // Its average of the gradient starts at initialAccumulator rather than 0.
  yogi: { initialAccumulator: 0 },
};

/** Any accepted values of an optimizer's hyperparameters, as a slider gives them. */
const hyperOf = (optimizer: Optimizer) =>
  fc.record(
    Object.fromEntries(
      optimizer.hyper.map(({ key, slider: [min, max], scale }) => [
        key,
        scale === 'switch' ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true }),
      ]),
    ),
  );

const slopes = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 40 });

function descend(optimizer: Optimizer, hyper: Hyper, start: number, gradients: readonly number[]): number[] {
  const state = new Float64Array(optimizer.state.length);
  let w = start;
  return gradients.map((g, k) => {
    w = optimizer.update(w, g, state, 0, hyper, k + 1, hyper.lr);
    return w;
  });
}

describe('Every optimizer', () => {
  it('has the keys and defaults of PyTorch, in their order', () => {
    const known = Object.fromEntries(optimizers.map((optimizer) => [optimizer.id, hyperDefaults(optimizer)]));
    expect(JSON.stringify(known)).toBe(JSON.stringify(DEFAULTS));
  });

  it('has a kernel of its name, and each kernel an optimizer', () => {
    const files = readdirSync(new URL('../shaders/optimizers/', import.meta.url));
    expect(files.sort()).toEqual(optimizers.map(({ id }) => `${id}.wgsl`).sort());
  });

  it.each(optimizers.map((optimizer) => [optimizer.id, optimizer] as const))(
    '%s has defaults within its ranges, sliders within them too, and at most three numbers a step',
    (_, { hyper, coefficients, suggestedHyper }) => {
      for (const { key, default: standard, min, max, slider } of hyper) {
        expect(standard, key).toBeGreaterThanOrEqual(min);
        expect(standard, key).toBeLessThanOrEqual(max);
        expect(slider[0], key).toBeGreaterThanOrEqual(min);
        expect(slider[1], key).toBeLessThanOrEqual(max);
      }
      expect(hyper[0].key).toBe('lr');
      expect(Object.keys(coefficients).length).toBeLessThanOrEqual(3);
      expect(hyper.map(({ key }) => key)).toEqual(expect.arrayContaining(Object.keys(suggestedHyper ?? {})));
    },
  );

  it.each(BY_HAND)('%s with %o goes where arithmetic by hand does', (id, hyper, gradients, expected) => {
    const optimizer = findOptimizer(id);
    const zeroed = { ...hyperDefaults(optimizer), weightDecay: 0, ...hyper };
    for (const [k, w] of descend(optimizer, zeroed, 1, gradients).entries()) {
      expectNear(w, expected[k], EXACT, `${id} after ${k + 1} updates`);
    }
  });

  // tests/optimizers-directed.test.ts has those with a direction.
  it('by hand covers all', () => {
    const elementwise = optimizers.filter(({ direction }) => !direction);
    expect(new Set(BY_HAND.map(([id]) => id))).toEqual(new Set(elementwise.map(({ id }) => id)));
  });
});

describe.each(optimizers.map((optimizer) => [optimizer.id, optimizer] as const))('%s', (_, optimizer) => {
  it('tells as its last term the step that it took', () => {
    fc.assert(
      fc.property(hyperOf(optimizer), slopes, (hyper, gradients) => {
        const state = new Float64Array(optimizer.state.length);
        let w = 1.5;
        for (const [k, g] of gradients.entries()) {
          const next = optimizer.update(w, g, state, 0, hyper, k + 1, hyper.lr);
          const terms = optimizer.terms(w, g, state, 0, hyper, k + 1, hyper.lr, Number.NaN);
          const size = Math.max(Math.abs(w), Math.abs(next), hyper.lr * Math.abs(g));
          const rounding = { rel: 1e-9, abs: 1e-12 * size, why: 'w_new − w_old cancels what both have in common' };
          expectNear(terms[terms.length - 1].value, next - w, rounding, `update ${k + 1}`);
          w = next;
        }
      }),
    );
  });

  it('keeps the state of its neighbours', () => {
    const width = optimizer.state.length;
    const state = new Float64Array(3 * width).fill(7);
    optimizer.update(1, 2, state, width, hyperDefaults(optimizer), 1, 0.1);
    expect([...state.subarray(0, width), ...state.subarray(2 * width)]).toEqual(Array(2 * width).fill(7));
  });

  it('stays where the gradient is 0', () => {
    const hyper = { ...hyperDefaults(optimizer), lr: 0.1, weightDecay: 0, ...AT_REST[optimizer.id] };
    expect(descend(optimizer, hyper, 3, [0, 0, 0])).toEqual([3, 3, 3]);
  });

  it('at its suggested rate brings Himmelblau’s whole domain down within 400 updates, and loses nobody', async () => {
    const domain = [-5, 5, -5, 5] as const;
    const lr = optimizer.suggestedLearningRate;
    const swarm = createReferenceSwarm(planWith({
      landscape: { formula: formulas.himmelblau, parameters: new Float64Array(), domain, minima: [] },
      optimizer,
      settings: settingsOf({ hyper: { ...hyperDefaults(optimizer), ...optimizer.suggestedHyper, lr }, rate: () => lr }),
      starts: spawnStarts({ count: 441, spawn: 'grid', points: [] }, domain, 0),
    }));
    for (let k = 0; k < 400; k += 1) {
      swarm.advance(1);
      // One that looks around may take a long step over the edge: what it finds there is lower.
      expect(await swarm.tally()).toMatchObject(optimizer.direction ? { diverged: 0 } : { diverged: 0, outside: 0 });
    }
    // The terrain rises to 890: below a hundredth of that is the floor of a basin.
    expect((await swarm.tally()).high).toBeLessThan(8);
    expect((await swarm.tally()).median).toBeLessThan(0.01);
  });
});

it('Centred RMSProp divides by the root of E[g²] − E[g]² as PyTorch forms it', () => {
  const rmsprop = findOptimizer('rmsprop');
  fc.assert(
    fc.property(fc.double({ min: 0.1, max: 0.99, noNaN: true }), slopes, (alpha, gradients) => {
      const hyper: Hyper = { ...hyperDefaults(rmsprop), alpha, centered: 1, eps: 1 };
      let [square, mean, w] = [0, 0, 2];
      const expected = gradients.map((g) => {
        square = alpha * square + (1 - alpha) * g * g;
        mean = alpha * mean + (1 - alpha) * g;
        w -= (hyper.lr * g) / (Math.sqrt(Math.max(0, square - mean * mean)) + 1);
        return w;
      });
      // √ of a difference of numbers up to 1e6, each off by 1e-10, beside an ε of 1: 1e-5 at worst, times the rate and
      // g.
      const rounding = { rel: 0, abs: 1e-6, why: 'the difference E[g²] − E[g]² cancels' };
      for (const [k, found] of descend(rmsprop, hyper, 2, gradients).entries()) {
        expectNear(found, expected[k], rounding, `after ${k + 1} updates with α = ${alpha}`);
      }
    }),
  );
});

it('An unknown optimizer is refused with the known ones', () => {
  expect(() => findOptimizer('adm')).toThrow(`Unknown optimizer "adm". Known: ${Object.keys(DEFAULTS).join(', ')}.`);
  expect(() => findOptimizer('constructor')).toThrow(RangeError);
});
