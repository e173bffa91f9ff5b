import { hash, STREAM } from './random.ts';

/**
 * Resamples of n with replacement: how often each of the n is drawn. The same array is filled anew for each; resample b of a
 * seed is always the same one, whatever was drawn before.
 *
 * Source: B. Efron, "Bootstrap methods: another look at the jackknife", Ann. Statist. 7, 1979.
 */
export function* resamples(n: number, count: number, seed: number): Generator<Uint32Array> {
  const drawn = new Uint32Array(n);
  const bits = new Uint32Array(4);
  for (let b = 0; b < count; b += 1) {
    drawn.fill(0);
    for (let k = 0; k < n; k += 1) {
      if (k % 4 === 0) {
        hash(seed, STREAM.resamples, b, k, bits);
      }
      drawn[Math.floor((bits[k % 4] * n) / 2 ** 32)] += 1;
    }
    yield drawn;
  }
}
