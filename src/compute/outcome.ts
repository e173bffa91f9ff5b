import type { Landscape } from './contract.ts';

/** What came of a particle's run; the first that holds, in this order. */
export type Outcome = 'diverged' | 'converged' | 'oscillating' | 'stalled' | 'wandering';

/** Gradient norms below this times (1 + the norm at the start) count as zero. */
const SLOPE_TOLERANCE = 1e-5;

/** Arrived: within this share of the domain's width of a known minimum. */
const ARRIVAL = 1e-3;

/** Updates that are looked back on. */
const WINDOW = 20;

/** Losses kept for each particle: the window's and the one before it. */
const KEPT = WINDOW + 1;

/** So many rises in the window are an oscillation, unless the loss falls all the same. */
const RISES = 6;

/** A loss that falls in the window by less than this share of its range so far is not falling. */
const FALL = 1e-6;

/**
 * The gradient norm below which a particle has converged, from the one at its start; one that is not finite does not
 * count.
 */
export function settledBelow(startSlope: number): number {
  return SLOPE_TOLERANCE * (1 + (Number.isFinite(startSlope) ? startSlope : 0));
}

/** Whether a place has reached a known minimum. */
export function arrived({ minima, domain }: Landscape, x: number, y: number): boolean {
  const reach = ARRIVAL * (domain[1] - domain[0]);
  for (let k = 0; k < minima.length; k += 1) {
    const dx = x - minima[k].x;
    const dy = y - minima[k].y;
    if (dx * dx + dy * dy < reach * reach) {
      return true;
    }
  }
  return false;
}

/**
 * Tells, for any number of particles, what came of each: give it every point of each particle in turn, the start first.
 *
 * - `diverged`: it left the number range
 * - `converged`: gradient norm below 1e-5·(1 + its norm at the start), or within 1e-3 of the domain's width of a known
 *   minimum with the loss no longer falling
 * - `oscillating`: over the last 20 updates the loss rose at least 6 times and did not fall on the whole
 * - `stalled`: over the last 20 updates the loss fell by less than 1e-6 of its range so far
 * - `wandering`: none of these, or too short a run to tell
 */
export class OutcomeTracker {
  readonly #landscape: Landscape;
  /** Points taken of each particle. */
  #taken = new Int32Array(0);
  #left = new Uint8Array(0);
  /** x, y at the start and now. */
  #places = new Float64Array(0);
  /** The newest losses of each particle, as a ring. */
  #losses = new Float64Array(0);
  /** Least and greatest loss so far. */
  #ranges = new Float64Array(0);

  constructor(landscape: Landscape) {
    this.#landscape = landscape;
  }

  /** Takes in a particle's next point. `left`: it has left the number range there, and nothing more comes. */
  take(particle: number, x: number, y: number, loss: number, left: boolean): void {
    if (particle >= this.#taken.length) {
      this.#makeRoom(particle + 1);
    }
    const taken = this.#taken[particle];
    if (taken === 0) {
      this.#places[4 * particle] = x;
      this.#places[4 * particle + 1] = y;
      this.#ranges[2 * particle] = loss;
      this.#ranges[2 * particle + 1] = loss;
    }
    this.#places[4 * particle + 2] = x;
    this.#places[4 * particle + 3] = y;
    this.#losses[KEPT * particle + (taken % KEPT)] = loss;
    this.#ranges[2 * particle] = Math.min(this.#ranges[2 * particle], loss);
    this.#ranges[2 * particle + 1] = Math.max(this.#ranges[2 * particle + 1], loss);
    this.#left[particle] = left ? 1 : 0;
    this.#taken[particle] = taken + 1;
  }

  /** What has come of a particle by now; at least its start must have been taken in. */
  outcome(particle: number): Outcome {
    if (this.#left[particle] === 1) {
      return 'diverged';
    }
    const updates = this.#taken[particle] - 1;
    const fall = this.#lossBefore(particle, Math.min(WINDOW, updates)) - this.#lossBefore(particle, 0);
    const range = this.#ranges[2 * particle + 1] - this.#ranges[2 * particle];
    const falling = fall > FALL * range;
    if (this.#converged(particle, falling)) {
      return 'converged';
    }
    if (updates < WINDOW) {
      return 'wandering';
    }
    if (fall <= 0 && this.#rises(particle) >= RISES) {
      return 'oscillating';
    }
    return falling ? 'wandering' : 'stalled';
  }

  #converged(particle: number, falling: boolean): boolean {
    const [startX, startY, x, y] = this.#places.subarray(4 * particle, 4 * particle + 4);
    const settled = this.#slope(x, y) < settledBelow(this.#slope(startX, startY));
    return settled || (!falling && arrived(this.#landscape, x, y));
  }

  #slope(x: number, y: number): number {
    const gradient = new Float64Array(2);
    this.#landscape.formula.gradient(x, y, this.#landscape.parameters, gradient);
    return Math.hypot(gradient[0], gradient[1]);
  }

  /** The loss so many updates ago, at most WINDOW. */
  #lossBefore(particle: number, updates: number): number {
    return this.#losses[KEPT * particle + ((this.#taken[particle] - 1 - updates) % KEPT)];
  }

  #rises(particle: number): number {
    let rises = 0;
    for (let k = 0; k < WINDOW; k += 1) {
      rises += this.#lossBefore(particle, k) > this.#lossBefore(particle, k + 1) ? 1 : 0;
    }
    return rises;
  }

  #makeRoom(count: number): void {
    const room = Math.max(count, 2 * this.#taken.length);
    const grown = <A extends Int32Array | Uint8Array | Float64Array>(larger: A, old: A): A => {
      larger.set(old);
      return larger;
    };
    this.#taken = grown(new Int32Array(room), this.#taken);
    this.#left = grown(new Uint8Array(room), this.#left);
    this.#places = grown(new Float64Array(4 * room), this.#places);
    this.#losses = grown(new Float64Array(KEPT * room), this.#losses);
    this.#ranges = grown(new Float64Array(2 * room), this.#ranges);
  }
}
