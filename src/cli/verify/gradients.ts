import type { Landscape } from '../../compute/contract.ts';
import { evaluateOnGpu } from '../../compute/swarm/evaluate.ts';
import { type Check, checkOf, FLOAT32_TINY, FLOAT32_UNIT } from './check.ts';

/**
 * The rounding analysis is of first order and takes each library function at its stated accuracy, so that a right kernel
 * stays within 1; the rest of the bound leaves room for products of errors and for a division or a root that a driver
 * rounds by its own allowance of 2.5 ulp instead of the usual half.
 */
const BOUND = 2;

/** Worst error of value and gradient, in units of 2⁻²⁴ times the analysis's bound. */
async function worstOf(device: GPUDevice, landscape: Landscape, points: Float64Array): Promise<number> {
  const { formula, parameters } = landscape;
  const values = await evaluateOnGpu(device, landscape, Float32Array.from(points));
  const gradient = new Float64Array(2);
  const sizes = new Float64Array(3);
  let worst = 0;
  for (let i = 0; i < points.length / 2; i++) {
    const [x, y] = points.subarray(2 * i, 2 * i + 2);
    const value = formula.gradient(x, y, parameters, gradient);
    formula.rounding(x, y, parameters, sizes);
    for (const [k, expected] of [value, ...gradient].entries()) {
      const error = Math.abs(values[4 * i + k] - expected);
      // Math.max gives NaN for a NaN among its arguments, which no bound lets pass.
      worst = Math.max(worst, error / (FLOAT32_UNIT * sizes[k] + FLOAT32_TINY));
    }
  }
  return worst;
}

/**
 * Float32 value and gradient of the GPU against the float64 reference, in units of 2⁻²⁴ times the analysis's bound
 * (for a sum, the sum of its terms' sizes).
 * @param landscapes a surface with several values of its parameters, all exact in float32
 * @param points x, y pairs, likewise
 */
export async function checkGradients(
  device: GPUDevice,
  id: string,
  landscapes: readonly Landscape[],
  points: Float64Array,
): Promise<Check> {
  const worst = await Promise.all(landscapes.map((landscape) => worstOf(device, landscape, points)));
  return checkOf('gradient', id, Math.max(...worst), BOUND);
}
