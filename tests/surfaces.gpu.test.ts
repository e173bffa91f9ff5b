import { describe, expect, test } from 'vitest';
import { evaluateOnGpu } from '../src/compute/swarm/evaluate.ts';
import { compileFormula } from '../src/formula/compile.ts';
import type { Surface } from '../src/landscape/surface.ts';
import { surfaces } from '../src/landscape/surfaces/index.ts';
import { testDevice } from './support/device.ts';
import { goldenSets, goldenSurface } from './support/golden-surfaces.ts';

/** Of the span of a surface's values: what the golden set grants float32, four times what it measured. */
const VALUE = 4e-6;
/** Of the largest gradient among a surface's points: the same, five times what was measured. */
const GRADIENT = 1e-5;
/** Of the largest second derivative among them. */
const HESSIAN = 2e-5;

const all: readonly Surface[] = surfaces;

describe('surfaces in float32 against 50-digit arithmetic', () => {
  test.each(all)('$id', async ({ id, formula, parameters, tables }) => {
    const names = parameters.map(({ key }) => key);
    const compiled = compileFormula(formula, { parameters: names, tables });
    const { valueRange } = goldenSurface(id);
    const device = await testDevice();
    for (const set of goldenSets(id)) {
      const numbers = Float64Array.from(names, (name) => set.parameters[name]);
      const landscape = { formula: compiled, parameters: numbers, domain: [-1, 1, -1, 1] as const, minima: [] };
      const places = Float32Array.from(set.points.flatMap(({ x, y }) => [x, y]));
      const computed = await evaluateOnGpu(device, landscape, places);
      const curved = await evaluateOnGpu(device, landscape, places, 'curve');
      const steepest = Math.max(...set.points.flatMap(({ gradient }) => gradient.map(Math.abs)));
      const sharpest = Math.max(...set.points.flatMap(({ hessian }) => hessian.map(Math.abs)));
      for (const [k, { x, y, value, gradient, hessian }] of set.points.entries()) {
        const span = valueRange[1] - valueRange[0];
        expect(Math.abs(computed[4 * k] - value) / span, `value at ${x}, ${y}`).toBeLessThan(VALUE);
        for (const [j, slope] of gradient.entries()) {
          const off = Math.abs(computed[4 * k + 1 + j] - slope) / steepest;
          expect(off, `slope ${j} at ${x}, ${y}`).toBeLessThan(GRADIENT);
        }
        for (const [j, curvature] of hessian.entries()) {
          const off = Math.abs(curved[4 * k + j] - curvature) / sharpest;
          expect(off, `second derivative ${j} at ${x}, ${y}`).toBeLessThan(HESSIAN);
        }
      }
    }
  });
});
