import { DIVERGED_BEYOND, type Particles } from '../contract.ts';

/** What was read back of a swarm, in float32: positions and averages x, y; values f and its gradient, four numbers each; exits. */
interface ReadBack {
  readonly positions: ArrayBuffer;
  readonly averages: ArrayBuffer | null;
  readonly values: ArrayBuffer;
  readonly exits: ArrayBuffer;
}

/** The first `count` particles as a swarm hands them out. */
export function particlesOf(count: number, { positions, averages, values, exits }: ReadBack): Particles {
  const places = Float64Array.from(new Float32Array(positions));
  const results = new Float32Array(values);
  const left = new Float32Array(exits);
  const inRange = (v: number) => Math.abs(v) <= DIVERGED_BEYOND;
  return {
    positions: places,
    losses: Float64Array.from({ length: count }, (_, i) => results[4 * i]),
    averages: averages && Float64Array.from(new Float32Array(averages)),
    diverged: Int32Array.from({ length: count }, (_, i) =>
      inRange(places[2 * i]) && inRange(places[2 * i + 1]) ? -1 : left[4 * i + 2],
    ),
  };
}
