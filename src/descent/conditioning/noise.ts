import { hash, STREAM, uniform } from '../../math/random.ts';

/** Noise on gradients: σ times a standard normal, or Student's t of ν degrees of freedom, whose tails are heavy. */
export interface Noise {
  readonly kind: 'gaussian' | 'student';
  readonly sigma: number;
  /** Degrees of freedom; of no effect for `gaussian`. */
  readonly nu: number;
}

/** What a particle's random numbers are keyed by, beside the seed: not by lane, so that a race is fair. */
export interface NoiseKey {
  readonly seed: number;
  readonly particle: number;
  readonly step: number;
  /** Which of the gradients that one update asks for, 0 first. */
  readonly ask: number;
}

const bits = new Uint32Array(4);

/**
 * 2/ν, which is 0 for a normal: the radius of a pair is √((e^{τℓ} - 1)·2/τ) with ℓ = -log u, and √(2ℓ) in the limit.
 */
export const tailOf = ({ kind, nu }: Noise): number => (kind === 'student' ? 2 / nu : 0);

/**
 * Adds noise to a gradient in place: both entries from one radius and one angle, so that all directions are alike (for
 * `student` the bivariate t distribution).
 * Source: R. W. Bailey, "Polar generation of random variates with the t-distribution", Math. Comp. 62, 1994; Box and Muller.
 */
export function addNoise(g: Float64Array, noise: Noise, { seed, particle, step, ask }: NoiseKey): void {
  hash(seed, STREAM.noise + ask, particle, step, bits);
  const tail = tailOf(noise);
  const log = -Math.log(1 - uniform(bits[0]));
  const square = tail > 0 ? (2 * Math.expm1(tail * log)) / tail : 2 * log;
  const radius = noise.sigma * Math.sqrt(square);
  const angle = 2 * Math.PI * uniform(bits[1]);
  g[0] += radius * Math.cos(angle);
  g[1] += radius * Math.sin(angle);
}
