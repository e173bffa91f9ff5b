import {
  DIVERGED_BEYOND,
  MAX_ADDED,
  MAX_PARTICLES,
  type Particles,
  type ParticleSource,
  type Settings,
  type Survey,
  type Swarm,
  type SwarmPlan,
  type Tally,
  type Watched,
  type WatchPlan,
} from '../contract.ts';
import { settledBelow } from '../outcome.ts';
import { tallyOf } from './tally.ts';
import { type Place, ReferenceTrail, type ReferenceTrailPlan } from './trail.ts';
import { Guard } from './guard.ts';
import { ReferenceWatch } from './watch.ts';
import { createHerd, type Herd, Walker } from './walker.ts';

/** What the view draws of a swarm on the CPU. */
export type CpuSource = Extract<ParticleSource, { kind: 'cpu' }>;

/**
 * Starts a swarm on the CPU, in float64. Without a trail plan nothing of the past is kept, and without a watch plan nobody looks at each update.
 * @throws RangeError for no particles or too many
 */
export function createReferenceSwarm(
  plan: SwarmPlan,
  options: { readonly trail?: ReferenceTrailPlan; readonly watch?: WatchPlan } = {},
): ReferenceSwarm {
  const count = plan.starts.length / 2;
  if (count < 1 || count > MAX_PARTICLES) {
    throw new RangeError(`A swarm has 1 to ${MAX_PARTICLES} particles, not ${count}.`);
  }
  return new ReferenceSwarm(plan, options.trail, options.watch);
}

/** Whether float32 and the picture can hold a place. */
function drawable(x: number, y: number): boolean {
  return Math.abs(x) <= DIVERGED_BEYOND && Math.abs(y) <= DIVERGED_BEYOND;
}

/**
 * The float64 reference: what tests hold the GPU to, and what runs where there is none. Create it with
 * `createReferenceSwarm`.
 *
 * A particle has diverged after the very update that gave a coordinate or a loss that is not finite.
 */
export class ReferenceSwarm implements Swarm {
  readonly device = 'reference';
  readonly tallyReady = true;
  readonly source: CpuSource;
  readonly ghost: CpuSource | null;
  readonly #plan: SwarmPlan;
  readonly #initial: number;
  readonly #herd: Herd;
  readonly #walker: Walker;
  readonly #settledBelow: Float64Array;
  readonly #births: Int32Array;
  readonly #diverged: Int32Array;
  /** Last drawable places; of particles that are drawable now they may lag behind. */
  readonly #drawn: Float32Array;
  readonly #trail: ReferenceTrail | null;
  readonly #ghostTrail: ReferenceTrail | null;
  readonly #scratch: Float64Array;
  readonly #watch: ReferenceWatch | null;
  #count: number;
  #step = 0;

  constructor(plan: SwarmPlan, trail: ReferenceTrailPlan | undefined, watch: WatchPlan | undefined) {
    this.#plan = plan;
    this.#initial = plan.starts.length / 2;
    this.#count = this.#initial;
    const capacity = this.#initial + MAX_ADDED;
    this.#herd = createHerd(plan, capacity);
    this.#walker = new Walker(plan);
    this.#settledBelow = new Float64Array(capacity);
    this.#births = new Int32Array(capacity);
    this.#diverged = new Int32Array(capacity);
    this.#drawn = new Float32Array(2 * capacity);
    this.#trail = trail ? new ReferenceTrail(trail, this.#initial) : null;
    this.#scratch = new Float64Array(capacity);
    this.#watch = watch ? new ReferenceWatch(plan, watch) : null;
    this.source = this.#createSource(capacity);
    this.#ghostTrail = plan.averages && trail ? new ReferenceTrail(trail, this.#initial) : null;
    this.ghost = plan.averages ? this.#createGhost(capacity) : null;
    this.restart(plan.settings);
  }

  get count(): number {
    return this.#count;
  }

  get step(): number {
    return this.#step;
  }

  restart(settings: Settings): void {
    this.#walker.settings = settings;
    this.#step = 0;
    this.#count = this.#initial;
    this.#place(this.#plan.starts, 0);
    for (const trail of [this.#trail, this.#ghostTrail]) {
      trail?.clear();
      trail?.record(this.#count, this.#drawAt);
    }
    this.#watch?.look(this.#herd, this.#diverged, 0);
  }

  set(settings: Settings): void {
    this.#walker.settings = settings;
  }

  add(starts: Float64Array): void {
    const first = this.#count;
    const end = first + starts.length / 2;
    if (end > this.#initial + MAX_ADDED) {
      throw new RangeError(`At most ${MAX_ADDED} particles can be added to a run.`);
    }
    this.#count = end;
    this.#place(starts, first);
    this.#trail?.begin(starts, first);
    this.#ghostTrail?.begin(starts, first);
  }

  advance(updates: number): void {
    for (let k = 0; k < updates; k += 1) {
      this.#update();
      this.#step += 1;
      this.#watch?.look(this.#herd, this.#diverged, this.#step);
      if (this.#trail && this.#step % this.#trail.ring.every === 0) {
        this.#trail.record(this.#count, this.#drawAt);
        this.#ghostTrail?.record(this.#count, this.#averageAt);
      }
    }
  }

  read(): Promise<Particles> {
    const { positions, losses } = this.#herd;
    return Promise.resolve({
      positions: positions.slice(0, 2 * this.#count),
      losses: losses.slice(0, this.#count),
      averages: this.#plan.averages ? Guard.averages(this.#plan, this.#herd, this.#count) : null,
      diverged: this.#diverged.slice(0, this.#count),
    });
  }

  tally(): Promise<Tally> {
    const swarm = {
      count: this.#count,
      step: this.#step,
      ...this.#herd,
      settledBelow: this.#settledBelow,
      diverged: this.#diverged,
    };
    return Promise.resolve(tallyOf(this.#plan, swarm, this.#scratch));
  }

  watched(): Promise<Watched | null> {
    return Promise.resolve(this.#watch?.read() ?? null);
  }

  survey(): Promise<Survey | null> {
    return Promise.resolve(this.#watch?.survey(this.#step) ?? null);
  }

  /** Nothing to give back: the memory is the garbage collector's. */
  dispose(): void {}

  /** One update of every particle. */
  #update(): void {
    const herd = this.#herd;
    const { positions, losses } = herd;
    for (let i = 0; i < this.#count; i += 1) {
      if (this.#diverged[i] >= 0) {
        continue;
      }
      const at = 2 * i;
      const x = positions[at];
      const y = positions[at + 1];
      this.#walker.update(herd, i, i, this.#step, this.#births[i]);
      const nextX = positions[at];
      const nextY = positions[at + 1];
      const loss = losses[i];
      // One sum tells whether all three are finite.
      const gone = !Number.isFinite(nextX - nextX + (nextY - nextY) + (loss - loss));
      if (gone) {
        this.#diverged[i] = this.#step + 1;
      }
      if ((gone || !drawable(nextX, nextY)) && drawable(x, y)) {
        this.#drawn[at] = x;
        this.#drawn[at + 1] = y;
      }
    }
  }

  /** Puts particles from index `first` on at their starts, as of now. */
  #place(starts: Float64Array, first: number): void {
    const { gradients, losses } = this.#herd;
    this.#drawn.set(starts, 2 * first);
    for (let k = 0; k < starts.length / 2; k += 1) {
      const i = first + k;
      const [x, y] = [starts[2 * k], starts[2 * k + 1]];
      this.#walker.begin(this.#herd, i, x, y);
      this.#settledBelow[i] = settledBelow(Math.hypot(gradients[2 * i], gradients[2 * i + 1]));
      this.#births[i] = this.#step;
      this.#diverged[i] = Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(losses[i]) ? -1 : this.#step;
    }
  }

  /** Whether a particle's present place can be drawn; else its last one that could is in #drawn. */
  #drawable(i: number): boolean {
    return this.#diverged[i] < 0 && drawable(this.#herd.positions[2 * i], this.#herd.positions[2 * i + 1]);
  }

  /** Where a particle can be drawn. */
  readonly #drawAt: Place = (i, out, at) => {
    const from = this.#drawable(i) ? this.#herd.positions : this.#drawn;
    out[at] = from[2 * i];
    out[at + 1] = from[2 * i + 1];
  };

  /** The average of a particle's places, or where it can be drawn itself. */
  readonly #averageAt: Place = (i, out, at) => {
    Guard.average(this.#plan, this.#herd, i, out, at);
    if (!drawable(out[at], out[at + 1])) {
      this.#drawAt(i, out, at);
    }
  };

  #createGhost(capacity: number): CpuSource {
    const swarm = this;
    const positions = new Float32Array(2 * capacity);
    return {
      ...this.source,
      trail: this.#ghostTrail?.samples ?? null,
      ring: this.#ghostTrail?.ring ?? null,
      get count() {
        return swarm.#count;
      },
      get positions() {
        for (let i = 0; i < swarm.#count; i += 1) {
          swarm.#averageAt(i, positions, 2 * i);
        }
        return positions;
      },
    };
  }

  /** The picture's arrays; places are turned into float32 when somebody looks. */
  #createSource(capacity: number): CpuSource {
    const swarm = this;
    return {
      kind: 'cpu',
      diverged: this.#diverged,
      trail: this.#trail?.samples ?? null,
      capacity,
      ring: this.#trail?.ring ?? null,
      get count() {
        return swarm.#count;
      },
      get positions() {
        return swarm.#draw();
      },
    };
  }

  #draw(): Float32Array {
    for (let i = 0; i < this.#count; i += 1) {
      if (this.#drawable(i)) {
        this.#drawn[2 * i] = this.#herd.positions[2 * i];
        this.#drawn[2 * i + 1] = this.#herd.positions[2 * i + 1];
      }
    }
    return this.#drawn;
  }
}
