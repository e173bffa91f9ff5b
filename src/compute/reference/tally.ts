import { selectRank } from '../../math/statistics.ts';
import type { SwarmPlan, Tally } from '../contract.ts';
import { askedVariable } from '../cost.ts';
import { arrived } from '../outcome.ts';

/** What a tally is made from: the first `count` particles. */
export interface Tallied {
  readonly count: number;
  readonly step: number;
  readonly positions: Float64Array;
  readonly gradients: Float64Array;
  readonly losses: Float64Array;
  /** Gradient norms below which each particle has converged. */
  readonly settledBelow: Float64Array;
  readonly diverged: Int32Array;
  /** The optimizer's state variables: those of x, then those of y, particle by particle. */
  readonly state: Float64Array;
}

/** Gradients that searches asked for. */
function askedFor(optimizer: SwarmPlan['optimizer'], swarm: Tallied): number {
  const variable = askedVariable(optimizer);
  if (variable < 0) {
    return 0;
  }
  let sum = 0;
  for (let i = 0; i < swarm.count; i += 1) {
    sum += swarm.state[2 * i * optimizer.state.length + variable];
  }
  return sum;
}

/** Order statistics and counts of a swarm. `scratch` has room for `count` numbers and is overwritten. */
export function tallyOf({ landscape, optimizer }: SwarmPlan, swarm: Tallied, scratch: Float64Array): Tally {
  const [xmin, xmax, ymin, ymax] = landscape.domain;
  const { count, step } = swarm;
  let converged = 0;
  let diverged = 0;
  let outside = 0;
  for (let i = 0; i < count; i += 1) {
    if (swarm.diverged[i] >= 0) {
      scratch[i] = Infinity;
      diverged += 1;
      continue;
    }
    scratch[i] = swarm.losses[i];
    const x = swarm.positions[2 * i];
    const y = swarm.positions[2 * i + 1];
    const gx = swarm.gradients[2 * i];
    const gy = swarm.gradients[2 * i + 1];
    const slope = Math.sqrt(gx * gx + gy * gy);
    if (slope < swarm.settledBelow[i] || arrived(landscape, x, y)) {
      converged += 1;
    } else if (x < xmin || x > xmax || y < ymin || y > ymax) {
      outside += 1;
    }
  }
  const rank = (q: number) => selectRank(scratch, count, Math.floor(q * (count - 1)));
  return {
    step,
    count,
    low: rank(0.1),
    median: rank(0.5),
    high: rank(0.9),
    best: rank(0),
    converged,
    diverged,
    outside,
    asked: askedFor(optimizer, swarm),
  };
}
