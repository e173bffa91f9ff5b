/** How far a number may lie from the expected one, and why it may. */
export interface Tolerance {
  /** Of the expected value's size. */
  readonly rel: number;
  readonly abs: number;
  readonly why: string;
}

/** Every tolerance of the tests, by what it bounds. */
export const TOLERANCE = {
  /** The float64 reference against golden data made by another program in float64. */
  reference: {
    rel: 1e-9,
    abs: 1e-12,
    why: 'both are float64, but sum and differentiate in another order over up to a few hundred updates',
  },
  /** A closed form against the golden points, which were computed to 50 digits. */
  golden: {
    rel: 1e-12,
    abs: 1e-12,
    why: 'a few dozen float64 roundings of 2^-53 each, with some cancellation between terms',
  },
  /** A derivative against a central difference with step 6e-6·max(1, |x|). */
  difference: {
    rel: 1e-7,
    abs: 1e-6,
    why: 'a central difference errs by h²·f‴/6 + 2^-53·|f|/h, each about 1e-10 of the terms at this step',
  },
  /** A line of steepest descent against the curve of theory, in widths of the domain. */
  streamline: {
    rel: 0,
    abs: 1e-4,
    why: 'fourth-order steps that turn by 0.2 at most: a tenth of a pixel in a picture of a thousand',
  },
  /** What float32 can hold of a float64 number. */
  float32: { rel: 2 ** -23, abs: 1e-38, why: 'one rounding to float32 and its conversion back' },
} as const satisfies Record<string, Tolerance>;

/** |actual − expected| in units of what the tolerance allows: at most 1 passes. NaN agrees with NaN, an infinity with itself. */
export const excess = (actual: number, expected: number, { rel, abs }: Tolerance): number => {
  if (Object.is(actual, expected)) return 0;
  if (!Number.isFinite(actual) || !Number.isFinite(expected)) return actual === expected ? 0 : Number.POSITIVE_INFINITY;
  return Math.abs(actual - expected) / (abs + rel * Math.abs(expected));
};

/** Throws, with both numbers and the reason of the tolerance, unless `actual` is near `expected`. */
export const expectNear = (actual: number, expected: number, tolerance: Tolerance, what: string): void => {
  const times = excess(actual, expected, tolerance);
  if (times <= 1) return;
  throw new Error(
    `${what}: got ${actual}, expected ${expected}, ${times.toPrecision(3)} times the tolerance (${tolerance.why}).`,
  );
};
