import type { Landscape } from '../../compute/contract.ts';
import type { Surface } from '../../landscape/surface.ts';
import { type Check, checkOf, FLOAT64_UNIT } from './check.ts';

/** Step of the central differences, relative to the place: near the cube root of float64's unit roundoff. */
const STEP = 6e-6;

/**
 * A difference is off by its truncation and by the rounding of the two values; the first is measured by halving the
 * step, the second follows from the sizes of the terms. Both are allowed twice, since each is an estimate.
 */
const DIFFERENCE_BOUND = 2;

/** The stored facts agree with 50-digit arithmetic; float64 with cancelling terms keeps nine of its digits at least. */
const FACT_BOUND = 1e-9;

/** A function of the place that a difference is taken of, and what its slope should be. */
interface Slope {
  readonly value: (x: number, y: number) => number;
  readonly slope: (x: number, y: number) => number;
  readonly along: 'x' | 'y';
  /** Sizes of the value's terms, for its rounding. */
  readonly size: (x: number, y: number) => number;
}

function slopesOf({ formula, parameters }: Landscape): Slope[] {
  const gradient = new Float64Array(2);
  const hessian = new Float64Array(3);
  const sizes = new Float64Array(3);
  const gradientAt = (k: number) => (x: number, y: number) => {
    formula.gradient(x, y, parameters, gradient);
    return gradient[k];
  };
  const hessianAt = (k: number) => (x: number, y: number) => {
    formula.hessian(x, y, parameters, hessian);
    return hessian[k];
  };
  const sizeAt = (k: number) => (x: number, y: number) => {
    formula.rounding(x, y, parameters, sizes);
    return sizes[k];
  };
  const value = (x: number, y: number) => formula.value(x, y, parameters);
  return [
    { value, slope: gradientAt(0), along: 'x', size: sizeAt(0) },
    { value, slope: gradientAt(1), along: 'y', size: sizeAt(0) },
    { value: gradientAt(0), slope: hessianAt(0), along: 'x', size: sizeAt(1) },
    { value: gradientAt(0), slope: hessianAt(1), along: 'y', size: sizeAt(1) },
    { value: gradientAt(1), slope: hessianAt(2), along: 'y', size: sizeAt(2) },
  ];
}

/** How far a slope is from the central difference, in units of what the difference itself may be off. */
function deviation({ value, slope, along, size }: Slope, x: number, y: number): number {
  const difference = (h: number) =>
    along === 'x'
      ? (value(x + h, y) - value(x - h, y)) / (x + h - (x - h))
      : (value(x, y + h) - value(x, y - h)) / (y + h - (y - h));
  const h = STEP * Math.max(1, Math.abs(along === 'x' ? x : y));
  const fine = difference(h);
  const truncation = Math.abs(difference(2 * h) - fine);
  const rounding = (FLOAT64_UNIT * size(x, y)) / h + FLOAT64_UNIT * Math.abs(fine);
  return Math.abs(fine - slope(x, y)) / (truncation + rounding + Number.MIN_VALUE);
}

/** Exact first and second derivatives against central differences of the closures. */
export function checkDifferences(id: string, landscape: Landscape, points: Float64Array): Check {
  let worst = 0;
  for (const slope of slopesOf(landscape)) {
    for (let i = 0; i < points.length; i += 2) {
      worst = Math.max(worst, deviation(slope, points[i], points[i + 1]));
    }
  }
  return checkOf('difference', id, worst, DIFFERENCE_BOUND);
}

/** Eigenvalues of [[xx, xy], [xy, yy]], ascending. */
function eigenvaluesOf([xx, xy, yy]: ArrayLike<number> & Iterable<number>): [number, number] {
  const middle = (xx + yy) / 2;
  const radius = Math.hypot((xx - yy) / 2, xy);
  return [middle - radius, middle + radius];
}

/**
 * The registry's stored facts against its formula: values at minima and at critical points, a gradient that vanishes
 * there, and the Hessian's eigenvalues; values relative to 1 + their size, slopes and eigenvalues to 1 + the largest
 * eigenvalue, by which the last digit of a stored place moves them.
 */
export function checkFacts({ id, minima, criticalPoints }: Surface, { formula, parameters }: Landscape): Check {
  const gradient = new Float64Array(2);
  const hessian = new Float64Array(3);
  let worst = 0;
  const compare = (actual: number, expected: number, size: number) => {
    worst = Math.max(worst, Math.abs(actual - expected) / (1 + Math.abs(size)));
  };
  for (const { x, y, value } of minima) {
    compare(formula.value(x, y, parameters), value, value);
  }
  for (const { x, y, value, eigenvalues } of criticalPoints) {
    compare(formula.gradient(x, y, parameters, gradient), value, value);
    formula.hessian(x, y, parameters, hessian);
    const found = eigenvaluesOf(hessian);
    const size = Math.max(Math.abs(eigenvalues[0]), Math.abs(eigenvalues[1]));
    for (const k of [0, 1]) {
      compare(gradient[k], 0, size);
      compare(found[k], eigenvalues[k], size);
    }
  }
  return checkOf('facts', id, worst, FACT_BOUND);
}
