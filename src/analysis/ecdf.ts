import { atOnce } from '../math/at-once.ts';
import { percentileInterval } from '../math/intervals.ts';
import { resamples } from '../math/resample.ts';

/**
 * When starts reach targets, as an empirical distribution: the share of all (start, target) pairs that were reached within so many
 * gradient evaluations, at each of some numbers of evaluations. It yields between targets; `reachedShares` does it all at once.
 *
 * Source: N. Hansen et al., "COCO: performance assessment", 2016, section 4.2 (runtime distributions over several targets).
 * @param evaluations of each pair, in any order, Infinity where the target was never reached; a race gives them as
 * `seen.evaluations[target]`, one or several targets
 * @param at ascending
 * @returns shares, 0 … 1
 */
export function* reaching(evaluations: readonly ArrayLike<number>[], at: readonly number[]): Generator<void, number[]> {
  const reached = new Float64Array(at.length + 1);
  let pairs = 0;
  for (const row of evaluations) {
    for (const place of placesOf(row, at)) {
      reached[place] += 1;
    }
    pairs += row.length;
    yield;
  }
  let sum = 0;
  return at.map((_, place) => {
    sum += reached[place];
    return pairs > 0 ? sum / pairs : 0;
  });
}

/** All that `reaching` finds, at once. */
export function reachedShares(...asked: Parameters<typeof reaching>): number[] {
  return atOnce(reaching(...asked));
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
 * that what one start does to several targets counts as the one observation that it is. All lanes of a race are resampled alike. It
 * yields between resamples and between places, so that a page can stay alive; `reachedBand` does it all at once.
 *
 * Source: B. Efron, "Nonparametric standard errors and confidence intervals", Canad. J. Statist. 9, 1981 (percentile method).
 * @param evaluations for each target, of each start
 * @param at ascending
 */
export function* banding(
  evaluations: readonly ArrayLike<number>[],
  at: readonly number[],
  seed: number,
  count = RESAMPLES,
): Generator<void, ShareBand> {
  const starts = evaluations[0]?.length ?? 0;
  const places: Uint32Array[] = [];
  for (const row of evaluations) {
    places.push(placesOf(row, at));
    yield;
  }
  const shares = at.map(() => new Float64Array(count));
  const reached = new Float64Array(at.length + 1);
  let b = 0;
  for (const drawn of resamples(starts, count, seed)) {
    reached.fill(0);
    for (const row of places) {
      for (let start = 0; start < starts; start += 1) {
        reached[row[start]] += drawn[start];
      }
    }
    let sum = 0;
    for (let place = 0; place < at.length; place += 1) {
      sum += reached[place];
      shares[place][b] = sum / (starts * evaluations.length);
    }
    b += 1;
    yield;
  }
  const band: ShareBand = { low: [], high: [] };
  for (const values of shares) {
    const [low, high] = starts > 0 ? percentileInterval(values) : [0, 0];
    band.low.push(low);
    band.high.push(high);
    yield;
  }
  return band;
}

/** The first place by which a target was reached, start by start; their number: not by any. */
const placesOf = (row: ArrayLike<number>, at: readonly number[]): Uint32Array =>
  Uint32Array.from(row, (value) => firstAtLeast(at, value));

/** Index of the first of ascending values that is not below `value`; their number where all are. */
function firstAtLeast(values: readonly number[], value: number): number {
  let [low, high] = [-1, values.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (values[middle] < value) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return high;
}

/** All that `banding` finds, at once. */
export function reachedBand(...asked: Parameters<typeof banding>): ShareBand {
  return atOnce(banding(...asked));
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
