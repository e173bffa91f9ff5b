import { type Landscape, MAX_ADDED, type Settings, type TrailRing } from '../contract.ts';
import type { Optimizer } from '../../descent/optimizer.ts';

/** Updates that one dispatch can do: rows of the table in descend.wgsl. More gain nothing and lengthen a dispatch. */
export const MAX_UPDATES = 64;

/** Words of `Params` in descend.wgsl before `hyper`. */
const HEAD_WORDS = 12;

const CLIP_CODE = { norm: 1, value: 2 } as const;

/** Particles [first, end), all born after `birth` updates of the run. */
export interface Cohort {
  readonly birth: number;
  readonly first: number;
  end: number;
}

/**
 * The uniform block of descend.wgsl as bytes, kept and rewritten for each dispatch. Everything that depends on the
 * update's number is formed here in float64 and rounded once.
 */
export class StepTable {
  readonly bytes: ArrayBuffer;
  readonly #words: Uint32Array;
  readonly #floats: Float32Array;
  readonly #optimizer: Optimizer;
  readonly #rows: number;

  constructor(optimizer: Optimizer) {
    const hyperWords = Math.max(4, Math.ceil(Object.keys(optimizer.constants).length / 4) * 4);
    this.#optimizer = optimizer;
    this.#rows = HEAD_WORDS + hyperWords;
    this.bytes = new ArrayBuffer((this.#rows + 4 * MAX_UPDATES) * 4);
    this.#words = new Uint32Array(this.bytes);
    this.#floats = new Float32Array(this.bytes);
  }

  /** Writes what stays the same from dispatch to dispatch. */
  place(capacity: number, initial: number, ring: TrailRing): void {
    this.#words[6] = ring.stride;
    this.#words[7] = ring.columns;
    this.#words[8] = initial;
    this.#words[9] = ring.columns - MAX_ADDED;
    this.#words[10] = capacity / 2;
  }

  set(settings: Settings): void {
    this.#words[4] = settings.clip ? CLIP_CODE[settings.clip.kind] : 0;
    this.#floats[5] = settings.clip?.limit ?? 0;
    let at = HEAD_WORDS;
    for (const key in this.#optimizer.constants) {
      this.#floats[at] = this.#optimizer.constants[key](settings.hyper);
      at += 1;
    }
  }

  /**
   * Fills the rows for `updates` updates of a cohort from the run's update `step` on.
   * @param trailRow the trail row to write after the update that makes the run's step number so large, or -1
   */
  fill(cohort: Cohort, step: number, updates: number, settings: Settings, trailRow: (step: number) => number): void {
    this.#words[0] = cohort.first;
    this.#words[1] = cohort.end;
    this.#words[2] = updates;
    this.#words[3] = step;
    const { coefficients } = this.#optimizer;
    for (let k = 0; k < updates; k += 1) {
      const lr = settings.rate(step + k);
      let at = this.#rows + 4 * k;
      for (const key in coefficients) {
        this.#floats[at] = coefficients[key](settings.hyper, step + k - cohort.birth + 1, lr);
        at += 1;
      }
      this.#floats[this.#rows + 4 * k + 3] = trailRow(step + k + 1);
    }
  }
}

/** The landscape's parameters as the uniform `surfaceParameters: array<vec4f, 4>`. */
export function surfaceParameters(landscape: Landscape): Float32Array<ArrayBuffer> {
  const values = new Float32Array(16);
  values.set(landscape.parameters);
  return values;
}
