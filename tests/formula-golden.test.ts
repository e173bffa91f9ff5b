import { describe, expect, test } from 'vitest';
import { compileFormula } from '../src/formula/compile.ts';
import { goldenSets, goldenSurfaces } from './support/golden-surfaces.ts';

/** Of 1 + the largest golden component: what the golden set suggests for a naive float64 evaluation. */
const TOLERANCE = 1e-9;

describe('formulas of the golden set against 50-digit arithmetic', () => {
  test.each(goldenSurfaces)('$id', ({ id, formula, parameters, tables }) => {
    const names = Object.keys(parameters);
    const compiled = compileFormula(formula, { parameters: names, tables });
    const gradient = new Float64Array(2);
    const hessian = new Float64Array(3);
    for (const set of goldenSets(id)) {
      const numbers = names.map((name) => set.parameters[name]);
      for (const point of set.points) {
        const value = compiled.gradient(point.x, point.y, numbers, gradient);
        compiled.hessian(point.x, point.y, numbers, hessian);
        const near = (actual: ArrayLike<number>, expected: readonly number[], what: string): void => {
          const size = 1 + Math.max(...expected.map(Math.abs));
          for (const [k, number] of expected.entries()) {
            expect(Math.abs(actual[k] - number) / size, `${what} ${k} at ${point.x}, ${point.y}`).toBeLessThanOrEqual(TOLERANCE);
          }
        };
        near([compiled.value(point.x, point.y, numbers)], [point.value], 'value alone');
        near([value], [point.value], 'value');
        near(gradient, point.gradient, 'gradient');
        near(hessian, point.hessian, 'hessian');
      }
    }
  });
});
