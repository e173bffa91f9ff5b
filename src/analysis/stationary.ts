import { determinant, eigenvalues, lowEigenvector } from '../math/symmetric.ts';
import type { CriticalPoint } from '../landscape/surface.ts';
import type { GradientField } from './gradient-field.ts';

/** Iterations of a search, and in how many of them the gradient must halve: even a degenerate point is met faster. */
const ITERATIONS = 150;
const PATIENCE = 10;

/** The longest step, in widths of the domain. */
const LONGEST = 0.05;

/** How far outside the domain a search may stray, in its widths. */
const STRAY = 0.05;

/** Damping at which a search gives up, relative to the Hessian's size. */
const MOST_DAMPED = 1e8;

/** Distance in widths at which a neighbour of a degenerate point is tried for being stationary too. */
const NEIGHBOUR = 1e-3;

/** Bounds in widths of how exactly a point's place is known when it is classified. */
const LEAST_UNCERTAIN = 1e-13;
const MOST_UNCERTAIN = 1e-3;

/** Radius in widths of the ring on which a stationary point is told from a kink. */
const RING = 1e-6;

type Place = readonly [number, number];

/**
 * The stationary point that a search from a place ends at, or null: Newton's method on the gradient, damped as Levenberg and
 * Marquardt do where it would not come nearer.
 *
 * Source: J. Moré, "The Levenberg-Marquardt algorithm: implementation and theory", 1978.
 */
export function stationaryFrom(field: GradientField, from: Place): Place | null {
  let [x, y] = from;
  let damping = 0;
  field.at(x, y);
  let size = Math.hypot(...field.slope);
  let goal = size;
  for (let k = 0; k < ITERATIONS && size > 0; k += 1) {
    if (k % PATIENCE === 0 && k > 0) {
      // It follows a valley of the gradient's size that leads nowhere.
      if (size > goal) break;
      goal = size / 2;
    }
    const [gu, gv] = field.slope;
    field.bend(x, y);
    const step = stepOf(field.curvature, gu, gv, damping);
    const length = Math.hypot(...step);
    if (!Number.isFinite(length)) {
      damping = Math.max(1e-12, damping * 10);
      if (damping > MOST_DAMPED) break;
      continue;
    }
    const short = Math.min(1, LONGEST / length);
    const next: Place = [x + step[0] * short * field.width, y + step[1] * short * field.height];
    if (next[0] === x && next[1] === y) break;
    field.at(...next);
    const smaller = Math.hypot(...field.slope);
    if (smaller < size) {
      [x, y] = next;
      size = smaller;
      damping = damping > 1e-12 ? damping / 10 : 0;
      if (strays(field, x, y)) return null;
    } else {
      field.at(x, y);
      damping = Math.max(1e-12, damping * 10);
      if (damping > MOST_DAMPED) break;
    }
  }
  return field.vanishes(x, y) ? [x, y] : null;
}

/** Newton's step, or the damped one, in widths. */
function stepOf([uu, uv, vv]: Float64Array, gu: number, gv: number, damping: number): [number, number] {
  if (damping === 0) {
    const det = determinant(uu, uv, vv);
    return [(uv * gv - vv * gu) / det, (uv * gu - uu * gv) / det];
  }
  const scale = uu * uu + 2 * uv * uv + vv * vv;
  const [a, b, c] = [uu * uu + uv * uv + damping * scale, uv * (uu + vv), vv * vv + uv * uv + damping * scale];
  const [p, q] = [uu * gu + uv * gv, uv * gu + vv * gv];
  const det = determinant(a, b, c);
  return [(b * q - c * p) / det, (b * p - a * q) / det];
}

function strays({ landscape, width, height }: GradientField, x: number, y: number): boolean {
  const [xmin, xmax, ymin, ymax] = landscape.domain;
  const [dx, dy] = [STRAY * width, STRAY * height];
  return !(x >= xmin - dx && x <= xmax + dx && y >= ymin - dy && y <= ymax + dy);
}

/** How a stationary point lies among its neighbours; on a kink it only seems to be one. */
export type Surroundings = 'isolated' | 'curve' | 'flat' | 'kink';

/**
 * The kind of a stationary point, and whether there are others right beside it. `degenerate`: the Hessian is singular as far
 * as it can be told, that is, its determinant changes by half or more within the uncertainty of the place.
 */
export function classify(field: GradientField, [x, y]: Place): { point: CriticalPoint; surroundings: Surroundings } {
  const { formula, parameters } = field.landscape;
  const hessian = new Float64Array(3);
  const determinantAt = (px: number, py: number): number => {
    formula.hessian(px, py, parameters, hessian);
    return determinant(hessian[0], hessian[1], hessian[2]);
  };
  const [du, dv] = field.uncertainty(x, y).map((share) => Math.min(MOST_UNCERTAIN, LEAST_UNCERTAIN + share)) as [
    number,
    number,
  ];
  const here = determinantAt(x, y);
  const around = [1, -1].flatMap((side) => [
    determinantAt(x + side * du * field.width, y),
    determinantAt(x, y + side * dv * field.height),
  ]);
  formula.hessian(x, y, parameters, hessian);
  const [xx, xy, yy] = hessian;
  const rounding = 2 ** -49 * (Math.abs(xx * yy) + xy * xy);
  const varies = Math.max(...around.map((value) => Math.abs(value - here)));
  const degenerate = !(Math.abs(here) > rounding && varies < Math.abs(here) / 2);
  const [low, high] = eigenvalues(xx, xy, yy);
  const kind = here < 0 ? 'saddle' : high > 0 && low > 0 ? 'minimum' : 'maximum';
  const point: CriticalPoint = {
    x,
    y,
    value: formula.value(x, y, parameters),
    type: degenerate ? 'degenerate' : kind,
    eigenvalues: [low, high],
  };
  if (isKink(field, x, y)) return { point, surroundings: 'kink' };
  return { point, surroundings: degenerate ? surroundingsOf(field, x, y) : 'isolated' };
}

/** How far slope and Hessian on a ring around a place are from those at the place at most. */
function jumps(field: GradientField, x: number, y: number, radius: number): { slope: number; bend: number } {
  field.bend(x, y);
  const [uu, uv, vv] = field.curvature;
  let [slope, bend] = [0, 0];
  for (let k = 0; k < 8; k += 1) {
    const angle = ((k + 0.5) * Math.PI) / 4;
    const place = [x + radius * field.width * Math.cos(angle), y + radius * field.height * Math.sin(angle)] as const;
    field.at(...place);
    field.bend(...place);
    slope = Math.max(slope, Math.hypot(...field.slope));
    bend = Math.max(bend, Math.hypot(field.curvature[0] - uu, field.curvature[1] - uv, field.curvature[2] - vv));
  }
  return { slope, bend: bend > 1e-6 * Math.hypot(uu, uv, vv) ? bend : 0 };
}

/** Whether gradient or Hessian jump at a place: they do not come nearer to what they are there as one comes nearer. */
function isKink(field: GradientField, x: number, y: number): boolean {
  const [far, near] = [jumps(field, x, y, RING), jumps(field, x, y, RING / 10)];
  return !(near.slope <= far.slope / 2 && near.bend <= far.bend / 2);
}

function surroundingsOf(field: GradientField, x: number, y: number): Surroundings {
  const beside = (u: number, v: number): Place => [x + u * NEIGHBOUR * field.width, y + v * NEIGHBOUR * field.height];
  const ring = Array.from({ length: 8 }, (_, k) => beside(Math.cos((k * Math.PI) / 4), Math.sin((k * Math.PI) / 4)));
  const vanishing = ring.filter(([px, py]) => {
    field.at(px, py);
    return field.slope[0] === 0 && field.slope[1] === 0;
  });
  if (vanishing.length === ring.length) return 'flat';
  field.bend(x, y);
  const [uu, uv, vv] = field.curvature;
  const low = lowEigenvector(uu, uv, vv);
  // The direction in which the gradient changes least: of the eigenvalue that is smaller in size.
  const [first, second] = eigenvalues(uu, uv, vv);
  const along: Place = Math.abs(first) <= Math.abs(second) ? low : [-low[1], low[0]];
  const onCurve = [1, -1].filter((side) => {
    const found = stationaryFrom(field, beside(side * along[0], side * along[1]));
    if (!found) return false;
    const apart = Math.hypot((found[0] - x) / field.width, (found[1] - y) / field.height);
    return apart > 0.3 * NEIGHBOUR && apart < 3 * NEIGHBOUR;
  });
  return onCurve.length > 0 ? 'curve' : 'isolated';
}
