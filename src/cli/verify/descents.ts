import type { SwarmPlan } from '../../compute/contract.ts';
import { planOf } from '../../compute/engine/plan.ts';
import { createReferenceSwarm } from '../../compute/reference/swarm.ts';
import { createGpuSwarm } from '../../compute/swarm/swarm.ts';
import type { Optimizer } from '../../descent/optimizer.ts';
import type { Scene } from '../../scene/scene.ts';
import { type Check, checkOf, FLOAT32_UNIT } from './check.ts';

/** Updates that are compared. */
const UPDATES = 20;

/**
 * Each update adds rounding errors of its own, of the position, of the gradient and of the optimizer's few operations, and
 * each of them does what moving the start by an ulp or so would do; mostly they cancel.
 */
const BOUND = 4;

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

/** The reference as it runs, and as it runs with each start moved by an ulp in each direction. */
interface References {
  readonly plan: SwarmPlan;
  readonly exact: readonly Float64Array[];
  readonly near: readonly (readonly Float64Array[])[];
}

async function references(plan: SwarmPlan): Promise<References> {
  const directions = [moved(plan, 0, 1), moved(plan, 0, -1), moved(plan, 1, 1), moved(plan, 1, -1)];
  return { plan, exact: await reference(plan), near: await Promise.all(directions.map(reference)) };
}

/** Whether no particle leaves the number range or is driven apart too far for a comparison to tell anything. */
function tame({ plan, exact, near }: References): boolean {
  const last = UPDATES - 1;
  return exact[last].every((value, k) => {
    const least = ulp(plan, plan.starts[k], k % 2);
    return near.every((rows) => Math.abs(rows[last][k] - value) <= TAME * least);
  });
}

/**
 * The references of a scene's lane with the optimizer's suggested hyperparameters, at the suggested learning rate or the
 * largest of its halves at which the surface is descended without being thrown off it.
 */
async function livelyReferences(
  scene: Scene,
  { suggestedLearningRate, suggestedHyper }: Optimizer,
): Promise<References> {
  for (let lr = suggestedLearningRate; ; lr /= 2) {
    const lanes = scene.lanes.map((lane) => ({ ...lane, hyper: { ...suggestedHyper, lr } }));
    const found = await references(planOf({ ...scene, lanes }, 0));
    if (tame(found)) {
      return found;
    }
  }
}

/**
 * The swarm's first updates in float32 against the float64 reference, in units of what the reference itself does when the
 * start is moved by an ulp in each direction (at most, up to that update), plus an ulp of the position for each update.
 * @param scene of one lane, with that optimizer and starts that are exact in float32
 */
export async function checkDescent(device: GPUDevice, id: string, scene: Scene, optimizer: Optimizer): Promise<Check> {
  const { plan, exact, near } = await livelyReferences(scene, optimizer);
  const count = plan.starts.length / 2;
  const swarm = await createGpuSwarm(device, plan);
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
