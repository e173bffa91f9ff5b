import { describe, expect, test } from 'vitest';
import { arrows } from '../src/analysis/arrows.ts';
import { plateauBelow, typicalSlope } from '../src/analysis/slopes.ts';
import { allStreamlines, type Streamline } from '../src/analysis/streamlines.ts';
import type { Landscape } from '../src/compute/contract.ts';
import { sampleTerrain } from '../src/compute/engine/terrain.ts';
import { compileFormula } from '../src/formula/compile.ts';
import type { Domain } from '../src/landscape/surface.ts';
import { surfaces } from '../src/landscape/surfaces/index.ts';
import { formulaOf } from '../src/scene/compiled.ts';
import { TOLERANCE } from './support/tolerance.ts';

const landscapeOf = (text: string, domain: Domain = [-2, 2, -2, 2]): Landscape => ({
  formula: compileFormula(text, {}),
  parameters: new Float64Array(0),
  domain,
  minima: [],
});

const extentOf = ([xmin, xmax, ymin, ymax]: Domain): [number, number] => {
  const longer = Math.max(xmax - xmin, ymax - ymin);
  return [(xmax - xmin) / longer, (ymax - ymin) / longer];
};

const SPACING = 1 / 24;

const linesOf = (landscape: Landscape, spacing = SPACING): Streamline[] =>
  allStreamlines(landscape, { extent: extentOf(landscape.domain), spacing });

const pointsOf = (line: Streamline): [number, number][] => Array.from({ length: line.length / 2 }, (_, k) => [line[2 * k], line[2 * k + 1]]);

/** Every surface of the gallery with the parameters it opens with. */
const gallery = surfaces.map(({ id, parameters, domain }) => ({
  id,
  landscape: {
    formula: formulaOf({ id, params: {} }),
    parameters: Float64Array.from(parameters, (parameter) => parameter.default),
    domain,
    minima: [],
  } satisfies Landscape,
}));

/** A curve family F(x, y) = const that theory gives, and its gradient. */
interface Family {
  readonly value: (x: number, y: number) => number;
  readonly gradient: (x: number, y: number) => readonly [number, number];
}

/** The curves y = c x^κ, as ln|y| - κ ln|x|. */
const powers = (kappa: number): Family => ({
  value: (x, y) => Math.log(Math.abs(y)) - kappa * Math.log(Math.abs(x)),
  gradient: (x, y) => [-kappa / x, 1 / y],
});

/** How far, at most, a line strays from the curve through its middle point, to first order and in widths of the domain [-2, 2]. */
const stray = (lines: readonly Streamline[], { value, gradient }: Family): number =>
  Math.max(
    ...lines.map((line) => {
      // Nearer to an axis the curves of a family are one.
      const points = pointsOf(line).filter(([x, y]) => Math.abs(x) > 0.02 && Math.abs(y) > 0.02);
      const [mx, my] = points[points.length >> 1] ?? [1, 1];
      return Math.max(0, ...points.map(([x, y]) => Math.abs(value(x, y) - value(mx, my)) / Math.hypot(...gradient(x, y)) / 4));
    }),
  );

describe('streamlines', () => {
  test.each([1, 2, 5, 20])('on the bowl x²/2 + %s y²/2 follow y = c x^κ', (kappa) => {
    const lines = linesOf(landscapeOf(`x^2/2 + ${kappa}*y^2/2`));
    expect(lines.length).toBeGreaterThan(20);
    expect(stray(lines, powers(kappa))).toBeLessThan(TOLERANCE.streamline.abs);
  });

  test('on the saddle x² - y² keep x·y', () => {
    const lines = linesOf(landscapeOf('x^2 - y^2'));
    expect(lines.length).toBeGreaterThan(20);
    expect(stray(lines, { value: (x, y) => x * y, gradient: (x, y) => [y, x] })).toBeLessThan(TOLERANCE.streamline.abs);
  });

  test('are the same curves where x is drawn in other units than y', () => {
    const landscape = landscapeOf('x^2/2 + y^2', [-2, 2, -0.5, 1.5]);
    for (const extent of [[1, 0.5], [1, 1]] as const) {
      const lines = allStreamlines(landscape, { extent, spacing: SPACING });
      expect(lines.length).toBeGreaterThan(10);
      expect(stray(lines, powers(2))).toBeLessThan(TOLERANCE.streamline.abs);
    }
  });

  test.each(gallery)('of $id never go uphill, nor off the map', ({ landscape }) => {
    const { formula, parameters, domain } = landscape;
    const lines = linesOf(landscape);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      let before = Infinity;
      for (const [x, y] of pointsOf(line)) {
        const loss = formula.value(x, y, parameters);
        expect(loss).toBeLessThanOrEqual(before);
        before = loss;
        expect(x >= domain[0] && x <= domain[1] && y >= domain[2] && y <= domain[3]).toBe(true);
      }
    }
  });

  test('keep their distance, and leave no hole wider than two of it', () => {
    const lines = linesOf(landscapeOf('(x^2 + y - 3)^2 + (x + y^2 - 1)^2'));
    const spacing = 4 * SPACING;
    const points = lines.map(pointsOf);
    const nearest = (x: number, y: number, except: number): number =>
      Math.min(...points.map((line, k) => (k === except ? Infinity : Math.min(...line.map(([px, py]) => Math.hypot(px - x, py - y))))));
    points.forEach((line, k) => {
      // A line ends by the step that comes too near, an eighth of the spacing at most.
      for (const [x, y] of line) expect(nearest(x, y, k)).toBeGreaterThan((0.38 - 1 / 8) * spacing);
    });
    for (let x = -1.9; x < 2; x += 0.19) {
      for (let y = -1.9; y < 2; y += 0.19) expect(nearest(x, y, -1)).toBeLessThan(2 * spacing);
    }
  });

  test('are none where there is no slope, and end where there is no number', () => {
    expect(linesOf(landscapeOf('3'))).toEqual([]);
    for (const line of linesOf(landscapeOf('sqrt(x) + y'))) {
      for (const [x] of pointsOf(line)) expect(x).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('arrows', () => {
  const layout = { extent: [1, 0.5], across: 12, typical: 1 } as const;
  const domain: Domain = [-2, 2, -1, 1];

  test('stand on a grid and point downhill', () => {
    const all = arrows(landscapeOf('x^2/2 + y^2', domain), layout);
    expect(all).toHaveLength(12 * 6);
    for (const { x, y, dx, dy } of all) {
      expect(dx * 2 * y - dy * x).toBeCloseTo(0, 12);
      expect(dx * x + dy * 2 * y).toBeLessThan(0);
    }
  });

  test('are longer where it is steeper, and never as long as the grid is wide', () => {
    const all = arrows(landscapeOf('exp(3*x)', domain), layout);
    const row = all.slice(0, 12).map(({ dx, dy }) => Math.hypot(dx, dy));
    row.slice(1).forEach((length, k) => {
      expect(length).toBeGreaterThan(row[k]);
    });
    expect(Math.max(...row)).toBeLessThan(4 / 12);
    // Five orders of magnitude of the gradient in a row of arrows that can all be seen but for the flattest.
    expect(row[6]).toBeGreaterThan(0.1 * row[11]);
  });

  test('are the same for a multiple of the loss', () => {
    const few = arrows(landscapeOf('x^2 + y^4', domain), layout);
    const many = arrows(landscapeOf('1000*(x^2 + y^4)', domain), { ...layout, typical: 1000 });
    few.forEach(({ dx, dy }, k) => {
      expect(many[k].dx).toBeCloseTo(dx, 12);
      expect(many[k].dy).toBeCloseTo(dy, 12);
    });
  });

  test('are none where there is no gradient', () => {
    expect(arrows(landscapeOf('7', domain), layout)).toEqual([]);
    expect(arrows(landscapeOf('sqrt(x)', domain), layout)).toHaveLength(36);
  });
});

describe('plateaus', () => {
  const below = async (text: string, domain?: Domain): Promise<number> => plateauBelow(await sampleTerrain(null, landscapeOf(text, domain), 129));

  test('a plane has one slope and no plateau', async () => {
    expect(await below('3*x + 4*y')).toBeCloseTo(0.05, 6);
    expect(typicalSlope(await sampleTerrain(null, landscapeOf('2'), 65))).toBe(0);
  });

  test('do not depend on the units of the loss or of both coordinates', async () => {
    const one = await below('x^2 + y^4');
    expect((await below('1e6*(x^2 + y^4)')) / one).toBeCloseTo(1e6, 0);
    expect((await below('(x/10)^2 + (y/10)^4', [-20, 20, -20, 20])) / one).toBeCloseTo(0.1, 6);
  });

  // Share of the ground that is a plateau: most of a flat field with a hole, little of a bowl.
  test.each([
    ['easom', 0.4, 0.9],
    ['gramacy-lee', 0.4, 0.9],
    ['quadratic-bowl', 0, 0.001],
    ['beale', 0, 0.15],
    ['himmelblau', 0, 0.01],
    ['monkey-saddle', 0, 0.03],
  ] as const)('of %s cover %s … %s of the ground', async (id, least, most) => {
    const { landscape } = gallery.find((entry) => entry.id === id)!;
    const samples = await sampleTerrain(null, landscape, 257);
    const limit = plateauBelow(samples);
    let count = 0;
    for (let k = 0; k < samples.values.length; k += 4) {
      if (Math.hypot(samples.values[k + 1], samples.values[k + 2]) < limit) count += 1;
    }
    const share = count / (samples.values.length / 4);
    expect(share).toBeGreaterThanOrEqual(least);
    expect(share).toBeLessThanOrEqual(most);
  });
});
