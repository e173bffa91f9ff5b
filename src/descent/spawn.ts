import { gaussianPair, hash, STREAM, uniform } from '../math/random.ts';

/**
 * Where particles start: how many and by which rule; `points` gives the places (and the number) of the rule of that
 * name.
 */
export interface Spawn {
  readonly count: number;
  readonly spawn: 'uniform' | 'gaussian' | 'grid' | 'points';
  readonly points: readonly (readonly [number, number])[];
}

/** [xmin, xmax, ymin, ymax] */
type Box = readonly [number, number, number, number];

/** Places `count` particles in the box, x and y pairs. */
type Rule = (count: number, box: Box, seed: number) => Float64Array;

/** σ of the gaussian in units of the box's width, each axis its own. */
const SIGMA = 1 / 8;

const rules: Readonly<Record<Exclude<Spawn['spawn'], 'points'>, Rule>> = {
  uniform(count, [xmin, xmax, ymin, ymax], seed) {
    const places = new Float64Array(2 * count);
    const bits = new Uint32Array(4);
    for (let i = 0; i < count; i += 1) {
      hash(seed, STREAM.starts, i, 0, bits);
      places[2 * i] = xmin + uniform(bits[0]) * (xmax - xmin);
      places[2 * i + 1] = ymin + uniform(bits[1]) * (ymax - ymin);
    }
    return places;
  },

  gaussian(count, [xmin, xmax, ymin, ymax], seed) {
    const places = new Float64Array(2 * count);
    const bits = new Uint32Array(4);
    const deviate = new Float64Array(2);
    const edge = 0.5 / SIGMA;
    for (let i = 0; i < count; i += 1) {
      // The few beyond the edge, at 4σ, are drawn again.
      let attempt = 0;
      do {
        hash(seed, STREAM.starts, i, attempt, bits);
        gaussianPair(bits[0], bits[1], deviate);
        attempt += 1;
      } while (Math.abs(deviate[0]) > edge || Math.abs(deviate[1]) > edge);
      places[2 * i] = (xmin + xmax) / 2 + deviate[0] * SIGMA * (xmax - xmin);
      places[2 * i + 1] = (ymin + ymax) / 2 + deviate[1] * SIGMA * (ymax - ymin);
    }
    return places;
  },

  grid(count, [xmin, xmax, ymin, ymax]) {
    const places = new Float64Array(2 * count);
    const columns = Math.ceil(Math.sqrt(count));
    const rows = Math.ceil(count / columns);
    const share = (k: number, of: number) => (of > 1 ? k / (of - 1) : 0.5);
    for (let i = 0; i < count; i += 1) {
      places[2 * i] = xmin + share(i % columns, columns) * (xmax - xmin);
      places[2 * i + 1] = ymin + share(Math.floor(i / columns), rows) * (ymax - ymin);
    }
    return places;
  },
};

/**
 * The places where particles start: x0, y0, x1, …
 *
 * - uniform: evenly at random in the domain; gaussian: about its centre, σ an eighth of its width, none outside of it
 * - grid: ⌈√N⌉ columns, row by row from the lower left corner, x fastest, evenly from edge to edge with the corners
 *   included; the last row may be unfinished; a single row or column lies in the middle
 * - points: as given
 *
 * Those of a rule are rounded to float32, so that both devices start at the same ones. Particle i's depends on the seed
 * (0 … 2³² − 1), the domain [xmin, xmax, ymin, ymax] and i, and for the grid on N.
 */
export function spawnStarts({ count, spawn, points }: Spawn, domain: Box, seed: number): Float64Array {
  return spawn === 'points' ? Float64Array.from(points.flat()) : rules[spawn](count, domain, seed).map(Math.fround);
}
