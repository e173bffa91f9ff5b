import { MAX_ADDED, type TrailRing } from '../contract.ts';

/** What a swarm keeps of its particles' past. */
export interface ReferenceTrailPlan {
  /** Of the particles that the swarm starts with, so many at most are followed, evenly by index. */
  readonly columns: number;
  readonly slots: number;
  /** Updates between two samples, to begin with. */
  readonly every: number;
}

/** Writes where a particle can be drawn now (x, y) into out[at], out[at + 1]. */
export type Place = (particle: number, out: Float32Array, at: number) => void;

/** A ring of rows of where the followed particles were, on the CPU. */
export class ReferenceTrail {
  readonly ring: { -readonly [K in keyof TrailRing]: TrailRing[K] };
  /** x, y pairs, `columns` a row. */
  readonly samples: Float32Array;
  readonly #initial: number;

  /** @param initial particles that the swarm starts with */
  constructor(plan: ReferenceTrailPlan, initial: number) {
    const stride = Math.ceil(initial / plan.columns);
    const columns = Math.ceil(initial / stride) + MAX_ADDED;
    this.ring = { slots: plan.slots, columns, stride, every: plan.every, head: -1, filled: 0 };
    this.samples = new Float32Array(2 * columns * plan.slots);
    this.#initial = initial;
  }

  /** Forgets all. */
  clear(): void {
    this.ring.head = -1;
    this.ring.filled = 0;
  }

  /** Adds a row: where the followed ones of `count` particles are now. */
  record(count: number, place: Place): void {
    const { ring } = this;
    ring.head = (ring.head + 1) % ring.slots;
    ring.filled = Math.min(ring.slots, ring.filled + 1);
    let cell = ring.head * ring.columns;
    for (let i = 0; i < this.#initial; i += ring.stride) {
      place(i, this.samples, 2 * cell);
      cell += 1;
    }
    for (let i = this.#initial; i < count; i += 1) {
      place(i, this.samples, 2 * cell);
      cell += 1;
    }
  }

  /** Makes the whole past of particles from `first` on their starts: no trail leads there from anywhere else. */
  begin(starts: Float64Array, first: number): void {
    const { slots, columns } = this.ring;
    const column = columns - MAX_ADDED + first - this.#initial;
    for (let slot = 0; slot < slots; slot += 1) {
      this.samples.set(starts, 2 * (slot * columns + column));
    }
  }
}
