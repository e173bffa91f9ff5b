/** What the true value is between, with confidence LEVEL; an end may be Infinity. */
export type Interval = readonly [low: number, high: number];

/** A number that was found from a sample, and how far it is to be trusted. */
export interface Estimate {
  readonly value: number;
  readonly interval: Interval;
}

/** Confidence of all intervals. */
export const LEVEL = 0.95;

/** The two-sided standard normal quantile of LEVEL. */
const Z = 1.959963984540054;

/**
 * A share of so many, with Wilson's interval, which is right for shares near 0 and 1 too.
 *
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927.
 * @param count at least 1
 */
export function shareOf(successes: number, count: number): Estimate {
  const share = successes / count;
  const weight = (Z * Z) / count;
  const middle = (share + weight / 2) / (1 + weight);
  const half = ((Z / (1 + weight)) * Math.sqrt(share * (1 - share) * count + (Z * Z) / 4)) / count;
  // At the ends the exact bound is the share itself; rounding would miss it.
  return {
    value: share,
    interval: [successes === 0 ? 0 : Math.max(0, middle - half), successes === count ? 1 : Math.min(1, middle + half)],
  };
}

/** Factorials whose logarithm is summed; of larger ones Stirling's series is exact to rounding. */
const SUMMED = 16;

/** log n!. Source: DLMF 5.11.1. */
function logFactorial(n: number): number {
  if (n < SUMMED) {
    return Array.from({ length: n }, (_, k) => Math.log(k + 1)).reduce((sum, log) => sum + log, 0);
  }
  const series = 1 / (12 * n) - 1 / (360 * n ** 3) + 1 / (1260 * n ** 5) - 1 / (1680 * n ** 7);
  return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + series;
}

/** The sum of a binomial's probabilities from m on, in the direction in which they fall. */
function tail(n: number, p: number, m: number, direction: 1 | -1): number {
  let term = 1;
  let sum = 1;
  for (let j = m; term > 1e-17 * sum && j + direction >= 0 && j + direction <= n; j += direction) {
    term *= direction > 0 ? ((n - j) / (j + 1)) * (p / (1 - p)) : (j / (n - j + 1)) * ((1 - p) / p);
    sum += term;
  }
  const ways = logFactorial(n) - logFactorial(m) - logFactorial(n - m);
  return sum * Math.exp(ways + m * Math.log(p) + (n - m) * Math.log1p(-p));
}

/** The probability of at least m successes in n trials that each succeed with probability p. */
export function binomialAtLeast(n: number, p: number, m: number): number {
  if (m <= 0 || p >= 1) {
    return m <= n ? 1 : 0;
  }
  if (m > n || p <= 0) {
    return 0;
  }
  return m > n * p ? tail(n, p, m, 1) : 1 - tail(n, p, m - 1, -1);
}

/**
 * The value of rank floor(q·(n - 1)) with its bootstrap percentile interval, not from random resamples but in the limit of
 * infinitely many: a resample's value of that rank is at most the k-th of the sample with the probability that at least
 * rank + 1 of n draws fall on the first k.
 *
 * Source: B. Efron, "Bootstrap methods: another look at the jackknife", Ann. Statist. 7, 1979, section 3; J. S. Maritz and
 * R. G. Jarrett, "A note on estimating the variance of the sample median", JASA 73, 1978.
 * @param sorted ascending, at least one; Infinity is a value like any other
 */
export function quantileOf(sorted: ArrayLike<number>, q: number): Estimate {
  const n = sorted.length;
  const rank = Math.floor(q * (n - 1));
  const end = (probability: number): number => {
    let [below, at] = [0, n];
    while (at - below > 1) {
      const k = (below + at) >> 1;
      if (binomialAtLeast(n, k / n, rank + 1) >= probability) {
        at = k;
      } else {
        below = k;
      }
    }
    return sorted[at - 1];
  };
  return { value: sorted[rank], interval: [end((1 - LEVEL) / 2), end((1 + LEVEL) / 2)] };
}

/**
 * The percentile interval of a statistic from its values on resamples, which are sorted on the way.
 *
 * Source: B. Efron, "Nonparametric standard errors and confidence intervals", Canad. J. Statist. 9, 1981, section 2.
 */
export function percentileInterval(values: Float64Array): Interval {
  values.sort();
  const at = (p: number): number => values[Math.max(0, Math.ceil(p * values.length) - 1)];
  return [at((1 - LEVEL) / 2), at((1 + LEVEL) / 2)];
}
