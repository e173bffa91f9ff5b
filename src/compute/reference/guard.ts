import type { Settings, SwarmPlan } from '../contract.ts';
import { GAIN_FLOOR, IMPROVEMENT } from '../guard.ts';
import type { Herd } from './walker.ts';

/** What is remembered of a particle, before the state that the optimizer had at the good place. */
const [AVERAGE, GOOD, GOOD_LOSS, START_LOSS, SHARE, BEST, SINCE, KEPT] = [0, 2, 4, 5, 6, 7, 8, 9];

/**
 * Guards the runs of particles in float64: keeps them in the domain, takes them back to their last good place after a spike
 * of the loss, stops them, and averages their places. shaders/lib/guard.wgsl does the same in float32.
 */
export class Guard {
  readonly #plan: SwarmPlan;
  readonly #width: number;

  constructor(plan: SwarmPlan) {
    this.#plan = plan;
    this.#width = Guard.width(plan);
  }

  /** Numbers that are remembered of each particle. */
  static width({ optimizer }: SwarmPlan): number {
    return KEPT + 2 * optimizer.state.length;
  }

  /** Writes the average of a particle's places, x, y, to out[at], out[at + 1]. */
  static average(plan: SwarmPlan, { guard }: Herd, slot: number, out: Float32Array | Float64Array, at: number): void {
    const from = slot * Guard.width(plan) + AVERAGE;
    out[at] = guard[from];
    out[at + 1] = guard[from + 1];
  }

  /** The averages of the first `count` particles. */
  static averages(plan: SwarmPlan, herd: Herd, count: number): Float64Array {
    const all = new Float64Array(2 * count);
    for (let i = 0; i < count; i += 1) {
      Guard.average(plan, herd, i, all, 2 * i);
    }
    return all;
  }

  begin({ positions, losses, guard }: Herd, slot: number): void {
    const at = slot * this.#width;
    for (const axis of [0, 1]) {
      guard[at + AVERAGE + axis] = positions[2 * slot + axis];
      guard[at + GOOD + axis] = positions[2 * slot + axis];
    }
    guard[at + GOOD_LOSS] = losses[slot];
    guard[at + START_LOSS] = losses[slot];
    guard[at + SHARE] = 1;
    guard[at + BEST] = losses[slot];
    guard[at + SINCE] = 0;
    guard.fill(0, at + KEPT, at + this.#width);
  }

  /** Whether a particle has reached what it is to stop at. */
  rests({ gradients, guard }: Herd, slot: number, { stop }: Settings): boolean {
    switch (stop?.kind) {
      case 'gradient':
        return Math.hypot(gradients[2 * slot], gradients[2 * slot + 1]) < stop.limit;
      case 'plateau':
        return guard[slot * this.#width + SINCE] >= stop.limit;
      case undefined:
        return false;
    }
  }

  /** Shortens the step that came from (x, y) to the particle's share, and keeps it in the domain. */
  confine({ positions, guard }: Herd, slot: number, x: number, y: number, { bounded }: Settings): void {
    const share = guard[slot * this.#width + SHARE];
    const at = 2 * slot;
    if (share !== 1) {
      positions[at] = x + share * (positions[at] - x);
      positions[at + 1] = y + share * (positions[at + 1] - y);
    }
    if (bounded) {
      const [xmin, xmax, ymin, ymax] = this.#plan.landscape.domain;
      positions[at] = Math.min(xmax, Math.max(xmin, positions[at]));
      positions[at + 1] = Math.min(ymax, Math.max(ymin, positions[at + 1]));
    }
  }

  /**
   * Looks at the place that a particle has come to.
   * @returns whether it was taken back, so that loss and gradient are to be looked at again
   */
  judge(herd: Herd, slot: number, { recover, ema }: Settings): boolean {
    const { positions, losses, state, guard } = herd;
    const at = slot * this.#width;
    const width = 2 * this.#plan.optimizer.state.length;
    const loss = losses[slot];
    const good = guard[at + GOOD_LOSS];
    const gain = Math.max(guard[at + START_LOSS] - good, GAIN_FLOOR * Math.abs(good));
    const spike = recover !== null && !(loss - good <= recover * gain);
    if (spike) {
      positions[2 * slot] = guard[at + GOOD];
      positions[2 * slot + 1] = guard[at + GOOD + 1];
      state.set(guard.subarray(at + KEPT, at + this.#width), slot * width);
      guard[at + SHARE] /= 2;
    } else if (loss <= good) {
      guard[at + GOOD] = positions[2 * slot];
      guard[at + GOOD + 1] = positions[2 * slot + 1];
      guard[at + GOOD_LOSS] = loss;
      guard.set(state.subarray(slot * width, (slot + 1) * width), at + KEPT);
    }
    const decay = ema ?? 0;
    for (const axis of [0, 1]) {
      guard[at + AVERAGE + axis] = decay * guard[at + AVERAGE + axis] + (1 - decay) * positions[2 * slot + axis];
    }
    const best = guard[at + BEST];
    if (loss < best - IMPROVEMENT * Math.abs(best)) {
      guard[at + BEST] = loss;
      guard[at + SINCE] = 0;
    } else {
      guard[at + SINCE] += 1;
    }
    return spike;
  }
}
