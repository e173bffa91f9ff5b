import { describe, expect, test } from 'vitest';
import { type Critical, found } from '../src/analysis/critical.ts';
import { GradientField } from '../src/analysis/gradient-field.ts';
import { winding } from '../src/analysis/winding.ts';
import type { Landscape } from '../src/compute/contract.ts';
import { sampleTerrain } from '../src/compute/engine/terrain.ts';
import { compileFormula } from '../src/formula/compile.ts';
import type { Domain } from '../src/landscape/surface.ts';
import { findSurface } from '../src/landscape/surfaces/index.ts';
import { determinant, eigenvalues, lowEigenvector } from '../src/math/symmetric.ts';
import { goldenSurface, goldenSurfaces } from './support/golden-surfaces.ts';

const landscapeOf = (text: string, domain: Domain = [-5, 5, -5, 5]): Landscape => ({
  formula: compileFormula(text, {}),
  parameters: new Float64Array(0),
  domain,
  minima: [],
});

const goldenLandscape = (id: string): Landscape => {
  const { formula, parameters, tables, domain } = goldenSurface(id);
  const names = Object.keys(parameters);
  return {
    formula: compileFormula(formula, { parameters: names, tables }),
    parameters: Float64Array.from(names, (name) => parameters[name].default),
    domain: [...domain[0], ...domain[1]] as const,
    minima: [],
  };
};

const search = async (landscape: Landscape): Promise<Critical> => found(landscape, await sampleTerrain(null, landscape, 384));

/** Lists that the golden set gives in full; of the surfaces with kinks their smooth points. */
const listed = goldenSurfaces.filter(({ criticalPoints }) => criticalPoints !== null);

/** Places to rounding of the domain, eigenvalues to the condition of what they are computed from. */
const PLACE = 1e-9;
const EIGENVALUE = 1e-9;

describe('stationary points that an interval search proved to be all', () => {
  test.each(listed)('$id', async ({ id, criticalPoints, domain, valueRange }) => {
    const { points } = await search(goldenLandscape(id));
    expect(points.map(({ type }) => type).sort()).toEqual(criticalPoints!.map(({ type }) => type).sort());
    const [[xmin, xmax], [ymin, ymax]] = domain;
    for (const golden of criticalPoints!) {
      const apart = (point: { x: number; y: number }): number =>
        Math.hypot((point.x - golden.x) / (xmax - xmin), (point.y - golden.y) / (ymax - ymin));
      const [nearest] = [...points].sort((a, b) => apart(a) - apart(b));
      expect(apart(nearest)).toBeLessThan(PLACE);
      expect(nearest.type).toBe(golden.type);
      const bend = (valueRange[1] - valueRange[0]) / (xmax - xmin) / (ymax - ymin);
      const size = Math.max(bend, ...golden.eigenvalues.map(Math.abs));
      golden.eigenvalues.forEach((value, k) => {
        expect(Math.abs(nearest.eigenvalues[k] - value)).toBeLessThanOrEqual(EIGENVALUE * size);
      });
    }
  });

  // Counted there rather than listed: an egg box, one that plain Newton leaves gaps in, and one with thousands.
  test.each([
    ['rastrigin', { minimum: 121, saddle: 220, maximum: 100 }],
    ['dejong-5', { minimum: 36, saddle: 76, maximum: 41 }],
    ['shubert', { minimum: 722, saddle: 1444, maximum: 722 }],
  ] as const)('%s', async (id, counts) => {
    const { points, doubts } = await search(goldenLandscape(id));
    for (const [type, count] of Object.entries(counts)) {
      expect(points.filter((point) => point.type === type)).toHaveLength(count);
    }
    expect(doubts).toEqual([]);
  });
});

describe('formulas of anybody', () => {
  const kinds = async (text: string, domain?: Domain): Promise<string[]> =>
    (await search(landscapeOf(text, domain))).points.map(({ type }) => type);

  test.each([
    ['x^2 + y^2', ['minimum']],
    ['-x^2 - 3*y^2', ['maximum']],
    ['x*y', ['saddle']],
    ['x^4 + y^4', ['degenerate']],
    ['x^2 + y^4', ['degenerate']],
    ['x^3 + y^2', ['degenerate']],
    ['x^3 - 3*x*y^2', ['degenerate']],
    ['x + y', []],
    ['exp(x + y)', []],
    ['1e-12*(x^2 + y^2)', ['minimum']],
    ['1e12*(x^2 + y^2)', ['minimum']],
    ['(x - 4.999)^2 + (y + 4.999)^2', ['minimum']],
    ['cos(x)', []],
  ] as const)('%s', async (text, expected) => {
    expect(await kinds(text)).toEqual(expected);
  });

  test('two that lie closer together than the samples are told apart by the turns of the gradient', async () => {
    // A minimum and a saddle 2e-5 of the domain apart: minima at x = 0 and far off, so that the turns do not cancel.
    expect((await kinds('x^4/4 - 1e-8*x^2/2 + y^2')).sort()).toEqual(['minimum', 'minimum', 'saddle']);
  });

  test.each([
    ['a curve', 'x^2', /curve/],
    ['a circle', '(x^2 + y^2 - 4)^2', /curve/],
    ['a kink', 'abs(x) + y^2', /kinks \(abs\)/],
    ['a plain', 'max(x, 0)^2', /region|curve/],
  ])('says when a list cannot be complete: %s', async (_, text, says) => {
    expect((await search(landscapeOf(text))).doubts.join(' ')).toMatch(says);
  });

  test('a ring of minima leaves the maximum in its middle', async () => {
    expect(await kinds('(x^2 + y^2 - 4)^2')).toEqual(['maximum']);
  });

  test('rings of minima leave the one in their middle, where the naive slope is 0/0', async () => {
    const { formula, domain } = findSurface('drop-wave')!;
    const landscape = landscapeOf(formula, domain);
    const { points } = found(landscape, await sampleTerrain(null, landscape, 97));
    expect(points).toHaveLength(1);
    // f = -1 + 72.5·r²/2 + …, from the series of the cosine.
    expect(points[0]).toMatchObject({ x: 0, y: 0, value: -1, type: 'minimum' });
    expect(points[0].eigenvalues.map((value) => Math.abs(value - 72.5) < 1e-9)).toEqual([true, true]);
  });

  test('does not fall over where there are no numbers', async () => {
    expect(await kinds('log(x) + sqrt(y) - x - y')).toEqual(['maximum']);
    expect(await kinds('0/0*x')).toEqual([]);
  });
});

describe('turns of the gradient', () => {
  test.each([
    ['x^2 + y^2', 1],
    ['-x^2 - y^2', 1],
    ['x*y', -1],
    ['x^3 - 3*x*y^2', -2],
    ['x', 0],
  ] as const)('around %s', (text, index) => {
    expect(winding(new GradientField(landscapeOf(text, [-1, 1.3, -1, 1.7])), [0, 0, 1, 1])).toBe(index);
  });
});

describe('symmetric matrices', () => {
  test('a determinant whose products cancel', () => {
    // (2²⁷ + 1)·(2²⁷ - 1) = 2⁵⁴ - 1, which float64 rounds to 2⁵⁴.
    expect(determinant(2 ** 27 + 1, 2 ** 27, 2 ** 27 - 1)).toBe(-1);
  });

  test('eigenvalues and vectors', () => {
    const [low, high] = eigenvalues(2, 1, 3);
    expect(low + high).toBeCloseTo(5, 14);
    expect(low * high).toBeCloseTo(5, 14);
    const [a, b] = lowEigenvector(2, 1, 3);
    expect(2 * a + b).toBeCloseTo(low * a, 14);
    expect(a + 3 * b).toBeCloseTo(low * b, 14);
    expect(eigenvalues(0, 0, 0)).toEqual([0, 0]);
  });
});
