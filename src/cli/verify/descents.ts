import type { SwarmPlan } from '../../compute/contract.ts';
import { createReferenceSwarm } from '../../compute/reference/swarm.ts';
import { createGpuSwarm } from '../../compute/swarm/swarm.ts';
import { type Check, checkOf, FLOAT32_UNIT } from './check.ts';

/** Updates that are compared. */
const UPDATES = 20;

/**
 * Each update adds rounding errors of its own, of the position, of the gradient and of the optimizer's few operations;
 * each of them does what moving the start by some ulps would do.
 */
const BOUND = 8;

/** Positions after each update, one row of x, y pairs an update. */
async function reference(plan: SwarmPlan): Promise<Float64Array[]> {
  const swarm = createReferenceSwarm(plan);
  const rows: Float64Array[] = [];
  for (let k = 0; k < UPDATES; k++) {
    swarm.advance(1);
    rows.push(Float64Array.from((await swarm.read()).positions));
  }
  swarm.dispose();
  return rows;
}

/** Largest of |a|, |b|, … of two rows' difference for particle i. */
function distance(a: ArrayLike<number>, b: ArrayLike<number>, i: number, rowOfA = 0): number {
  return Math.max(Math.abs(a[rowOfA + 2 * i] - b[2 * i]), Math.abs(a[rowOfA + 2 * i + 1] - b[2 * i + 1]));
}

/** The plan with each start moved along one axis by a float32 unit of its size or of the domain's, whichever is larger. */
function moved(plan: SwarmPlan, axis: 0 | 1, sign: 1 | -1): SwarmPlan {
  const [xmin, xmax, ymin, ymax] = plan.landscape.domain;
  const width = axis === 0 ? xmax - xmin : ymax - ymin;
  const starts = plan.starts.map((value, k) =>
    k % 2 === axis ? value + sign * 2 * FLOAT32_UNIT * Math.max(Math.abs(value), width / 2) : value,
  );
  return { ...plan, starts };
}

/**
 * The swarm's first updates in float32 against the float64 reference, in units of what the reference itself does when the
 * start is moved by an ulp in each direction (up to that update), plus the rounding of the updates so far.
 */
export async function checkDescent(device: GPUDevice, id: string, plan: SwarmPlan): Promise<Check> {
  const count = plan.starts.length / 2;
  const exact = await reference(plan);
  const directions = [moved(plan, 0, 1), moved(plan, 0, -1), moved(plan, 1, 1), moved(plan, 1, -1)];
  const near = await Promise.all(directions.map(reference));
  const swarm = await createGpuSwarm(device, plan);
  const { positions } = await swarm.trace(UPDATES);
  swarm.dispose();
  let worst = 0;
  for (let i = 0; i < count; i++) {
    let sensitivity = 0;
    let rounding = 0;
    for (let k = 0; k < UPDATES; k++) {
      const size = Math.max(Math.abs(exact[k][2 * i]), Math.abs(exact[k][2 * i + 1]));
      rounding += FLOAT32_UNIT * size;
      sensitivity = Math.max(sensitivity, ...near.map((rows) => distance(rows[k], exact[k], i)));
      worst = Math.max(worst, distance(positions, exact[k], i, 2 * count * k) / (sensitivity + rounding));
    }
  }
  return checkOf('descent', id, worst, BOUND);
}
