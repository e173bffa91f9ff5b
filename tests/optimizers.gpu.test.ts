import { describe, expect, it } from 'vitest';
import { Draws } from '../src/cli/verify/draws.ts';
import { DIVERGED_BEYOND } from '../src/compute/contract.ts';
import { updateOnGpu } from '../src/compute/swarm/update.ts';
import type { Hyper, HyperSpec, Optimizer } from '../src/descent/optimizer.ts';
import { findOptimizer, hyperDefaults, optimizers } from '../src/descent/optimizers/index.ts';
import { testDevice } from './support/device.ts';

const LR = 0.5;

/**
 * An update is a chain of about a dozen operations: each is off by half an ulp, but for a division, which WGSL allows 2.5,
 * and a root, which it allows about as much; each constant was rounded once. In the worst order of signs that is six ulps
 * of what the operations amount to.
 */
const ULPS = 6;

/** Half an ulp of 1, and the least that float32 holds in full: a GPU may take anything smaller for 0. */
const UNIT = 2 ** -24;
const TINY = 2 ** -126;

/**
 * How far inputs are moved to see what the reference makes of it. Where a sign or a limit turns within that distance,
 * rounding may turn it too: there the reference itself leaps, and what it leaps by is allowed.
 */
const MOVED = 4 * UNIT;

/** A parameter before an update. */
interface Row {
  readonly w: number;
  readonly g: number;
  readonly state: readonly number[];
}

/** The new parameter, then its new state, by the reference. */
function referenceUpdate(optimizer: Optimizer, hyper: Hyper, t: number, inputs: readonly number[]): Float64Array {
  const [w, g, ...state] = inputs;
  const out = Float64Array.of(0, ...state);
  out[0] = optimizer.update(w, g, out, 1, hyper, t, hyper.lr);
  return out;
}

/** What the operations behind each result amount to: its size, and what it moves by for each input, by differences. */
function amounts(optimizer: Optimizer, hyper: Hyper, t: number, inputs: readonly number[]): Float64Array {
  const results = referenceUpdate(optimizer, hyper, t, inputs);
  const sizes = results.map(Math.abs);
  for (const [k, input] of inputs.entries()) {
    const moves = [1 - MOVED, 1 + MOVED].map((factor) =>
      referenceUpdate(
        optimizer,
        hyper,
        t,
        inputs.map((other, i) => (i === k ? input * factor : other)),
      ),
    );
    for (const [j, result] of results.entries()) {
      sizes[j] += Math.max(...moves.map((moved) => Math.abs(moved[j] - result))) / MOVED;
    }
  }
  return sizes;
}

/** The worst error of one update of some parameters on the GPU, new parameters and states alike, in ulps of the amounts. */
async function worstUlps(optimizer: Optimizer, hyper: Hyper, t: number, rows: readonly Row[]): Promise<number> {
  const width = optimizer.state.length;
  const padded = Array.from({ length: Math.ceil(rows.length / 4) * 4 }, (_, i) => rows[i % rows.length]);
  const before = {
    weights: Float32Array.from(padded.map(({ w }) => w)),
    gradients: Float32Array.from(padded.map(({ g }) => g)),
    states: Float32Array.from(padded.flatMap(({ state }) => state)),
  };
  const found = await updateOnGpu(await testDevice(), optimizer, { hyper, t, lr: hyper.lr, ...before });
  const worst = padded.map((_, i) => {
    const inputs = [before.weights[i], before.gradients[i], ...before.states.subarray(i * width, (i + 1) * width)];
    const expected = referenceUpdate(optimizer, hyper, t, inputs);
    const sizes = amounts(optimizer, hyper, t, inputs);
    const actual = [found.weights[i], ...found.states.subarray(i * width, (i + 1) * width)];
    return Math.max(...actual.map((value, j) => Math.abs(value - expected[j]) / (2 * UNIT * sizes[j] + 4 * TINY)));
  });
  return Math.max(...worst);
}

/** The middle of a slider: away from 0, from 1, and from the default. */
function middle({ scale, slider: [low, high] }: HyperSpec): number {
  const middles = {
    linear: (low + high) / 2,
    log: Math.sqrt(low * high),
    complement: 1 - Math.sqrt((1 - low) * (1 - high)),
    switch: high,
  };
  return middles[scale];
}

/** Defaults, what a new lane starts with, and all sliders at their middles. */
const hypersOf = (optimizer: Optimizer): Hyper[] => [
  { ...hyperDefaults(optimizer), lr: LR },
  { ...hyperDefaults(optimizer), ...optimizer.suggestedHyper, lr: optimizer.suggestedLearningRate },
  Object.fromEntries(optimizer.hyper.map((spec) => [spec.key, middle(spec)])),
];

/** Sizes of gradients that float32 holds with their averages and sums of squares, but for the squares of the least. */
const SIZES = [1e-30, 1e-25, 1e-20, 1e-15, 1e-10, 1e-5, 1e-2, 1, 1e2, 1e5, 1e10, 1e15];

/** Parameters with a state that the optimizer came to in t − 1 updates with gradients of one size. */
function grown(optimizer: Optimizer, hyper: Hyper, t: number, draws: Draws): Row[] {
  return SIZES.flatMap((size) =>
    [0, 1, -30].map((w) => {
      const state = new Float64Array(optimizer.state.length);
      const draw = () => Math.fround(draws.sign() * size * draws.next());
      for (let k = 1; k < t; k += 1) {
        optimizer.update(w, draw(), state, 0, hyper, k, hyper.lr);
      }
      return { w, g: draw(), state: [...state] };
    }),
  );
}

/** Where an update turns: the gradient g and the state at which its sign, limit or larger one changes over, at w = 1. */
interface Turn {
  readonly id: string;
  readonly what: string;
  readonly hyper: Hyper;
  readonly t: number;
  readonly g: number;
  readonly state: readonly number[];
}

/** Optimizers that are not smooth, and where; gradients on both sides of each turn are tried. */
const TURNS: readonly Turn[] = [
  // 0.9 m + 0.1 g = 0
  { id: 'lion', what: 'the sign', hyper: {}, t: 3, g: -9, state: [1, 1] },
  // g p changes its sign with g, and p is 0 after a turn
  { id: 'rprop', what: 'the sign', hyper: {}, t: 3, g: 0, state: [0.5, 2] },
  { id: 'rprop', what: 'the sign after a turn', hyper: {}, t: 3, g: 0, state: [0.5, 0] },
  // 0.9 v + 0.1 g² = 10
  { id: 'amsgrad', what: 'the larger v', hyper: { beta2: 0.9 }, t: 3, g: Math.sqrt(91), state: [1, 1, 10] },
  // 0.9 u = |g|
  { id: 'adamax', what: 'the larger u', hyper: { beta2: 0.9 }, t: 3, g: -9, state: [1, 10] },
  // v = g²
  { id: 'yogi', what: 'the sign', hyper: { beta2: 0.9 }, t: 3, g: 3, state: [1, 9] },
];

/** One first update from w = 0, on the GPU and by the reference, for each gradient. */
async function firstSteps(
  optimizer: Optimizer,
  gradients: readonly number[],
): Promise<readonly (readonly [number, number])[]> {
  const hyper = { ...hyperDefaults(optimizer), lr: LR };
  const count = Math.ceil(gradients.length / 4) * 4;
  const padded = Float32Array.from({ length: count }, (_, i) => gradients[i] ?? 0);
  const { weights } = await updateOnGpu(await testDevice(), optimizer, {
    hyper,
    t: 1,
    lr: LR,
    weights: new Float32Array(count),
    gradients: padded,
    states: new Float32Array(count * optimizer.state.length),
  });
  return gradients.map((_, i) => {
    const state = new Float64Array(optimizer.state.length);
    return [weights[i], optimizer.update(0, padded[i], state, 0, hyper, 1, LR)] as const;
  });
}

describe.each(optimizers.map((optimizer) => [optimizer.id, optimizer] as const))('%s in float32', (_, optimizer) => {
  it('does each update to a few ulps, whatever the size of the gradients and however old the state', async () => {
    const draws = new Draws(5);
    for (const hyper of hypersOf(optimizer)) {
      for (const t of [1, 2, 3, 8, 50]) {
        const ulps = await worstUlps(optimizer, hyper, t, grown(optimizer, hyper, t, draws));
        expect(ulps, `update ${t} with ${JSON.stringify(hyper)}`).toBeLessThanOrEqual(ULPS);
      }
    }
  });

  it('takes a gradient too small for float32 for what it is, or for 0', async () => {
    const gradients = [1e-38, 1e-40, 1e-44].flatMap((g) => [g, -g]);
    const hyper = { ...hyperDefaults(optimizer), lr: LR };
    const still = referenceUpdate(optimizer, hyper, 1, [0, 0, ...Array(optimizer.state.length).fill(0)])[0];
    for (const [i, [found, expected]] of (await firstSteps(optimizer, gradients)).entries()) {
      const error = Math.min(Math.abs(found - expected), Math.abs(found - still));
      // As below; and the averages of such gradients, over ε, may be anything between.
      expect(error, `gradient ${gradients[i]}: ${found}`).toBeLessThanOrEqual(1e-6 * Math.abs(still) + 1e-28);
    }
  });

  it('goes out of the number range with a gradient that is none', async () => {
    const hyper = { ...hyperDefaults(optimizer), lr: LR };
    const state = Array(optimizer.state.length).fill(0);
    const before = { weights: new Float32Array(4), gradients: new Float32Array(4).fill(Number.NaN) };
    const states = Float32Array.from([state, state, state, state].flat());
    // Where the first update takes no step, the next one does.
    const first = await updateOnGpu(await testDevice(), optimizer, { hyper, t: 1, lr: LR, ...before, states });
    const next = await updateOnGpu(await testDevice(), optimizer, { hyper, t: 2, lr: LR, ...before, ...first });
    expect([...next.weights].filter((w) => Math.abs(w) <= DIVERGED_BEYOND)).toEqual([]);
  });

  // So that whoever looks at the end of many updates sees what happened in one of them.
  it('divides by an endless number for good, once it does', async () => {
    const at = optimizer.state.indexOf(optimizer.divisor ?? '');
    for (const hyper of at < 0 ? [] : hypersOf(optimizer)) {
      const state = optimizer.state.map((_, s) => (s === at ? Number.POSITIVE_INFINITY : 0.5));
      let before: { weights: Float32Array; states: Float32Array } = {
        weights: new Float32Array(4),
        states: Float32Array.from([state, state, state, state].flat()),
      };
      for (const t of [7, 8]) {
        const gradients = Float32Array.of(0, 1, -3, 1e4);
        before = await updateOnGpu(await testDevice(), optimizer, {
          hyper,
          t,
          lr: LR,
          gradients,
          ...before,
          weights: new Float32Array(4),
        });
        expect([...before.weights].filter(Number.isFinite), JSON.stringify(hyper)).toEqual([]);
      }
    }
  });

  it('never stands still on a steep slope: it goes where the reference goes, or leaves the number range', async () => {
    const gradients = [1e5, 1e12, 1e18, 1e19, 3e19, 1e20, 1e21, 1e25, 1e30, 1e35, 3e38].flatMap((g) => [g, -g]);
    for (const [i, [found, expected]] of (await firstSteps(optimizer, gradients)).entries()) {
      const left = !(Math.abs(found) <= DIVERGED_BEYOND);
      // A dozen roundings to float32.
      const near = Math.abs(found - expected) <= 12 * 2 ** -23 * Math.abs(expected);
      expect(left || near, `gradient ${gradients[i]}: ${found}, not ${expected}`).toBe(true);
    }
  });

  it('never leaps on a gentle one, though the square of its gradient is 0', async () => {
    const gradients = [0, 1e-10, 1e-15, 1e-19, 1e-20, 1e-22, 1e-25, 1e-30, 1e-35].flatMap((g) => [g, -g]);
    for (const [i, [found, expected]] of (await firstSteps(optimizer, gradients)).entries()) {
      // Where g² vanishes beside ε², a denominator of ε alone is off by g/ε, 1e-11 at most, times √(1/(1 − β₂)); and an
      // average of such gradients that is below float32 counts as 0: over ε, times the rate, 1e-38/1e-8 or so.
      const error = Math.abs(found - expected);
      expect(error, `gradient ${gradients[i]}: ${found}, not ${expected}`).toBeLessThanOrEqual(
        1e-6 * Math.abs(expected) + 1e-29,
      );
    }
  });
});

describe.each(TURNS.map((turn) => [turn.id, turn.what, turn] as const))('%s at %s', (id, _, { hyper, t, g, state }) => {
  const optimizer = findOptimizer(id);
  const values = { ...hyperDefaults(optimizer), ...hyper, lr: LR };
  // The unit of a turn at 0 is that of the smallest gradients in full.
  const beside = (units: number) => ({ w: 1, g: g === 0 ? units * 16 * TINY : g * (1 + 2 * units * UNIT), state });

  it('turns where the reference does, to a few ulps', async () => {
    const rows = [-64, -16, -8, -4, -2, -1, 0, 1, 2, 4, 8, 16, 64].map(beside);
    expect(await worstUlps(optimizer, values, t, rows)).toBeLessThanOrEqual(ULPS);
  });

  it('and away from there stands on the same side', async () => {
    for (const units of [-64, -16, 16, 64]) {
      const { w, g: slope } = beside(units);
      const inputs = [w, Math.fround(slope), ...state];
      // Nothing near that the reference would leap over.
      expect(Math.max(...amounts(optimizer, values, t, inputs))).toBeLessThan(1e3);
    }
    const [below, above] = [-64, 64].map((units) => {
      const { w, g: slope } = beside(units);
      return referenceUpdate(optimizer, values, t, [w, slope, ...state]);
    });
    // The turn is really between them: what the results move by is not what they move by on either side.
    const [far, farther] = [128, 192].map((units) => {
      const { w, g: slope } = beside(units);
      return referenceUpdate(optimizer, values, t, [w, slope, ...state]);
    });
    const across = below.map((value, j) => above[j] - value);
    const along = far.map((value, j) => 2 * (farther[j] - value));
    expect(Math.max(...across.map((value, j) => Math.abs(value - along[j])))).toBeGreaterThan(1e-9);
  });
});
