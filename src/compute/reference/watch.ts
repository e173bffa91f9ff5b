import { selectRank } from '../../math/statistics.ts';
import type { Landscape, Survey, SwarmPlan, Watched, WatchPlan } from '../contract.ts';
import { askedVariable, gradientsPerUpdate } from '../cost.ts';
import { byMeasure, MEASURES, QUANTILES } from '../measures.ts';
import type { Herd } from './walker.ts';

/** Watches the particles that a swarm starts with, in float64; shaders/kernels/watch.wgsl has the same rules. */
export class ReferenceWatch {
  readonly #landscape: Landscape;
  readonly #watch: WatchPlan;
  readonly #count: number;
  readonly #each: number;
  /** Where in the state of particle 0 the gradients of searches are counted, -1 for nowhere; and the state's width. */
  readonly #asked: number;
  readonly #width: number;
  /** Targets that each particle has reached. */
  readonly #reached: Uint8Array;
  readonly #seen: Watched;
  /** Values of each measure, one after the other. */
  readonly #values: readonly Float64Array[];

  constructor({ landscape, optimizer, starts }: SwarmPlan, watch: WatchPlan) {
    const count = starts.length / 2;
    this.#landscape = landscape;
    this.#values = MEASURES.map(() => new Float64Array(count));
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
      moved: new Float64Array(count),
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
      const [x, y] = [positions[2 * i], positions[2 * i + 1]];
      seen.moved[i] = step === 0 ? 0 : Math.hypot(x - seen.positions[2 * i], y - seen.positions[2 * i + 1]);
      seen.positions[2 * i] = x;
      seen.positions[2 * i + 1] = y;
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
      moved: all.moved.slice(),
      best: all.best.slice(),
      spent: all.spent.slice(),
      diverged: all.diverged.slice(),
    };
  }

  /** What was seen so far, in a few numbers. */
  survey(step: number): Survey {
    const { formula, parameters } = this.#landscape;
    const { positions, losses, moved, diverged, spent } = this.#seen;
    const goals = this.#watch.goals ?? [];
    const gradient = new Float64Array(2);
    let [all, gone] = [0, 0];
    for (let i = 0; i < this.#count; i += 1) {
      const [x, y] = [positions[2 * i], positions[2 * i + 1]];
      const left = diverged[i] >= 0;
      all += spent[i];
      gone += left ? 1 : 0;
      formula.gradient(x, y, parameters, gradient);
      const sighting = { x, y, loss: losses[i], moved: moved[i], gx: gradient[0], gy: gradient[1], goals };
      for (let k = 0; k < MEASURES.length; k += 1) {
        const value = MEASURES[k].of(sighting);
        this.#values[k][i] = left || !Number.isFinite(value) ? Infinity : value;
      }
    }
    const rank = (k: number, q: number) => selectRank(this.#values[k], this.#count, Math.floor(q * (this.#count - 1)));
    const { low, median, high } = QUANTILES;
    return {
      step,
      count: this.#count,
      spent: all,
      diverged: gone,
      measures: byMeasure((_, k) => ({ low: rank(k, low), median: rank(k, median), high: rank(k, high) })),
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
