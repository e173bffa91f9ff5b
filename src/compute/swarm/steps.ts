import { tailOf } from '../../descent/conditioning/noise.ts';
import type { Domain } from '../../landscape/surface.ts';
import type { Landscape, Settings, SwarmPlan } from '../contract.ts';
import type { Optimizer } from '../../descent/optimizer.ts';

/** Updates that one dispatch can do: rows of the table in descend.wgsl. More gain nothing and lengthen a dispatch. */
export const MAX_UPDATES = 64;

/** Words of `Params` in descend.wgsl before `limits`, before `rules` and before `hyper`. */
const LIMITS_AT = 8;
const RULES_AT = 12;
const HEAD_WORDS = 24;

/** A limit that nothing reaches: float32's largest. */
const NO_LIMIT = 3.4028234663852886e38;

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

  readonly #domain: Domain;

  /** @param capacity particles that the state buffers hold room for, a multiple of four */
  constructor({ optimizer, landscape, seed }: SwarmPlan, capacity: number) {
    const hyperWords = Math.max(4, Math.ceil(Object.keys(optimizer.constants).length / 4) * 4);
    this.#optimizer = optimizer;
    this.#rows = HEAD_WORDS + hyperWords;
    this.bytes = new ArrayBuffer((this.#rows + 4 * MAX_UPDATES) * 4);
    this.#words = new Uint32Array(this.bytes);
    this.#floats = new Float32Array(this.bytes);
    this.#words[4] = capacity;
    this.#words[6] = seed;
    this.#domain = landscape.domain;
  }

  set(settings: Settings): void {
    const { clip, noise, ema, recover, stop, bounded } = settings;
    const limit = <L extends { readonly kind: string; readonly limit: number }>(
      choice: L | null,
      kind: L['kind'],
      none: number,
    ): number => (choice?.kind === kind ? choice.limit : none);
    const [xmin, xmax, ymin, ymax] = bounded ? this.#domain : [-NO_LIMIT, NO_LIMIT, -NO_LIMIT, NO_LIMIT];
    this.#floats.set(
      [limit(clip, 'norm', NO_LIMIT), limit(clip, 'value', NO_LIMIT), limit(clip, 'normalize', 0), noise?.sigma ?? 0],
      LIMITS_AT,
    );
    this.#floats.set(
      [ema ?? 0, 1 - (ema ?? 0), recover ?? -1, limit(stop, 'gradient', 0), limit(stop, 'plateau', NO_LIMIT)],
      RULES_AT,
    );
    this.#floats[RULES_AT + 5] = noise ? tailOf(noise) : 0;
    this.#floats.set([xmin, ymin, xmax, ymax], RULES_AT + 8);
    let at = HEAD_WORDS;
    for (const key in this.#optimizer.constants) {
      this.#floats[at] = this.#optimizer.constants[key](settings.hyper);
      at += 1;
    }
  }

  /**
   * Fills the table for `updates` updates of a cohort from the run's update `step` on.
   * @param width floats an update: 1, 2 or 4
   */
  fill(cohort: Cohort, step: number, updates: number, settings: Settings, width: number): void {
    this.#words[0] = cohort.first;
    this.#words[1] = cohort.end;
    this.#words[2] = updates;
    this.#words[3] = step;
    this.#words[5] = cohort.birth;
    const { coefficients } = this.#optimizer;
    for (let k = 0; k < updates; k += 1) {
      const lr = settings.rate(step + k);
      let at = this.#rows + width * k;
      for (const key in coefficients) {
        this.#floats[at] = coefficients[key](settings.hyper, step + k - cohort.birth + 1, lr);
        at += 1;
      }
    }
  }
}

/** The landscape's parameters as the uniform `surfaceParameters: array<vec4f, 4>`. */
export function surfaceParameters(landscape: Landscape): Float32Array<ArrayBuffer> {
  const values = new Float32Array(16);
  values.set(landscape.parameters);
  return values;
}
