import { selectRank } from './statistics.ts';

/** The value of rank floor(q·(n − 1)); NaN of none. There must be no NaN among them. */
export function quantile(values: ArrayLike<number>, q: number): number {
  const { length } = values;
  return length === 0 ? Number.NaN : selectRank(Float64Array.from(values), length, Math.floor(q * (length - 1)));
}

export const median = (values: ArrayLike<number>): number => quantile(values, 0.5);

/** Median absolute deviation from the median. */
export function deviation(values: ArrayLike<number>): number {
  const middle = median(values);
  return median(Array.from(values, (value) => Math.abs(value - middle)));
}

/** A line through points. */
export interface Line {
  readonly slope: number;
  /** The median absolute deviation from the line. */
  readonly scatter: number;
}

/** Points that a line is fitted to at most: of more, evenly spread ones. */
const FITTED = 40;

/**
 * The line of Theil and Sen through (x, y): the median of the slopes of all pairs, which up to 29 % outliers do not move.
 * Source: P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", 1968.
 */
export function robustLine(x: ArrayLike<number>, y: ArrayLike<number>): Line {
  const stride = Math.max(1, (x.length - 1) / (FITTED - 1));
  const picks: number[] = [];
  for (let at = 0; Math.round(at) < x.length; at += stride) {
    picks.push(Math.round(at));
  }
  const slopes = new Float64Array((picks.length * (picks.length - 1)) / 2);
  let pairs = 0;
  for (const [b, j] of picks.entries()) {
    for (let a = 0; a < b; a += 1) {
      if (x[j] > x[picks[a]]) {
        slopes[pairs] = (y[j] - y[picks[a]]) / (x[j] - x[picks[a]]);
        pairs += 1;
      }
    }
  }
  if (pairs === 0) {
    return { slope: 0, scatter: 0 };
  }
  const slope = selectRank(slopes, pairs, (pairs - 1) >> 1);
  return { slope, scatter: deviation(picks.map((i) => y[i] - slope * x[i])) };
}
