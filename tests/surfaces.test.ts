import { describe, expect, test } from 'vitest';
import { compileFormula } from '../src/formula/compile.ts';
import type { Surface } from '../src/landscape/surface.ts';
import { surfaces } from '../src/landscape/surfaces/index.ts';
import { goldenSets, goldenSurface, goldenSurfaces } from './support/golden-surfaces.ts';

/** Of 1 + the largest golden component: what the golden set suggests for float64. */
const TOLERANCE = 1e-9;

const all: readonly Surface[] = surfaces;
const compiled = ({ formula, parameters, tables }: Surface) =>
  compileFormula(formula, { parameters: parameters.map(({ key }) => key), tables });

test('every surface of the golden set is built in, and no other', () => {
  expect(all.map(({ id }) => id)).toEqual(goldenSurfaces.map(({ id }) => id));
});

describe.each(all.map((surface) => [surface.id, surface] as const))('%s', (id, surface) => {
  const golden = goldenSurface(id);

  test('has the golden values, gradients and Hessians', () => {
    const formula = compiled(surface);
    const gradient = new Float64Array(2);
    const hessian = new Float64Array(3);
    for (const set of goldenSets(id)) {
      const numbers = surface.parameters.map(({ key }) => set.parameters[key]);
      for (const point of set.points) {
        const value = formula.gradient(point.x, point.y, numbers, gradient);
        formula.hessian(point.x, point.y, numbers, hessian);
        for (const [found, expected] of [
          [[value], [point.value]],
          [gradient, point.gradient],
          [hessian, point.hessian],
        ] as const) {
          const size = 1 + Math.max(...expected.map(Math.abs));
          for (const [k, number] of expected.entries()) {
            expect(Math.abs(found[k] - number) / size, `${k} at ${point.x}, ${point.y}`).toBeLessThanOrEqual(TOLERANCE);
          }
        }
      }
    }
  });

  test('has the golden facts', () => {
    expect(surface.domain).toEqual(golden.domain.flat());
    expect(surface.group).toBe(golden.group);
    expect(surface.unboundedBelow).toBe(golden.unboundedBelow);
    expect(surface.parameters.map(({ key }) => key)).toEqual(Object.keys(golden.parameters));
    for (const { key, default: standard, min, max } of surface.parameters) {
      const { default: expected, min: least, max: most } = golden.parameters[key];
      expect([min, max]).toEqual([least, most]);
      expect(standard).toBeCloseTo(expected, 12);
    }
    const [xmin, xmax, ymin, ymax] = surface.domain;
    expect(surface.starts.length).toBeGreaterThan(0);
    for (const [x, y] of surface.starts) {
      expect(x >= xmin && x <= xmax && y >= ymin && y <= ymax).toBe(true);
    }
    expect(surface.minima).toHaveLength(golden.globalMinima.length);
    const formula = compiled(surface);
    const numbers = surface.parameters.map((parameter) => parameter.default);
    const span = golden.valueRange[1] - golden.valueRange[0];
    for (const { x, y, value } of surface.minima) {
      // A minimum on a crease or a cusp is as deep as the place's last digit lets it be.
      const reach = surface.smooth ? TOLERANCE * (1 + Math.abs(value)) : 1e-6 * span;
      expect(Math.abs(formula.value(x, y, numbers) - value)).toBeLessThanOrEqual(reach);
    }
  });

  test('has a gradient everywhere that says where it goes on', () => {
    const formula = compiled(surface);
    const numbers = surface.parameters.map((parameter) => parameter.default);
    const gradient = new Float64Array(2);
    const [xmin, xmax, ymin, ymax] = surface.domain;
    // The middle and the axes are where kinks, cones and cusps lie; cross-in-tray's ridges have no slope at all.
    const places = [
      [0, 0],
      [0, ymax / 3],
      [xmax / 3, 0],
      [(xmin + xmax) / 2, (ymin + ymax) / 2],
      [xmin, ymin],
      [xmax, ymax],
    ];
    const bad = places.filter(([x, y]) => {
      const value = formula.gradient(x, y, numbers, gradient);
      return !Number.isFinite(value) || !gradient.every(Number.isFinite);
    });
    expect(bad.length).toBe(surface.nonSmooth?.includes('not a number') ? bad.length : 0);
  });
});
