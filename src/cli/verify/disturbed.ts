import type { SwarmPlan } from '../../compute/contract.ts';
import { createReferenceSwarm } from '../../compute/reference/swarm.ts';
import type { Optimizer, Surroundings } from '../../descent/optimizer.ts';
import type { Formula } from '../../formula/formula.ts';
import { hash } from '../../math/random.ts';
import { FLOAT32_UNIT } from './check.ts';

/** Updates that are compared. */
export const UPDATES = 20;

/**
 * Slopes, and losses, that float32 searches with: it multiplies slopes by slopes, and ends at 1e-38 and 3e38. A particle is
 * compared while it stays within.
 */
const SEARCHABLE = [1e-18, 1e15];

/** Roundings in a row that a direction's operations come to. */
const OPERATIONS = 4;

/** The reference run of a plan: positions after each update, one row of x, y pairs an update. */
export async function reference(plan: SwarmPlan): Promise<Float64Array[]> {
  const swarm = createReferenceSwarm(plan);
  const rows: Float64Array[] = [];
  for (let k = 0; k < UPDATES; k++) {
    swarm.advance(1);
    rows.push((await swarm.read()).positions as Float64Array);
  }
  swarm.dispose();
  return rows;
}

/** An ulp of a coordinate: of its own size or of the domain's, whichever is larger. */
export function ulp(plan: SwarmPlan, value: number, axis: number): number {
  const { domain } = plan.landscape;
  return 2 * FLOAT32_UNIT * Math.max(Math.abs(value), (domain[2 * axis + 1] - domain[2 * axis]) / 2);
}

/** The plan with each start moved along one axis by an ulp. */
function moved(plan: SwarmPlan, axis: 0 | 1, sign: 1 | -1): SwarmPlan {
  const starts = plan.starts.map((value, k) => (k % 2 === axis ? value + sign * ulp(plan, value, axis) : value));
  return { ...plan, starts };
}

/** The reference as it runs with each start moved by an ulp in each direction. */
export function neighbours(plan: SwarmPlan): Promise<Float64Array[][]> {
  return Promise.all([moved(plan, 0, 1), moved(plan, 0, -1), moved(plan, 1, 1), moved(plan, 1, -1)].map(reference));
}

/** What surrounds a particle, for a search that minds float32's digits. */
function inFloat32(around: Surroundings): Surroundings {
  return {
    gradient: (x, y, out) => around.gradient(x, y, out),
    hessian: (x, y, out) => around.hessian(x, y, out),
    unit: FLOAT32_UNIT,
  };
}

/** The optimizer with its state, its direction, and where it goes, kept in float32. */
function stored(optimizer: Optimizer): Optimizer {
  const width = optimizer.state.length;
  const keep = (state: Float64Array, at: number): void => {
    for (let k = at; k < at + width; k += 1) {
      state[k] = Math.fround(state[k]);
    }
  };
  const { direction } = optimizer;
  return {
    ...optimizer,
    update(w, g, state, at, hyper, t, lr) {
      const next = optimizer.update(w, g, state, at, hyper, t, lr);
      keep(state, at);
      return Math.fround(next);
    },
    direction:
      direction &&
      ((x, y, g, state, at, hyper, t, lr, around) => {
        direction(x, y, g, state, at, hyper, t, lr, around);
        keep(state, at);
        keep(state, at + width);
        g[0] = Math.fround(g[0]);
        g[1] = Math.fround(g[1]);
      }),
  };
}

/**
 * The plan with every loss, gradient and Hessian off by a part of float32's rounding of it, as chance has it, and with
 * places and state in float32: errors in mid-run, where a run that drew together drives apart again, or a sign decides.
 * A search beyond what float32 searches with ends in NaN.
 */
export function rounded(plan: SwarmPlan, stream: number): SwarmPlan {
  const { formula } = plan.landscape;
  const bounds = new Float64Array(3);
  const chance = new Uint32Array(4);
  let calls = 0;
  let beyond = false;
  // Real errors mostly stay well below their bounds, and then a run settles farther down.
  const amount = 4 ** -(stream % 4);
  const place = new Float32Array(2);
  const bits = new Uint32Array(place.buffer);
  /** Draws for a place: the same each time, as a kernel's errors are. */
  const drawAt = (x: number, y: number): void => {
    place[0] = x;
    place[1] = y;
    hash(0, stream, bits[0], bits[1], chance);
  };
  /** A number that is off by up to its bound, by all of it half of the time; one that is lost in it may be 0 as well. */
  const off = (value: number, k: number): number => {
    const share = Math.min(1, Math.max(-1, 2 ** -30 * chance[k] - 2));
    const result = value + share * amount * FLOAT32_UNIT * bounds[k];
    return value * result <= 0 && (chance[3] & (1 << k)) !== 0 ? 0 : result;
  };
  /** Numbers that a direction is made from, off by what its own operations come to. */
  const blur = (numbers: Float64Array, from: number, to: number): void => {
    for (let k = from; k < to; k += 1) {
      hash(1, stream, 0, calls, chance);
      calls += 1;
      numbers[k] *= 1 + (2 ** -31 * chance[0] - 1) * OPERATIONS * FLOAT32_UNIT;
    }
  };
  const gradient: Formula['gradient'] = (x, y, parameters, out) => {
    drawAt(x, y);
    const value = formula.gradient(place[0], place[1], parameters, out);
    formula.rounding(place[0], place[1], parameters, bounds);
    out[0] = off(out[0], 1);
    out[1] = off(out[1], 2);
    beyond ||= !(Math.max(Math.abs(value), Math.abs(out[0]), Math.abs(out[1])) <= SEARCHABLE[1]);
    return off(value, 0);
  };
  const hessian: Formula['hessian'] = (x, y, parameters, out) => {
    formula.hessian(x, y, parameters, out);
    formula.hessianRounding(x, y, parameters, bounds);
    drawAt(x, y);
    for (const k of bounds.keys()) {
      out[k] = off(out[k], k);
    }
  };
  const kept = stored(plan.optimizer);
  const { direction } = kept;
  return {
    ...plan,
    landscape: {
      ...plan.landscape,
      formula: Object.create(formula, { gradient: { value: gradient }, hessian: { value: hessian } }),
    },
    optimizer: {
      ...kept,
      direction:
        direction &&
        ((x, y, g, state, at, hyper, t, lr, around) => {
          beyond = Math.max(Math.abs(g[0]), Math.abs(g[1])) < SEARCHABLE[0];
          blur(g, 0, 2);
          blur(state, at, at + 2 * kept.state.length);
          direction(x, y, g, state, at, hyper, t, lr, inFloat32(around));
          if (beyond) {
            g.fill(Number.NaN);
          }
        }),
    },
  };
}
