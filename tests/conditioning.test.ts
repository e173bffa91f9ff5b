import { describe, expect, it } from 'vitest';
import type { Settings, SwarmPlan } from '../src/compute/contract.ts';
import { createReferenceSwarm } from '../src/compute/reference/swarm.ts';
import { addNoise, type Noise } from '../src/descent/conditioning/noise.ts';
import { clipGradient } from '../src/descent/conditioning/clip.ts';
import { findOptimizer, hyperDefaults } from '../src/descent/optimizers/index.ts';
import { compileFormula } from '../src/formula/compile.ts';
import { planWith, settingsOf } from './support/plans.ts';

/** So many pairs of noise, of as many particles. */
function drawn(noise: Noise, count: number, key = { seed: 3, step: 5, ask: 0 }): Float64Array {
  const values = new Float64Array(2 * count);
  for (let particle = 0; particle < count; particle += 1) {
    addNoise(values.subarray(2 * particle, 2 * particle + 2), noise, { ...key, particle });
  }
  return values;
}

/** Share of the values that are smaller. */
const below = (values: Float64Array, limit: number): number => values.filter((value) => value < limit).length / values.length;

const COUNT = 20_000;

/** Five standard errors of a share of 2·COUNT values. */
const SHARE = 5 * Math.sqrt(0.25 / (2 * COUNT));

describe('Noise', () => {
  it.each([
    // Quantiles of the normal and of Student’s t, from their tables.
    ['gaussian', 1, -1.2816, 1.6449],
    ['student', 1, -3.0777, 6.3138],
    ['student', 3, -1.6377, 2.3534],
    ['student', 1e6, -1.2816, 1.6449],
  ] as const)('%s with ν = %f has its quantiles, scaled by σ', (kind, nu, tenth, nineteenTwentieths) => {
    const values = drawn({ kind, nu, sigma: 2 }, COUNT);
    expect(Math.abs(below(values, 2 * tenth) - 0.1)).toBeLessThan(SHARE);
    expect(Math.abs(below(values, 0) - 0.5)).toBeLessThan(SHARE);
    expect(Math.abs(below(values, 2 * nineteenTwentieths) - 0.95)).toBeLessThan(SHARE);
  });

  it('is the same for the same key, and has nothing in common with that of another step, seed or gradient asked for', () => {
    const noise: Noise = { kind: 'gaussian', sigma: 1, nu: 1 };
    const base = drawn(noise, COUNT);
    expect(drawn(noise, COUNT)).toEqual(base);
    for (const other of [{ seed: 4, step: 5, ask: 0 }, { seed: 3, step: 6, ask: 0 }, { seed: 3, step: 5, ask: 1 }]) {
      const values = drawn(noise, COUNT, other);
      const correlation = base.reduce((sum, value, k) => sum + value * values[k], 0) / base.length;
      // Five standard errors of a mean of products of independent normals.
      expect(Math.abs(correlation)).toBeLessThan(5 / Math.sqrt(base.length));
    }
  });
});

it('Normalization brings every gradient to one length', () => {
  for (const g of [Float64Array.of(3, -4), Float64Array.of(3e-3, -4e-3), Float64Array.of(3e200, -4e200)]) {
    clipGradient(g, 'normalize', 2);
    // 1e-6 is added to the norm.
    expect(g[0]).toBeCloseTo(1.2, 3);
    expect(g[1]).toBeCloseTo(-1.6, 3);
  }
  const still = Float64Array.of(0, 0);
  clipGradient(still, 'normalize', 2);
  expect([...still]).toEqual([0, 0]);
});

interface Wish {
  readonly formula: string;
  readonly start: readonly number[];
  readonly optimizer?: string;
  readonly hyper?: Readonly<Record<string, number>>;
  readonly settings: Partial<Settings>;
}

function planFor({ formula, start, optimizer: id = 'gd', hyper, settings }: Wish): SwarmPlan {
  const optimizer = findOptimizer(id);
  const values = { ...hyperDefaults(optimizer), ...hyper };
  return planWith({
    landscape: { formula: compileFormula(formula), parameters: new Float64Array(0), domain: [-5, 5, -5, 5], minima: [] },
    optimizer,
    settings: settingsOf({ hyper: values, rate: () => values.lr, ...settings }),
    starts: Float64Array.from(start),
  });
}

/** Where one particle is at the start and after each update, and the averages. */
async function run(plan: SwarmPlan, updates: number): Promise<{ places: number[][]; averages: number[][] }> {
  const swarm = createReferenceSwarm(plan);
  const places: number[][] = [];
  const averages: number[][] = [];
  for (let k = 0; k <= updates; k += 1) {
    if (k > 0) swarm.advance(1);
    const now = await swarm.read();
    places.push([...now.positions]);
    averages.push([...(now.averages ?? [])]);
  }
  return { places, averages };
}

describe('A guarded run', () => {
  it('is the plain one where nothing is guarded but for the average', async () => {
    const wish = { formula: '(x^2 + y - 11)^2 + (x + y^2 - 7)^2', start: [1, 2], optimizer: 'adam', hyper: { lr: 0.1 } };
    const plain = await run(planFor({ ...wish, settings: {} }), 30);
    const averaged = await run(planFor({ ...wish, settings: { ema: 0.8 } }), 30);
    expect(averaged.places).toEqual(plain.places);
  });

  it('averages places with weights (1 − β)βᵏ, the start with what is left', async () => {
    const beta = 0.75;
    const { places, averages } = await run(planFor({ formula: 'x^2 + 3*y^2', start: [2, -1], hyper: { lr: 0.1 }, settings: { ema: beta } }), 12);
    const weights = places.map((_, k) => (k === 0 ? beta ** 12 : (1 - beta) * beta ** (12 - k)));
    for (const axis of [0, 1]) {
      const expected = places.reduce((sum, place, k) => sum + weights[k] * place[axis], 0);
      expect(averages[12][axis]).toBeCloseTo(expected, 12);
    }
  });

  it('goes back to the best place after a spike, with half the step, until it no longer spikes', async () => {
    // Above 2/λ = 0.1 gradient descent on 10x² grows: each step flips the sign and multiplies by 1 − 20·lr = −7.
    const wish = { formula: '10*x^2 + y^2', start: [1, 0], hyper: { lr: 0.4 } };
    const { places } = await run(planFor({ ...wish, settings: { recover: 1 } }), 40);
    expect(places[1]).toEqual([1, 0]);
    // Half: 1 − 4 = −3 is a spike too; a quarter: 1 − 2 = −1 keeps the loss, which is none; it stays there.
    expect(places[2]).toEqual([1, 0]);
    expect(places[3][0]).toBeCloseTo(-1, 12);
    const without = await run(planFor({ ...wish, settings: {} }), 40);
    expect(Math.abs(without.places[40][0])).toBeGreaterThan(1e30);
  });

  it('goes back with the optimizer’s state, as from a checkpoint', async () => {
    // A wall at x = 1: the momentum that carries over it is gone with the step back.
    const formula = 'x^2 + exp(20*(x - 1)) + y^2';
    const wish = { formula, start: [-4, 0], optimizer: 'momentum', hyper: { lr: 0.1, momentum: 0.9 } };
    const { places } = await run(planFor({ ...wish, settings: { recover: 1 } }), 60);
    const loss = (place: readonly number[]) => place[0] ** 2 + Math.exp(20 * (place[0] - 1)) + place[1] ** 2;
    expect(Math.max(...places.map(loss))).toBeLessThanOrEqual(16 + 1e-9);
    expect(loss(places[60])).toBeLessThan(0.1);
  });

  it('comes back from beyond the number range', async () => {
    const { places } = await run(planFor({ formula: 'x^4 + y^2', start: [3, 0], hyper: { lr: 1e200 }, settings: { recover: 1 } }), 900);
    expect(places.flat().every(Number.isFinite)).toBe(true);
    expect(Math.abs(places[900][0])).toBeLessThan(3);
  });

  it('stops where the gradient is small, or without progress, and goes on when that is switched off', async () => {
    const wish = { formula: 'x^2 + y^2', start: [3, 0], hyper: { lr: 0.1 } };
    const slope = await run(planFor({ ...wish, settings: { stop: { kind: 'gradient', limit: 0.5 } } }), 60);
    expect(2 * slope.places[60][0]).toBeLessThan(0.5);
    expect(2 * slope.places[60][0]).toBeGreaterThan(0.5 * 0.8);
    const patience = await run(planFor({ ...wish, hyper: { lr: 1 }, settings: { stop: { kind: 'plateau', limit: 4 } } }), 9);
    // At lr 1 it jumps from side to side, and the loss never falls.
    expect(patience.places.map(([x]) => x)).toEqual([3, -3, 3, -3, 3, 3, 3, 3, 3, 3]);
    const plan = planFor({ ...wish, settings: { stop: { kind: 'gradient', limit: 0.5 } } });
    const swarm = createReferenceSwarm(plan);
    swarm.advance(60);
    swarm.set({ ...plan.settings, stop: null });
    swarm.advance(60);
    expect((await swarm.read()).positions[0]).toBeLessThan(1e-5);
  });

  it('ends steps at the edge of the domain', async () => {
    const { places } = await run(planFor({ formula: 'x^2 - y^2', start: [1, 0.5], hyper: { lr: 0.3 }, settings: { bounded: true } }), 30);
    expect(places[30][1]).toBe(5);
    expect(places.every(([x, y]) => Math.abs(x) <= 5 && Math.abs(y) <= 5)).toBe(true);
  });
});
