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

/** Two wells with a ripple: slopes of many sizes, none of them far from 1. */
const wells: Gradient = (w) => 4 * w ** 3 - 4 * w + 0.5 * Math.cos(7 * w);

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

describe('Theory', () => {
  it('AMSGrad is Adam as long as the slopes do not fall', () => {
    const values = { lr: 0.01, beta1: 0.8, beta2: 0.9 };
    const rising: Gradient = (w, t) => Math.cos(w) + 2 * t;
    expectSamePath(descend('amsgrad', values, 1, 30, rising), descend('adam', values, 1, 30, rising));
    // And not else.
    const falling: Gradient = (_, t) => 10 / t;
    expect(descend('amsgrad', values, 1, 30, falling)[30]).toBeGreaterThan(descend('adam', values, 1, 30, falling)[30]);
  });

  /** With these values no length but the learning rate's enters. */
  const FREE_OF_SCALE: Readonly<Record<string, Hyper>> = {
    rprop: { lr: 0.01 },
    adagrad: { lr: 0.1, eps: 1e-16 },
    rmsprop: { lr: 0.01, eps: 1e-16, momentum: 0.5 },
    adam: { lr: 0.01, eps: 1e-16 },
    adamw: { lr: 0.01, eps: 1e-16 },
    adamax: { lr: 0.01, eps: 1e-16 },
    amsgrad: { lr: 0.01, eps: 1e-16 },
    nadam: { lr: 0.01, eps: 1e-16 },
    adabelief: { lr: 0.01, eps: 1e-16 },
    yogi: { lr: 0.01, eps: 1e-16, initialAccumulator: 0 },
    lion: { lr: 0.01 },
    adopt: { lr: 0.01, eps: 1e-16 },
    ademamix: { lr: 0.01, eps: 1e-16 },
    'schedule-free': { lr: 0.01, eps: 1e-16 },
  };

  it.each(Object.entries(FREE_OF_SCALE))('%s does not ask how steep a surface is', (id, hyper) => {
    const path = descend(id, hyper, 1.7, 40, wells);
    const steep = descend(id, hyper, 1.7, 40, (w, t) => 1024 * wells(w, t));
    // ε = 1e-16 beside sizes that may fall to a thousandth, and for AdaBelief its sums of 40 ε beside squares of surprise.
    expectSamePath(steep, path, { ...ROUNDING, rel: 1e-7, abs: 1e-7, why: 'ε is not quite 0' });
    expect(path[40]).not.toBe(1.7);
  });

  it.each(['gd', 'momentum', 'nesterov'])('%s does', (id) => {
    const steep = descend(id, { lr: 1e-3 }, 1.7, 1, (w, t) => 1024 * wells(w, t));
    expectNear(steep[1] - 1.7, 1024 * (descend(id, { lr: 1e-3 }, 1.7, 1, wells)[1] - 1.7), ROUNDING, 'the first step');
  });

  it('AMSGrad goes the right way where Adam goes the wrong one', () => {
    // Reddi, Kale and Kumar's theorem 1: slopes C, −1, −1, in turn; the sum falls to the left, C > 2.
    const C = 3;
    const turns: Gradient = (_, t) => (t % 3 === 1 ? C : -1);
    const values = { lr: 1e-3, beta1: 0, beta2: 1 / (1 + C * C) };
    expect(descend('adam', values, 0, 3000, turns)[3000]).toBeGreaterThan(0.1);
    expect(descend('amsgrad', values, 0, 3000, turns)[3000]).toBeLessThan(-0.1);
  });
});
