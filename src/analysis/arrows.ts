import type { Landscape } from '../compute/contract.ts';

/** An arrow of the gradient field, in the domain's own coordinates: its middle, and from its tail to its tip. */
export interface Arrow {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
}

/** How arrows are laid out. */
export interface ArrowLayout {
  /** Width and depth of the domain as it is drawn, the longer one 1. */
  readonly extent: readonly [number, number];
  /** Arrows along the longer side. */
  readonly across: number;
  /** The gradient norm that is typical of the ground: see `typicalSlope`. */
  readonly typical: number;
}

/** Length of the longest arrow, in the distance between two. */
const LONGEST = 0.92;

/** Share of the typical gradient norm from which on lengths grow with its logarithm only. */
const KNEE = 0.1;

/**
 * Arrows along −∇f on a regular grid, in the middle of each cell. Their length, as drawn, is in proportion to
 * ln(1 + ‖∇f‖/m), m a tenth of the typical norm: in proportion to the norm where that is small, and one more notch for each
 * factor where it is large. No arrow stands where there is no gradient.
 */
export function arrows({ formula, parameters, domain }: Landscape, { extent, across, typical }: ArrowLayout): Arrow[] {
  const [xmin, xmax, ymin, ymax] = domain;
  const [columns, rows] = extent.map((side) => Math.max(1, Math.round(side * across)));
  const [kx, ky] = [extent[0] / (xmax - xmin), extent[1] / (ymax - ymin)];
  const gradient = new Float64Array(2);
  const found: {
    readonly x: number;
    readonly y: number;
    readonly vx: number;
    readonly vy: number;
    readonly norm: number;
  }[] = [];
  for (let j = 0; j < rows; j += 1) {
    for (let i = 0; i < columns; i += 1) {
      const [x, y] = [xmin + ((i + 0.5) / columns) * (xmax - xmin), ymin + ((j + 0.5) / rows) * (ymax - ymin)];
      formula.gradient(x, y, parameters, gradient);
      const norm = Math.hypot(gradient[0], gradient[1]);
      if (norm > 0 && norm < Infinity) {
        found.push({ x, y, vx: -gradient[0] / norm, vy: -gradient[1] / norm, norm });
      }
    }
  }
  const knee = KNEE * typical || 1;
  const greatest = found.reduce((most, { norm }) => Math.max(most, norm), 0);
  const whole = (LONGEST * Math.min(extent[0] / columns, extent[1] / rows)) / Math.log1p(greatest / knee);
  return found.map(({ x, y, vx, vy, norm }) => {
    const length = (whole * Math.log1p(norm / knee)) / Math.hypot(vx * kx, vy * ky);
    return { x, y, dx: length * vx, dy: length * vy };
  });
}
