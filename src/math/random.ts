/**
 * Counter-based random numbers: a pure function of four 32-bit keys (seed, stream, particle, step), never of time,
 * order or frame.
 *
 * Source: M. Jarzynski and M. Olano, "Hash Functions for GPU Rendering", JCGT 9(3), 2020: pcg4d.
 */

/** What random numbers are for: different streams of one seed have nothing in common. */
export const STREAM = { starts: 0, resamples: 1, noise: 0x100 } as const;

const MULTIPLIER = 1664525;
const INCREMENT = 1013904223;
const TWO_TO_MINUS_24 = 2 ** -24;

/**
 * Writes four independent 32-bit hashes (unsigned) of the four keys (each taken modulo 2³²) into `out`.
 */
export function hash(seed: number, stream: number, particle: number, step: number, out: Uint32Array): void {
  let a = Math.imul(seed, MULTIPLIER) + INCREMENT;
  let b = Math.imul(stream, MULTIPLIER) + INCREMENT;
  let c = Math.imul(particle, MULTIPLIER) + INCREMENT;
  let d = Math.imul(step, MULTIPLIER) + INCREMENT;
  for (let round = 0; round < 2; round += 1) {
    a = (a + Math.imul(b, d)) >>> 0;
    b = (b + Math.imul(c, a)) >>> 0;
    c = (c + Math.imul(a, b)) >>> 0;
    d = (d + Math.imul(b, c)) >>> 0;
    if (round === 0) {
      a ^= a >>> 16;
      b ^= b >>> 16;
      c ^= c >>> 16;
      d ^= d >>> 16;
    }
  }
  out[0] = a;
  out[1] = b;
  out[2] = c;
  out[3] = d;
}

/** A hash as a number in [0, 1), a multiple of 2⁻²⁴, so that float32 holds it exactly. */
export function uniform(bits: number): number {
  return (bits >>> 8) * TWO_TO_MINUS_24;
}

/**
 * Writes two independent standard normal numbers made from two hashes into `out` (Box–Muller). With 24 bits the
 * farthest is at 5.8. In float32 on a GPU the same to a few 2⁻¹¹, since sin and cos promise no more.
 */
export function gaussianPair(bitsA: number, bitsB: number, out: Float64Array): void {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform(bitsA)));
  const angle = 2 * Math.PI * uniform(bitsB) - Math.PI;
  out[0] = radius * Math.cos(angle);
  out[1] = radius * Math.sin(angle);
}
