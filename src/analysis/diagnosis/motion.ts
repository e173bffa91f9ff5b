import type { Landscape, SwarmPlan } from '../../compute/contract.ts';
import { arrived } from '../../compute/outcome.ts';
import { median, quantile } from '../../math/robust.ts';
import { eigenvalues, lowEigenvector } from '../../math/symmetric.ts';
import type { NoiseChoice } from '../../scene/scene.ts';
import { type Curve, windowOf } from './curve.ts';
import type { Scales } from './scales.ts';
import type { Track } from './track.ts';

/** What the way of a particle says beyond its losses. Medians are over the window, unless something else is said. */
export interface Motion {
  readonly scales: Scales;
  /** The median gradient norm, and the one at the start. */
  readonly slope: number;
  readonly startSlope: number;
  /** The Hessian's eigenvalues at the end, ascending, and whether the curvature has been the same all along the window. */
  readonly low: number;
  readonly high: number;
  /**
   * Learning rate × sharpness: the largest eigenvalue of the (preconditioned) Hessian, or the curvature over whole steps, by their
   * gradients at both ends, where that is more: between walls that saturate the Hessian at the ends sees nothing.
   */
  readonly sharpness: number;
  /** What it is stable up to. */
  readonly bound: number;
  /** Whether the optimizer itself says how it scales; else the step over the gradient was measured. */
  readonly exact: boolean;
  /** Whether steps are proportional to the gradient, whatever its history: no scale adapts to it. */
  readonly linear: boolean;
  /** The share of updates that went back against the update before: along the sharpest direction, or as a whole where that is more. */
  readonly flips: number;
  /** How much of the level is height on the walls of the sharpest direction. */
  readonly across: number;
  /** What is left to gain in the nearest hollow, as a share of the first level: ½gᵀH⁻¹g; Infinity where there is no hollow. */
  readonly left: number;
  /** The gradient's step into that hollow's bottom, ‖H⁻¹g‖, in widths of the domain; Infinity where there is none. */
  readonly away: number;
  /** How much higher the ground is all around, 1 % or 3 % of the domain's width off, as a share of the first level; negative where it is not. */
  readonly walls: number;
  /**
   * Where the slope along the direction of least curvature should vanish, by that curvature: how far off that is in widths of the
   * domain, and that slope there over the one here. Small at a saddle; on the tail of a plateau it is always as far off, and never there.
   */
  readonly target: { readonly away: number; readonly share: number };
  /** Whether it is at a known minimum. */
  readonly arrived: boolean;
  /** How far it is from its start, and how long its way in the window was, in widths of the domain. */
  readonly moved: number;
  readonly travelled: number;
  /**
   * How far the run's learning rate would lead in as many updates on ground of the typical slope, in widths of the domain: small where
   * the rate is too low for the landscape, wherever it is.
   */
  readonly reach: number;
  /** The median length of the noise over that of the gradient; 0 without noise. */
  readonly noise: number;
  /** How much longer than usual one in a thousand of the noise's throws is. A normal's: 3.2. */
  readonly tail: number;
  /** The level at the end: of the average of places, where one is kept. */
  readonly level: number;
  readonly rate: number;
  /** The largest learning rate in the run. */
  readonly largestRate: number;
  /** Whether the particle has been stopped on purpose. */
  readonly stopped: boolean;
}

/** Points of the window at which the Hessian is looked at. */
const LOOKED_AT = 32;

/** Points at the end of the run that say whether it has arrived: an oscillation passes the bottom now and then. */
const LAST = 10;

/** Radii of the circles around the end that are looked at, in widths of the domain, and places on each. */
const CIRCLES = [0.01, 0.03];
const DIRECTIONS = 24;

/** A stationary point nearer than this, in widths of the domain, is here. */
const ROUNDING = 1e-12;

/** The quantile of the length of a noise, in units of sigma: of a pair of normals, or of the bivariate t. */
function noiseLength({ kind, sigma, nu }: NoiseChoice, q: number): number {
  const square = kind === 'student' ? nu * ((1 - q) ** (-2 / nu) - 1) : -2 * Math.log(1 - q);
  return sigma * Math.sqrt(square);
}

/** Gradient and Hessian somewhere. */
class Local {
  readonly gradient = new Float64Array(2);
  readonly hessian = new Float64Array(3);
  readonly #landscape: Landscape;

  constructor(landscape: Landscape) {
    this.#landscape = landscape;
  }

  look(x: number, y: number): void {
    const { formula, parameters } = this.#landscape;
    formula.gradient(x, y, parameters, this.gradient);
    formula.hessian(x, y, parameters, this.hessian);
  }

  get eigenvalues(): [number, number] {
    return eigenvalues(this.hessian[0], this.hessian[1], this.hessian[2]);
  }

  /** ½gᵀH⁻¹g and ‖H⁻¹g‖ where the Hessian is positive definite, else infinite. */
  newton(): [number, number] {
    const [xx, xy, yy] = this.hessian;
    const [gx, gy] = this.gradient;
    const [low, high] = this.eigenvalues;
    if (!(low > 0 && high < Infinity)) {
      return [Infinity, Infinity];
    }
    const [ux, uy] = lowEigenvector(xx, xy, yy);
    const along = (ux * gx + uy * gy) / low;
    const across = (ux * gy - uy * gx) / high;
    return [(along * along * low + across * across * high) / 2, Math.hypot(along, across)];
  }
}

/** Largest eigenvalue of S^½HS^½, and its eigenvector in steps' coordinates: what S^-½Δw is projected on. */
function sharpest(
  [xx, xy, yy]: ArrayLike<number> & Iterable<number>,
  sx: number,
  sy: number,
): [number, number, number] {
  const [rx, ry] = [Math.sqrt(sx), Math.sqrt(sy)];
  const scaled = [sx * xx, rx * ry * xy, sy * yy] as const;
  const [, high] = eigenvalues(...scaled);
  const [lx, ly] = lowEigenvector(...scaled);
  return [high, -ly / rx, lx / ry];
}

/**
 * The effective learning rate along a direction where the optimizer does not say how it scales: the size of a step in units of
 * the gradient's.
 */
function measured(track: Track, k: number, ux: number, uy: number): number {
  const step = ux * (track.x[k] - track.x[k - 1]) + uy * (track.y[k] - track.y[k - 1]);
  const slope = ux * track.gx[k - 1] + uy * track.gy[k - 1];
  return Math.abs(step / slope);
}

/** See Motion.target; looks elsewhere. */
function targetOf(local: Local, x: number, y: number, width: number): Motion['target'] {
  local.look(x, y);
  const [low] = local.eigenvalues;
  const [ux, uy] = lowEigenvector(local.hessian[0], local.hessian[1], local.hessian[2]);
  const here = ux * local.gradient[0] + uy * local.gradient[1];
  const step = here / low;
  const away = Math.abs(step) / width;
  if (!(away < 1)) {
    return { away: Infinity, share: Infinity };
  }
  if (away < ROUNDING) {
    return { away, share: 0 };
  }
  local.look(x - step * ux, y - step * uy);
  return { away, share: Math.abs((ux * local.gradient[0] + uy * local.gradient[1]) / here) };
}

/** The least height over a place on a circle around it: the larger one of two circles. */
function wallsAround({ formula, parameters }: Landscape, x: number, y: number, width: number): number {
  const here = formula.value(x, y, parameters);
  const least = CIRCLES.map((share) =>
    Array.from({ length: DIRECTIONS }, (_, k) => {
      const angle = (2 * Math.PI * k) / DIRECTIONS;
      const there = formula.value(x + share * width * Math.cos(angle), y + share * width * Math.sin(angle), parameters);
      return Number.isNaN(there) ? Infinity : there - here;
    }).reduce((low, height) => Math.min(low, height)),
  );
  return Math.max(...least);
}

/** The median level in the newer half of a window, of the places or of their average where the run keeps one. */
function averageLevel(
  { ax, ay }: Track,
  { formula, parameters }: Landscape,
  [from, end]: [number, number],
  floor: number,
): number {
  const newer = Array.from({ length: Math.ceil((end - from) / 2) }, (_, k) => end - 1 - k);
  return median(newer.map((k) => formula.value(ax[k], ay[k], parameters))) - floor;
}

export function motionOf(track: Track, plan: SwarmPlan, scales: Scales, { start, floor }: Curve): Motion {
  const { landscape, optimizer } = plan;
  const { settings } = track;
  const count = track.gone ? track.length - 1 : track.length;
  const width = windowOf(count);
  const from = count - width;
  const local = new Local(landscape);
  const norms: number[] = [];
  const products: number[] = [];
  const heights: number[] = [];
  const secants: number[] = [];
  let [reversals, lastX, lastY] = [0, 0, 0];
  let [travelled, flips, pairs, lastAlong] = [0, 0, 0, 0];
  const stride = Math.max(1, Math.floor(width / LOOKED_AT));
  const exact = optimizer.stability !== undefined;
  let direction: readonly [number, number] = [1, 0];
  for (let k = Math.max(1, from); k < count; k += 1) {
    norms.push(Math.hypot(track.gx[k], track.gy[k]));
    const [dx, dy] = [track.x[k] - track.x[k - 1], track.y[k] - track.y[k - 1]];
    travelled += Math.hypot(dx, dy);
    local.look(track.x[k - 1], track.y[k - 1]);
    const [sx, sy] = exact && track.sx[k] > 0 && track.sy[k] > 0 ? [track.sx[k], track.sy[k]] : [1, 1];
    const metric = (dx * dx) / sx + (dy * dy) / sy;
    const secant = (dx * (track.gx[k] - track.gx[k - 1]) + dy * (track.gy[k] - track.gy[k - 1])) / metric;
    if (exact && secant > 0 && secant < Infinity) {
      secants.push(secant);
    }
    reversals += (dx * lastX) / sx + (dy * lastY) / sy < 0 ? 1 : 0;
    [lastX, lastY] = [dx, dy];
    if (local.hessian.every(Number.isFinite)) {
      const [high, ux, uy] = sharpest(local.hessian, sx, sy);
      const same = ux * direction[0] + uy * direction[1] >= 0 ? 1 : -1;
      direction = [same * ux, same * uy];
      if ((k - from) % stride === 0) {
        const product = exact ? high : high * measured(track, k, ux, uy);
        if (product >= 0 && product < Infinity) {
          products.push(product);
        }
        const [cx, cy] = [direction[0] * sx, direction[1] * sy];
        const steep = cx * track.gx[k - 1] + cy * track.gy[k - 1];
        heights.push(high > 0 ? (steep * steep) / (2 * high) / Math.max(track.loss[k - 1] - floor, 1e-300) : 0);
      }
    }
    const along = direction[0] * dx + direction[1] * dy;
    flips += along * lastAlong < 0 ? 1 : 0;
    pairs += 1;
    lastAlong = along === 0 ? lastAlong : along;
  }
  const [lefts, aways]: [number[], number[]] = [[], []];
  for (let k = Math.max(0, count - LAST); k < count; k += 1) {
    local.look(track.ax[k], track.ay[k]);
    const [left, away] = local.newton();
    lefts.push(left);
    aways.push(away);
  }
  const end = count - 1;
  local.look(track.x[end], track.y[end]);
  const [low, high] = local.eigenvalues;
  const slope = norms.length > 0 ? median(norms) : Math.hypot(track.gx[0], track.gy[0]);
  const linear = exact && !optimizer.stability?.scale;
  const { momentum = 0 } = settings.hyper;
  // Others bring gradients to about the length of the rate.
  const ofRate = linear ? scales.slope / Math.max(0.01, 1 - momentum) : 1;
  const { noise, clip } = settings;
  // What clipping leaves of it.
  const most = clip && clip.kind !== 'value' ? clip.limit : Infinity;
  const felt = (q: number): number => (noise && noise.sigma > 0 ? Math.min(most, noiseLength(noise, q)) : 0);
  const known = Array.from({ length: Math.min(LAST, count) }, (_, k) =>
    arrived(landscape, track.ax[end - k], track.ay[end - k]),
  );
  return {
    scales,
    slope,
    startSlope: Math.hypot(track.gx[0], track.gy[0]),
    low,
    high,
    sharpness: Math.max(products.length > 0 ? median(products) : 0, secants.length > pairs / 2 ? median(secants) : 0),
    bound: optimizer.stability?.bound(settings.hyper) ?? 2,
    exact,
    linear,
    flips: pairs > 1 ? Math.max(flips, reversals) / (pairs - 1) : 0,
    across: heights.length > 0 ? median(heights) : 0,
    left: quantile(lefts, 0.9) / start,
    away: quantile(aways, 0.9) / scales.width,
    target: targetOf(local, track.x[end], track.y[end], scales.width),
    walls: wallsAround(landscape, track.ax[end], track.ay[end], scales.width) / start,
    arrived: known.every(Boolean),
    moved: Math.hypot(track.x[end] - track.x[0], track.y[end] - track.y[0]) / scales.width,
    travelled: travelled / scales.width,
    reach: (track.rate[end] * ofRate * track.updates) / scales.width,
    noise: noise && slope > 0 ? felt(0.5) / slope : 0,
    tail: felt(0.5) > 0 ? felt(0.999) / felt(0.5) : 0,
    level: averageLevel(track, landscape, [from, count], floor),
    rate: track.rate[end],
    largestRate: track.rate.reduce((most, rate) => (rate > most ? rate : most), 0),
    stopped: settings.stop !== null && travelled === 0,
  };
}
