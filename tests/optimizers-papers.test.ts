import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hyper } from '../src/descent/optimizer.ts';
import { findOptimizer, hyperDefaults } from '../src/descent/optimizers/index.ts';
import { expectNear, type Tolerance } from './support/tolerance.ts';

type Gradient = (w: number, t: number) => number;

/** The parameter at the start and after each update by an optimizer of the registry. */
function descend(id: string, hyper: Hyper, start: number, updates: number, gradient: Gradient): number[] {
  const optimizer = findOptimizer(id);
  const values = { ...hyperDefaults(optimizer), ...hyper };
  const state = new Float64Array(optimizer.state.length);
  const path = [start];
  for (let t = 1; t <= updates; t += 1) {
    const w = path[t - 1];
    path.push(optimizer.update(w, gradient(w, t), state, 0, values, t, values.lr));
  }
  return path;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Σ (1 − β) βᵗ⁻ⁱ gᵢ: an exponential average that starts at 0, without a recurrence. */
const average = (values: readonly number[], beta: number): number =>
  sum(values.map((value, i) => (1 - beta) * beta ** (values.length - 1 - i) * value));

const squares = (values: readonly number[]): number[] => values.map((value) => value * value);

/** Papers' algorithms with the whole past at hand, in the symbols of their pages. */
const PAPERS: Readonly<Record<string, (hyper: Hyper, start: number, updates: number, gradient: Gradient) => number[]>> =
  {
    // ADOPT, algorithm 2: v₀ = g₀² before the first update, then v of the gradients before the newest.
    adopt({ lr, beta1, beta2, eps }, start, updates, gradient) {
      const theta = [start, start];
      const g0 = gradient(start, 1);
      let v = g0 ** 2;
      let m = 0;
      for (let t = 1; t < updates; t += 1) {
        const g = gradient(theta[t], t + 1);
        const c = Math.sqrt(Math.sqrt(t));
        const normed = g / Math.max(Math.sqrt(v), eps);
        m = beta1 * m + (1 - beta1) * Math.sign(normed) * Math.min(Math.abs(normed), c);
        theta.push(theta[t] - lr * m);
        v = beta2 * v + (1 - beta2) * g ** 2;
      }
      return theta;
    },

    // AdEMAMix, algorithm 1 with constant α and β₃.
    ademamix({ lr, beta1, beta2, beta3, alpha, eps, weightDecay }, start, updates, gradient) {
      const theta = [start];
      const gs: number[] = [];
      for (let t = 1; t <= updates; t += 1) {
        const last = theta[t - 1];
        gs.push(gradient(last, t));
        const m1 = average(gs, beta1) / (1 - beta1 ** t);
        const m2 = average(gs, beta3);
        const nu = average(squares(gs), beta2) / (1 - beta2 ** t);
        theta.push(last - lr * ((m1 + alpha * m2) / (Math.sqrt(nu) + eps) + weightDecay * last));
      }
      return theta;
    },

    // Schedule-Free, algorithm 1: three sequences; x is the mean of all z after the first.
    'schedule-free'({ lr, beta1, beta2, eps, weightDecay }, start, updates, gradient) {
      const zs = [start];
      const gs: number[] = [];
      const ys = [start];
      for (let t = 1; t <= updates; t += 1) {
        const y = ys[t - 1];
        gs.push(gradient(y, t));
        const v = average(squares(gs), beta2) / (1 - beta2 ** t);
        zs.push(zs[t - 1] - (lr * gs[t - 1]) / (Math.sqrt(v) + eps) - lr * weightDecay * y);
        const x = sum(zs.slice(1)) / t;
        ys.push((1 - beta1) * zs[t] + beta1 * x);
      }
      return ys;
    },
  };

/** Two wells with a ripple: slopes of many sizes, none of them far from 1. */
const wells: Gradient = (w) => 4 * w ** 3 - 4 * w + 0.5 * Math.cos(7 * w);

/** The same, now and then fifty times as steep: what is clipped or remembered shows. */
const bursts: Gradient = (w, t) => wells(w, t) * (t % 10 === 0 ? 50 : 1);

const ROUNDING: Tolerance = {
  rel: 1e-10,
  abs: 1e-10,
  why: 'sums in another order over fifty updates, magnified as much as the descent magnifies a moved start',
};

function expectSamePath(found: readonly number[], expected: readonly number[], tolerance = ROUNDING): void {
  expect(found).toHaveLength(expected.length);
  for (const [t, w] of found.entries()) {
    expectNear(w, expected[t], tolerance, `after ${t} updates`);
  }
}

describe.each(Object.entries(PAPERS))('%s', (id, paper) => {
  const optimizer = findOptimizer(id);
  const standard = hyperDefaults(optimizer);

  it.each([
    ['its defaults', { lr: 0.01 }],
    ['short memories', { lr: 0.02, beta1: 0.6, beta2: 0.9, eps: 1e-3 }],
    ['none', { lr: 0.005, beta1: 0, beta2: 0.5, eps: 0.1 }],
  ])('runs as its paper says, with %s', (_, some) => {
    const hyper = { ...standard, ...some };
    for (const start of [-1.7, 0.3, 2]) {
      expectSamePath(descend(id, hyper, start, 50, wells), paper(hyper, start, 50, wells));
      expectSamePath(descend(id, hyper, start, 50, bursts), paper(hyper, start, 50, bursts));
    }
  });

  it('runs as its paper says, with all of its own switched on', () => {
    const own = Object.fromEntries(
      optimizer.hyper.slice(1).map(({ key, slider: [low, high] }) => [key, low + 0.7 * (high - low)]),
    );
    const hyper = { ...standard, ...own, lr: 0.01 };
    expectSamePath(descend(id, hyper, 2, 50, wells), paper(hyper, 2, 50, wells));
  });
});

describe('Theory', () => {
  const any = fc.record({
    lr: fc.double({ min: 1e-4, max: 0.02, noNaN: true }),
    beta2: fc.double({ min: 0, max: 0.999, noNaN: true }),
    weightDecay: fc.double({ min: 0, max: 0.5, noNaN: true }),
  });

  it('AdEMAMix without its slow average is AdamW', () => {
    fc.assert(
      fc.property(any, fc.double({ min: 0, max: 0.99, noNaN: true }), (hyper, beta1) => {
        const values = { ...hyper, beta1, eps: 1e-3 };
        const expected = descend('adamw', values, 1.5, 30, wells);
        expectSamePath(descend('ademamix', { ...values, alpha: 0 }, 1.5, 30, wells), expected);
      }),
    );
  });

  it('Schedule-Free AdamW that asks at z is AdamW without momentum', () => {
    fc.assert(
      fc.property(any, (hyper) => {
        const values = { ...hyper, beta1: 0, eps: 1e-3 };
        expectSamePath(descend('schedule-free', values, 1.5, 30, wells), descend('adamw', values, 1.5, 30, wells));
      }),
    );
  });

  it('ADOPT goes the right way where Adam goes the wrong one', () => {
    // Reddi, Kale and Kumar's theorem 1: slopes C, −1, −1, in turn; the sum falls to the left, C > 2.
    const C = 3;
    const turns: Gradient = (_, t) => (t % 3 === 1 ? C : -1);
    const values = { lr: 1e-3, beta1: 0, beta2: 1 / (1 + C * C) };
    expect(descend('adam', values, 0, 3000, turns)[3000]).toBeGreaterThan(0.1);
    expect(descend('adopt', values, 0, 3000, turns)[3000]).toBeLessThan(-0.1);
  });

  it('Schedule-Free on a slope that never changes falls behind z by half of what it has gone', () => {
    // z_t = −ηt and x_t, their mean, −η(t + 1)/2: w between them, for v̂ = g² and ε = 0.
    const [lr, beta1] = [0.01, 0.9];
    const path = descend('schedule-free', { lr, beta1, eps: 1e-16 }, 0, 100, () => 3);
    const expected = path.map((_, t) => (t === 0 ? 0 : -lr * ((1 - beta1) * t + (beta1 * (t + 1)) / 2)));
    expectSamePath(path, expected);
  });
});
