import type { Landscape } from '../../compute/contract.ts';
import { type EvaluateEntry, evaluateOnGpu } from '../../compute/swarm/evaluate.ts';
import { type Check, checkOf, FLOAT32_TINY, FLOAT32_UNIT } from './check.ts';

/**
 * The rounding analysis is of first order and takes each library function at its stated accuracy, so that a right kernel
 * stays within 1; the rest of the bound leaves room for products of errors and for a division or a root that a driver
 * rounds by its own allowance of 2.5 ulp instead of the usual half.
 */
const BOUND = 2;

/** A quantity of three numbers that the GPU computes, the same in float64, and the analysis's bounds of them. */
interface Quantity {
  readonly entry: EvaluateEntry;
  readonly exact: (landscape: Landscape, x: number, y: number, out: Float64Array) => void;
  readonly bounds: (landscape: Landscape, x: number, y: number, out: Float64Array) => void;
}

/** Quantities by the kind of their check. */
const QUANTITIES = {
  gradient: {
    entry: 'evaluate',
    exact({ formula, parameters }, x, y, out) {
      const slopes = out.subarray(1);
      out[0] = formula.gradient(x, y, parameters, slopes);
    },
    bounds: ({ formula, parameters }, x, y, out) => formula.rounding(x, y, parameters, out),
  },
  hessian: {
    entry: 'curve',
    exact: ({ formula, parameters }, x, y, out) => formula.hessian(x, y, parameters, out),
    bounds: ({ formula, parameters }, x, y, out) => formula.hessianRounding(x, y, parameters, out),
  },
} satisfies Readonly<Record<string, Quantity>>;

/** Worst error of a quantity, in units of 2⁻²⁴ times the analysis's bound. */
async function worstOf(
  device: GPUDevice,
  { entry, exact, bounds }: Quantity,
  landscape: Landscape,
  points: Float64Array,
): Promise<number> {
  const values = await evaluateOnGpu(device, landscape, Float32Array.from(points), entry);
  const expected = new Float64Array(3);
  const sizes = new Float64Array(3);
  let worst = 0;
  for (let i = 0; i < points.length / 2; i++) {
    const [x, y] = points.subarray(2 * i, 2 * i + 2);
    exact(landscape, x, y, expected);
    bounds(landscape, x, y, sizes);
    for (const k of sizes.keys()) {
      const error = Math.abs(values[4 * i + k] - expected[k]);
      // Math.max gives NaN for a NaN among its arguments, which no bound lets pass.
      worst = Math.max(worst, error / (FLOAT32_UNIT * sizes[k] + FLOAT32_TINY));
    }
  }
  return worst;
}

/**
 * Float32 value and gradient, or Hessian, of the GPU against the float64 reference, in units of 2⁻²⁴ times the analysis's
 * bound (for a sum, the sum of its terms' sizes).
 * @param landscapes a surface with several values of its parameters, all exact in float32
 * @param points x, y pairs, likewise
 */
export async function checkRounding(
  device: GPUDevice,
  kind: keyof typeof QUANTITIES,
  id: string,
  landscapes: readonly Landscape[],
  points: Float64Array,
): Promise<Check> {
  const worst = await Promise.all(landscapes.map((landscape) => worstOf(device, QUANTITIES[kind], landscape, points)));
  return checkOf(kind, id, Math.max(...worst), BOUND);
}
