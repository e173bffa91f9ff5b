import type { Landscape } from '../compute/contract.ts';
import { atOnce } from '../math/at-once.ts';

/** A line of steepest descent in the domain's own coordinates, downhill: x0, y0, x1, y1, …. */
export type Streamline = Float64Array;

/** How streamlines are laid out. */
export interface StreamlineLayout {
  /** Width and depth of the domain as it is drawn, the longer one 1. */
  readonly extent: readonly [number, number];
  /** Distance at which new lines begin beside others, in the same units. */
  readonly spacing: number;
}

/** All lengths in units of the spacing. A line ends where it comes this near to another: */
const NEAR = 0.38;

/** and it is dropped when it is not longer than this. */
const SHORTEST = 0.8;

/** The longest step of the integration, and the shortest: a line ends where even that would go uphill or turn too far. */
const LONGEST_STEP = 1 / 8;
const SHORTEST_STEP = 1 / 1024;

/** The direction may turn so far within a step (the cosine of it); below the second, the next one may be longer. */
const TURN = Math.cos(0.2);
const STRAIGHT = Math.cos(0.06);

/** Points are kept so far apart, and closer where the line has turned so far (the cosine of it), but no closer than the last. */
const APART = 1 / 5;
const BENT = Math.cos(0.1);
const CLOSEST = 1 / 48;

/** Steps of a line at most, and after how many the search pauses. */
const STEPS = 20_000;
const PAUSE = 32;

/** Beginnings that are tried where no line's neighbourhood offers any, in units of what would fill the domain. */
const TRIES = 3;

/** Along which way a line is followed: down the slope, or up. */
type Way = 1 | -1;

/** Points in square cells as wide as the spacing, so that neighbours are found in nine of them. */
class Crowd {
  readonly #size: number;
  readonly #columns: number;
  readonly #rows: number;
  readonly #cells: number[][];

  constructor([width, depth]: readonly [number, number], size: number) {
    this.#size = size;
    this.#columns = Math.ceil(width / size) + 1;
    this.#rows = Math.ceil(depth / size) + 1;
    this.#cells = Array.from({ length: this.#columns * this.#rows }, () => []);
  }

  add(x: number, y: number): void {
    this.#cells[Math.floor(y / this.#size) * this.#columns + Math.floor(x / this.#size)].push(x, y);
  }

  /** Whether a point lies nearer than a distance of at most the size. */
  hasWithin(x: number, y: number, distance: number): boolean {
    const [column, row] = [Math.floor(x / this.#size), Math.floor(y / this.#size)];
    const limit = distance * distance;
    for (let j = Math.max(0, row - 1); j <= Math.min(this.#rows - 1, row + 1); j += 1) {
      for (let i = Math.max(0, column - 1); i <= Math.min(this.#columns - 1, column + 1); i += 1) {
        const cell = this.#cells[j * this.#columns + i];
        for (let k = 0; k < cell.length; k += 2) {
          if ((cell[k] - x) ** 2 + (cell[k + 1] - y) ** 2 < limit) return true;
        }
      }
    }
    return false;
  }
}

/** Follows −∇f at unit speed over the domain as it is drawn: from (0, 0) at its lower left corner to its extent. */
class Descent {
  readonly #landscape: Landscape;
  readonly extent: readonly [number, number];
  readonly #scale: readonly [number, number];
  readonly #gradient = new Float64Array(2);
  /** Where it is now. */
  readonly at = new Float64Array(2);
  /** Its direction there. */
  readonly way = new Float64Array(2);
  #loss = 0;
  readonly #stages = [0, 1, 2, 3, 4].map(() => new Float64Array(2));
  readonly #next = new Float64Array(2);

  constructor(landscape: Landscape, extent: readonly [number, number]) {
    const [xmin, xmax, ymin, ymax] = landscape.domain;
    this.#landscape = landscape;
    this.extent = extent;
    this.#scale = [extent[0] / (xmax - xmin), extent[1] / (ymax - ymin)];
  }

  /** A place in the domain's own coordinates; the border itself is met exactly. */
  place(x: number, y: number): [number, number] {
    const [xmin, xmax, ymin, ymax] = this.#landscape.domain;
    const [width, depth] = this.extent;
    return [x === width ? xmax : xmin + x / this.#scale[0], y === depth ? ymax : ymin + y / this.#scale[1]];
  }

  isInside(x: number, y: number): boolean {
    return x >= 0 && y >= 0 && x <= this.extent[0] && y <= this.extent[1];
  }

  /** Begins at a place; false where there is no slope. */
  begin(x: number, y: number, way: Way): boolean {
    this.at[0] = x;
    this.at[1] = y;
    this.#loss = this.#look(x, y, way, this.way);
    return !Number.isNaN(this.#loss);
  }

  /**
   * Tries a step of the classical fourth-order Runge–Kutta method. Returns the cosine of the turn within it, or NaN where it
   * is refused: it would turn too far, go up instead of down, or leave what is a number.
   */
  step(length: number, way: Way): number {
    const { at } = this;
    const [a, b, c, d, e] = this.#stages;
    a.set(this.way);
    const look = (from: Float64Array, share: number, out: Float64Array): number =>
      this.#look(at[0] + share * length * from[0], at[1] + share * length * from[1], way, out);
    if (Number.isNaN(look(a, 0.5, b) + look(b, 0.5, c) + look(c, 1, d))) return Number.NaN;
    for (let k = 0; k < 2; k += 1) e[k] = (a[k] + 2 * b[k] + 2 * c[k] + d[k]) / 6;
    const loss = look(e, 1, this.#next);
    const cosine = [b, c, d, this.#next].reduce((least, to) => Math.min(least, a[0] * to[0] + a[1] * to[1]), 1);
    if (!(way * loss <= way * this.#loss) || cosine < TURN) return Number.NaN;
    for (let k = 0; k < 2; k += 1) at[k] += length * e[k];
    this.way.set(this.#next);
    this.#loss = loss;
    return cosine;
  }

  /** Writes the unit direction at a place and returns the loss there; NaN where there is no direction. */
  #look(x: number, y: number, way: Way, out: Float64Array): number {
    const { formula, parameters } = this.#landscape;
    const loss = formula.gradient(...this.place(x, y), parameters, this.#gradient);
    const [vx, vy] = [-way * this.#gradient[0] * this.#scale[0], -way * this.#gradient[1] * this.#scale[1]];
    const speed = Math.hypot(vx, vy);
    if (!(speed > 0 && speed < Infinity)) return Number.NaN;
    out[0] = vx / speed;
    out[1] = vy / speed;
    return loss;
  }
}

/** The share of the way from a place inside to one outside at which the border is met. */
function shareInside(
  from: readonly [number, number],
  to: ArrayLike<number>,
  extent: readonly [number, number],
): number {
  let share = 1;
  for (let k = 0; k < 2; k += 1) {
    if (to[k] < 0) share = Math.min(share, from[k] / (from[k] - to[k]));
    if (to[k] > extent[k]) share = Math.min(share, (extent[k] - from[k]) / (to[k] - from[k]));
  }
  return share;
}

/** Follows the slope one way from a place, until the line leaves, arrives, or comes near to another. Points x0, y0, … of the page, the place itself left out. */
function* follow(
  descent: Descent,
  crowd: Crowd,
  spacing: number,
  from: readonly [number, number],
  way: Way,
): Generator<void, number[]> {
  const points: number[] = [];
  const { at, extent } = descent;
  if (!descent.begin(...from, way)) return points;
  const kept = { x: from[0], y: from[1], wx: descent.way[0], wy: descent.way[1] };
  const keep = (): void => {
    [kept.x, kept.y, kept.wx, kept.wy] = [at[0], at[1], descent.way[0], descent.way[1]];
    points.push(at[0], at[1]);
  };
  let length = LONGEST_STEP / 4;
  for (let k = 0; k < STEPS; k += 1) {
    if (k % PAUSE === PAUSE - 1) yield;
    const before: [number, number] = [at[0], at[1]];
    const cosine = descent.step(length * spacing, way);
    if (Number.isNaN(cosine)) {
      length /= 2;
      if (length < SHORTEST_STEP) break;
      continue;
    }
    if (!descent.isInside(at[0], at[1])) {
      const share = shareInside(before, at, extent);
      for (let c = 0; c < 2; c += 1) at[c] = Math.min(extent[c], Math.max(0, before[c] + share * (at[c] - before[c])));
      break;
    }
    if (crowd.hasWithin(at[0], at[1], NEAR * spacing)) break;
    const apart = Math.hypot(at[0] - kept.x, at[1] - kept.y) / spacing;
    const bent = descent.way[0] * kept.wx + descent.way[1] * kept.wy < BENT;
    if (apart > APART || (bent && apart > CLOSEST)) keep();
    if (cosine > STRAIGHT) length = Math.min(LONGEST_STEP, 1.5 * length);
  }
  if (at[0] !== kept.x || at[1] !== kept.y) keep();
  return points;
}

/** Pairs of a list of coordinates, last first. */
function reversed(points: readonly number[]): number[] {
  return points.map((_, k) => points[k % 2 === 0 ? points.length - 2 - k : points.length - k]);
}

/** The van der Corput sequence: k mirrored at the point, in some base. */
function mirrored(k: number, base: number): number {
  let [value, digit] = [0, 1 / base];
  for (let rest = k; rest > 0; rest = Math.floor(rest / base), digit /= base) value += (rest % base) * digit;
  return value;
}

/**
 * Lines of steepest descent over a domain, evenly spaced: each begins beside one that is there, is followed downhill and
 * uphill in float64, and ends where it leaves the domain, arrives at a stationary point, or comes near to another. So where they
 * converge the first one goes on alone. It yields often, so that a page can stay alive; `allStreamlines` does it all at once.
 *
 * None is found on ground without any slope. Along a valley so stiff that even the shortest step turns across it lines end.
 *
 * Source: B. Jobard, W. Lefer, "Creating evenly-spaced streamlines of arbitrary density", 1997.
 */
export function* streamlines(
  landscape: Landscape,
  { extent, spacing }: StreamlineLayout,
): Generator<void, Streamline[]> {
  const descent = new Descent(landscape, extent);
  const crowd = new Crowd(extent, spacing);
  const lines: Streamline[] = [];
  const beginnings: [number, number][] = [];
  const tries = Math.ceil((TRIES * extent[0] * extent[1]) / spacing ** 2);
  let tried = 0;
  for (;;) {
    const from = beginnings.shift() ?? [extent[0] * mirrored(tried + 1, 2), extent[1] * mirrored(tried + 1, 3)];
    if (beginnings.length === 0) tried += 1;
    if (tried > tries) return lines;
    if (!descent.isInside(...from) || crowd.hasWithin(...from, spacing)) continue;
    const down = yield* follow(descent, crowd, spacing, from, 1);
    const up = yield* follow(descent, crowd, spacing, from, -1);
    const points = [...reversed(up), ...from, ...down];
    if (lengthOf(points) < SHORTEST * spacing) continue;
    for (let k = 0; k < points.length; k += 2) {
      const [x, y] = [points[k], points[k + 1]];
      crowd.add(x, y);
      const [px, py] =
        k + 2 < points.length ? [points[k + 2] - x, points[k + 3] - y] : [x - points[k - 2], y - points[k - 1]];
      const beside = (1.02 * spacing) / (Math.hypot(px, py) || 1);
      beginnings.push([x - beside * py, y + beside * px], [x + beside * py, y - beside * px]);
    }
    lines.push(
      Float64Array.from(points.flatMap((_, k) => (k % 2 === 0 ? descent.place(points[k], points[k + 1]) : []))),
    );
    yield;
  }
}

function lengthOf(points: readonly number[]): number {
  let length = 0;
  for (let k = 2; k < points.length; k += 2)
    length += Math.hypot(points[k] - points[k - 2], points[k + 1] - points[k - 1]);
  return length;
}

/** All that `streamlines` finds, at once. */
export function allStreamlines(landscape: Landscape, layout: StreamlineLayout): Streamline[] {
  return atOnce(streamlines(landscape, layout));
}
