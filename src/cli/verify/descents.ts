import type { SwarmPlan } from '../../compute/contract.ts';
import { planOf } from '../../compute/engine/plan.ts';
import { createReferenceSwarm } from '../../compute/reference/swarm.ts';
import { createGpuSwarm } from '../../compute/swarm/swarm.ts';
import type { Optimizer } from '../../descent/optimizer.ts';
import type { Formula } from '../../formula/formula.ts';
import { hash } from '../../math/random.ts';
import type { Scene } from '../../scene/scene.ts';
import { type Check, checkOf, FLOAT32_UNIT } from './check.ts';

/** Updates that are compared. */
const UPDATES = 20;

/**
 * Each update adds rounding errors of its own, of the position, of the gradient and of the optimizer's few operations, and
 * each of them does what moving the start by an ulp or so would do; mostly they cancel.
 */
const BOUND = 4;

/** Runs of the reference with rounded gradients. */
const STREAMS = [1, 2, 3, 4];

/** Farthest that a start which is moved may drive a run apart, in units of that move, for a comparison to tell anything. */
const TAME = 256;

/** Positions after each update, one row of x, y pairs an update. */
async function reference(plan: SwarmPlan): Promise<Float64Array[]> {
  const swarm = createReferenceSwarm(plan);
  const rows: Float64Array[] = [];
  for (let k = 0; k < UPDATES; k++) {
    swarm.advance(1);
    rows.push((await swarm.read()).positions as Float64Array);
  }
  swarm.dispose();
  return rows;
}

/** How far particle i is from itself in another row, the larger of both coordinates. */
function distance(a: ArrayLike<number>, b: ArrayLike<number>, i: number, rowOfA = 0): number {
  return Math.max(Math.abs(a[rowOfA + 2 * i] - b[2 * i]), Math.abs(a[rowOfA + 2 * i + 1] - b[2 * i + 1]));
}

/** An ulp of a coordinate: of its own size or of the domain's, whichever is larger. */
function ulp(plan: SwarmPlan, value: number, axis: number): number {
  const { domain } = plan.landscape;
  return 2 * FLOAT32_UNIT * Math.max(Math.abs(value), (domain[2 * axis + 1] - domain[2 * axis]) / 2);
}

/** The plan with each start moved along one axis by an ulp. */
function moved(plan: SwarmPlan, axis: 0 | 1, sign: 1 | -1): SwarmPlan {
  const starts = plan.starts.map((value, k) => (k % 2 === axis ? value + sign * ulp(plan, value, axis) : value));
  return { ...plan, starts };
}

/**
 * The plan with every loss and gradient off by float32's rounding of it, up or down as chance has it, and with places and state
 * in float32: errors in mid-run, where a
 * run that drew together drives apart again, or a sign decides.
 */
function rounded(plan: SwarmPlan, stream: number): SwarmPlan {
  const { formula } = plan.landscape;
  const bounds = new Float64Array(3);
  const chance = new Uint32Array(4);
  let calls = 0;
  const gradient: Formula['gradient'] = (x, y, parameters, out) => {
    const value = formula.gradient(x, y, parameters, out);
    formula.rounding(x, y, parameters, bounds);
    hash(0, stream, 0, calls, chance);
    calls += 1;
    const off = (k: number): number => (chance[k] & 1 ? 1 : -1) * FLOAT32_UNIT * bounds[k];
    out[0] += off(1);
    out[1] += off(2);
    return value + off(0);
  };
  return {
    ...plan,
    landscape: { ...plan.landscape, formula: Object.create(formula, { gradient: { value: gradient } }) },
    optimizer: stored(plan.optimizer),
  };
}

/** The optimizer with its state, and where it goes, kept in float32. */
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
      }),
  };
}

/** The reference as it runs with each start moved by an ulp in each direction. */
function neighbours(plan: SwarmPlan): Promise<Float64Array[][]> {
  return Promise.all([moved(plan, 0, 1), moved(plan, 0, -1), moved(plan, 1, 1), moved(plan, 1, -1)].map(reference));
}

/** Whether no particle leaves the number range or is driven apart too far for a comparison to tell anything. */
async function tame(plan: SwarmPlan): Promise<boolean> {
  const [exact, near] = await Promise.all([reference(plan), neighbours(plan)]);
  const last = UPDATES - 1;
  return exact[last].every((value, k) => {
    const most = TAME * ulp(plan, plan.starts[k], k % 2);
    return near.every((rows) => Math.abs(rows[last][k] - value) <= most);
  });
}

/**
 * The swarm of a scene's first lane with its optimizer's suggested hyperparameters, at the suggested learning rate or the
 * largest of its halves at which the surface is descended without being thrown off it. A search finds its step itself.
 */
export async function livelyPlan(scene: Scene): Promise<SwarmPlan> {
  const { suggestedLearningRate, suggestedHyper } = planOf(scene, 0).optimizer;
  for (let lr = suggestedLearningRate; ; lr /= 2) {
    const lanes = scene.lanes.map((lane) => ({ ...lane, hyper: { ...suggestedHyper, lr } }));
    const plan = planOf({ ...scene, lanes }, 0);
    if (typeof plan.optimizer.evaluations === 'object' || (await tame(plan))) {
      return plan;
    }
  }
}

/**
 * The swarm's first updates in float32 against the float64 reference, in units of what the reference itself does when the
 * start is moved by an ulp in each direction, or all is rounded as float32 rounds it (at most, up to that update),
 * plus an ulp of the position for each update.
 * @param plan of the reference, with starts that are exact in float32
 * @param ran what runs on the GPU: the same plan, but where the check itself is tried
 */
export async function checkDescent(device: GPUDevice, id: string, plan: SwarmPlan, ran = plan): Promise<Check> {
  const exact = await reference(plan);
  const near = [...(await neighbours(plan)), ...(await Promise.all(STREAMS.map((k) => reference(rounded(plan, k)))))];
  const count = plan.starts.length / 2;
  const swarm = await createGpuSwarm(device, ran);
  const { positions } = await swarm.trace(UPDATES);
  swarm.dispose();
  let worst = 0;
  for (let i = 0; i < count; i++) {
    let sensitivity = 0;
    let rounding = 0;
    for (let k = 0; k < UPDATES; k++) {
      rounding += FLOAT32_UNIT * Math.max(Math.abs(exact[k][2 * i]), Math.abs(exact[k][2 * i + 1]));
      sensitivity = Math.max(sensitivity, ...near.map((rows) => distance(rows[k], exact[k], i)));
      worst = Math.max(worst, distance(positions, exact[k], i, 2 * count * k) / (sensitivity + rounding));
    }
  }
  return checkOf('descent', id, worst, BOUND);
}
