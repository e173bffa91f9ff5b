import { niceTicks } from '../../view/ticks.ts';
import type { Axis } from './chart.ts';

/** Where values lie along an axis of a drawn chart, in pixels. */
export interface Scale {
  at(value: number): number;
  /** The value at a pixel. */
  value(at: number): number;
  readonly ticks: readonly number[];
}

/**
 * Values of an axis as pixels.
 * @param from pixel of the range's low end, `to` that of its high end
 * @param room pixels that a label takes along the axis, with some air
 */
export function scaleOf(
  axis: Axis,
  [low, high]: readonly [number, number],
  from: number,
  to: number,
  room: number,
): Scale {
  const [a, b] = axis.log ? [Math.log10(low), Math.log10(high)] : [low, high];
  const share = (value: number): number => ((axis.log ? Math.log10(value) : value) - a) / (b - a);
  const count = Math.max(1, Math.floor(Math.abs(to - from) / room));
  return {
    // What lies below a logarithmic axis, zero above all, lies on its floor.
    at: (value) => from + (to - from) * (axis.log && !(value > low) ? 0 : share(value)),
    value: (at) => {
      const between = a + ((at - from) / (to - from)) * (b - a);
      return axis.log ? 10 ** between : between;
    },
    ticks:
      axis.ticks && axis.ticks.length <= count + 1
        ? axis.ticks
        : axis.log
          ? decades(low, high, count)
          : niceTicks(low, high, count),
  };
}

/** Round numbers on a logarithmic axis, about `count` of them: 1, 2, 5 of each decade, 1 and 3, or every so many decades. */
function decades(low: number, high: number, count: number): number[] {
  const from = Math.floor(Math.log10(low) + 1e-9);
  const to = Math.ceil(Math.log10(high) - 1e-9);
  const within = (value: number): boolean => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
  const powers = Array.from({ length: to - from + 1 }, (_, k) => from + k);
  for (const factors of [
    [1, 2, 5],
    [1, 3],
  ]) {
    if (factors.length * (to - from) <= count) {
      return powers.flatMap((power) => factors.map((factor) => Number(`${factor}e${power}`))).filter(within);
    }
  }
  const every = Math.max(1, Math.ceil((to - from) / count));
  return powers
    .filter((power) => power % every === 0)
    .map((power) => Number(`1e${power}`))
    .filter(within);
}
