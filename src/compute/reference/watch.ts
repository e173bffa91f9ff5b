import type { SwarmPlan, Watched, WatchPlan } from '../contract.ts';
import { askedVariable, gradientsPerUpdate } from '../cost.ts';
import type { Herd } from './walker.ts';

/** Watches the particles that a swarm starts with, in float64; shaders/kernels/watch.wgsl has the same rules. */
export class ReferenceWatch {
  readonly #watch: WatchPlan;
  readonly #count: number;
  readonly #each: number;
  /** Where in the state of particle 0 the gradients of searches are counted, -1 for nowhere; and the state's width. */
  readonly #asked: number;
  readonly #width: number;
  /** Targets that each particle has reached. */
  readonly #reached: Uint8Array;
  readonly #seen: Watched;

  constructor({ optimizer, starts }: SwarmPlan, watch: WatchPlan) {
    const count = starts.length / 2;
    this.#watch = watch;
    this.#count = count;
    this.#each = gradientsPerUpdate(optimizer);
    this.#asked = askedVariable(optimizer);
    this.#width = 2 * optimizer.state.length;
    this.#reached = new Uint8Array(count);
    this.#seen = {
      updates: watch.targets.map(() => new Int32Array(count)),
      evaluations: watch.targets.map(() => new Float64Array(count)),
      positions: new Float64Array(2 * count),
      losses: new Float64Array(count),
      best: new Float64Array(count),
      spent: new Float64Array(count),
      diverged: new Int32Array(count),
    };
  }

  /**
   * Looks at the swarm after so many updates; with 0 it begins anew.
   * @param diverged of each particle, the update after which it left the number range, or -1
   */
  look({ positions, losses, state }: Herd, diverged: Int32Array, step: number): void {
    const { targets, evaluations } = this.#watch;
    const seen = this.#seen;
    if (step === 0) {
      this.#forget();
    }
    for (let i = 0; i < this.#count; i += 1) {
      const asked = this.#asked < 0 ? 0 : state[i * this.#width + this.#asked];
      const spent = step * this.#each + asked;
      if (seen.diverged[i] >= 0 || spent > evaluations) {
        continue;
      }
      const loss = losses[i];
      seen.positions[2 * i] = positions[2 * i];
      seen.positions[2 * i + 1] = positions[2 * i + 1];
      seen.losses[i] = loss;
      seen.spent[i] = spent;
      seen.diverged[i] = diverged[i];
      if (diverged[i] >= 0) {
        continue;
      }
      seen.best[i] = Math.min(seen.best[i], loss);
      while (this.#reached[i] < targets.length && loss <= targets[this.#reached[i]]) {
        seen.updates[this.#reached[i]][i] = step;
        seen.evaluations[this.#reached[i]][i] = spent;
        this.#reached[i] += 1;
      }
    }
  }

  /** What was seen so far. */
  read(): Watched {
    const { updates, evaluations, ...all } = this.#seen;
    return {
      updates: updates.map((row) => row.slice()),
      evaluations: evaluations.map((row) => row.slice()),
      positions: all.positions.slice(),
      losses: all.losses.slice(),
      best: all.best.slice(),
      spent: all.spent.slice(),
      diverged: all.diverged.slice(),
    };
  }

  #forget(): void {
    const { updates, evaluations, best, diverged } = this.#seen;
    this.#reached.fill(0);
    best.fill(Infinity);
    diverged.fill(-1);
    for (const row of updates) {
      row.fill(-1);
    }
    for (const row of evaluations) {
      row.fill(Infinity);
    }
  }
}
