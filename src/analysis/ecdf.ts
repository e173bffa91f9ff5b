import { percentileInterval } from '../math/intervals.ts';
import { resamples } from '../math/resample.ts';

/**
 * When starts reach targets, as an empirical distribution: the share of all (start, target) pairs that were reached within so many
 * gradient evaluations, at each of some numbers of evaluations.
 *
 * Source: N. Hansen et al., "COCO: performance assessment", 2016, section 4.2 (runtime distributions over several targets).
 * @param evaluations of each pair, in any order, Infinity where the target was never reached; a race gives them as
 * `seen.evaluations[target]`, one or several targets
 * @param at ascending
 * @returns shares, 0 … 1
 */
export function reachedShares(evaluations: readonly ArrayLike<number>[], at: readonly number[]): number[] {
  const all = Float64Array.from(evaluations.flatMap((row) => Array.from(row))).sort();
  let reached = 0;
  return at.map((limit) => {
    while (reached < all.length && all[reached] <= limit) {
      reached += 1;
    }
    return all.length > 0 ? reached / all.length : 0;
  });
}

/** Resamples that a band is made from: enough for its ends to a tenth of its width. */
const RESAMPLES = 400;

/** A band around a curve, pointwise. */
export interface ShareBand {
  readonly low: number[];
  readonly high: number[];
}

/**
 * Bootstrap percentile intervals of `reachedShares`, pointwise: starts are drawn with replacement, each with all its targets, so
 * that what one start does to several targets counts as the one observation that it is. All lanes of a race are resampled alike.
 *
 * Source: B. Efron, "Nonparametric standard errors and confidence intervals", Canad. J. Statist. 9, 1981 (percentile method).
 * @param evaluations for each target, of each start
 */
export function reachedBand(
  evaluations: readonly ArrayLike<number>[],
  at: readonly number[],
  seed: number,
  count = RESAMPLES,
): ShareBand {
  const starts = evaluations[0]?.length ?? 0;
  const reached = evaluations
    .flatMap((row) => Array.from(row, (value, start) => ({ value, start })))
    .filter(({ value }) => value < Infinity);
  reached.sort((a, b) => a.value - b.value);
  const values = Float64Array.from(reached, ({ value }) => value);
  const who = Uint32Array.from(reached, ({ start }) => start);
  const shares = at.map(() => new Float64Array(count));
  let b = 0;
  for (const drawn of resamples(starts, count, seed)) {
    let sum = 0;
    let k = 0;
    for (let place = 0; place < at.length; place += 1) {
      for (; k < values.length && values[k] <= at[place]; k += 1) {
        sum += drawn[who[k]];
      }
      shares[place][b] = sum / (starts * evaluations.length);
    }
    b += 1;
  }
  const intervals = shares.map((values) => (starts > 0 ? percentileInterval(values) : ([0, 0] as const)));
  return { low: intervals.map(([low]) => low), high: intervals.map(([, high]) => high) };
}

/** Whole numbers from 0 to `most`, ascending, about `count` of them evenly by their logarithm: where a distribution is looked at. */
export function logSpaced(most: number, count: number): number[] {
  const between = Array.from({ length: count }, (_, k) => Math.round(most ** (k / Math.max(1, count - 1))));
  return [...new Set([0, ...between.filter((n) => n <= most), Math.floor(most)])].sort((a, b) => a - b);
}

/**
 * Expected running time: evaluations that are spent until one start reaches the target when unlucky ones are followed by another.
 * Infinity where none does.
 *
 * Source: N. Hansen et al., "COCO: performance assessment", 2016, equation (2).
 * @param evaluations of each start to the target, Infinity where it was never reached
 * @param spent by each start in the whole race
 */
export function expectedRunningTime(evaluations: ArrayLike<number>, spent: ArrayLike<number>): number {
  let [total, successes] = [0, 0];
  for (let i = 0; i < evaluations.length; i += 1) {
    const reached = evaluations[i] < Infinity;
    total += reached ? evaluations[i] : spent[i];
    successes += reached ? 1 : 0;
  }
  return successes > 0 ? total / successes : Infinity;
}
