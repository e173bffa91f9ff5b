import type { Surroundings } from './optimizer.ts';

/** Sufficient decrease: this share of what the slope at the start promises. */
const DECREASE = 1e-4;

/** Changes of the loss below this share of it, in unit roundoffs, are rounding and tell nothing. */
const ROUNDING = 8;

/** Places that are tried. */
const TRIALS = 30;

/** Gradients that a search takes at least: where it begins, and one place that is tried. */
export const LEAST_ASKED = 2;

/** What a search found. */
export interface Step {
  /** Length along the direction; 0 where nothing is lower. */
  length: number;
  /** Gradients that it took. */
  asked: number;
}

/**
 * A step along -d that satisfies the strong Wolfe conditions: the loss falls by its share of what the slope promises, and
 * the slope there is at most `flatter` of that at the start in size. It is bracketed by doubling and found by bisection; where
 * the loss is too flat for its own digits, the slope alone decides.
 *
 * Source: J. Nocedal and S. Wright, "Numerical Optimization", 2nd ed., 2006, equation (3.7); the bisection of A. S. Lewis and
 * M. L. Overton, "Nonsmooth optimization via quasi-Newton methods", Mathematical Programming 141, 2013, algorithm 2.6; for
 * the flat end W. W. Hager and H. Zhang, "A new conjugate gradient method with guaranteed descent
 * and an efficient line search", SIAM J. Optimization 16(1), 2005, equation (4.1).
 * @param first length tried first
 * @param g the gradient at (x, y); scratch for the gradients on the way
 */
export function lineSearch(
  [x, y]: readonly [number, number],
  [dx, dy]: readonly [number, number],
  { first, flatter }: { readonly first: number; readonly flatter: number },
  g: Float64Array,
  around: Surroundings,
): Step {
  const slope = dx * g[0] + dy * g[1];
  const loss = around.gradient(x, y, g);
  let [low, high] = [0, Number.POSITIVE_INFINITY];
  let length = first;
  for (let asked = 2; asked <= TRIALS + 1; asked += 1) {
    const there = around.gradient(x - length * dx, y - length * dy, g);
    const flat = Math.abs(there - loss) <= ROUNDING * around.unit * Math.abs(loss);
    const slopeThere = dx * g[0] + dy * g[1];
    // A slope that is no number tells of a place beyond the formula's own.
    const falls = !Number.isNaN(slopeThere) && (there <= loss - DECREASE * length * slope || (flat && slopeThere >= (2 * DECREASE - 1) * slope));
    if (!falls || slopeThere < -flatter * slope) {
      high = length;
    } else if (slopeThere > flatter * slope) {
      low = length;
    } else {
      return { length, asked };
    }
    length = high < Number.POSITIVE_INFINITY ? (low + high) / 2 : 2 * length;
  }
  return { length: low, asked: TRIALS + 1 };
}
