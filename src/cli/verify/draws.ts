import { hash, uniform } from '../../math/random.ts';

/** Stream of the random numbers that checks draw: apart from those of runs. */
const STREAM_OF_CHECKS = 0x7e57;

/** A sequence of random numbers that is the same each time. */
export class Draws {
  #index = 0;
  readonly #bits = new Uint32Array(4);

  /** @param seed different sequences have different ones */
  constructor(private readonly seed: number) {}

  /** Evenly in [0, 1), exact in float32. */
  next(): number {
    hash(this.seed, STREAM_OF_CHECKS, this.#index++, 0, this.#bits);
    return uniform(this.#bits[0]);
  }

  /** A size between 10⁻³ and 10³, evenly in its logarithm. */
  size(): number {
    return 10 ** (6 * this.next() - 3);
  }

  /** -1 or 1. */
  sign(): number {
    return this.next() < 0.5 ? -1 : 1;
  }
}
