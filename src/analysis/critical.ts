import type { Landscape, TerrainSamples } from '../compute/contract.ts';
import type { CriticalPoint } from '../landscape/surface.ts';
import { atOnce } from '../math/at-once.ts';
import { GradientField } from './gradient-field.ts';
import { classify, stationaryFrom } from './stationary.ts';
import { winding } from './winding.ts';

/** Stationary points and what is to be said about their completeness. */
export interface Critical {
  /** Isolated stationary points in the domain, the lowest first. */
  readonly points: readonly CriticalPoint[];
  /** Sentences; none where nothing speaks against the list being complete. */
  readonly doubts: readonly string[];
}

/** Two points nearer than this, in widths of the domain, are one; degenerate ones are known less exactly. */
const SAME = 1e-7;
const SAME_DEGENERATE = 1e-4;

/** Parts a side of the domain, each checked for the turns of the gradient around it. */
const PARTS = 12;

/** Samples a side of a part that is searched again, and how often it is quartered at most. */
const AGAIN = 24;
const QUARTERED = 24;

/** Parts that are searched again at most: along a kink there is no end of them. */
const MOST_AGAIN = 150;

/** Where a part is cut: beside the middle and the lines that symmetric landscapes have their points on. */
const CUT = 0.4871;

/** Functions with kinks or jumps, as they are written. */
const KINKS = /\b(abs|min|max|sign|floor)\b/;

const INDEX = { minimum: 1, maximum: 1, saddle: -1 } as const;

type Place = readonly [number, number];

const NEIGHBOURS = [-1, 0, 1]
  .flatMap((dj) => [-1, 0, 1].map((di) => [di, dj] as const))
  .filter(([di, dj]) => di !== 0 || dj !== 0);

/** Slopes on a square grid over a rectangle. */
interface Grid {
  readonly size: number;
  slope(i: number, j: number): Place;
  place(i: number, j: number): Place;
}

/**
 * Places near which the gradient may vanish: cells in which both its components change their sign, and samples at which it
 * is smaller than at their neighbours.
 */
function* candidates({ size, slope, place }: Grid): Generator<Place> {
  const middle = ([ax, ay]: Place, [bx, by]: Place): Place => [(ax + bx) / 2, (ay + by) / 2];
  const straddles = (values: readonly number[]): boolean => Math.min(...values) <= 0 && Math.max(...values) >= 0;
  const sizeAt = (i: number, j: number): number => {
    const inside = i >= 0 && j >= 0 && i < size && j < size;
    return inside ? Math.hypot(...slope(i, j)) : Number.POSITIVE_INFINITY;
  };
  for (let j = 0; j < size; j += 1) {
    for (let i = 0; i < size; i += 1) {
      if (i + 1 < size && j + 1 < size) {
        const corners = [slope(i, j), slope(i + 1, j), slope(i, j + 1), slope(i + 1, j + 1)];
        if (straddles(corners.map(([u]) => u)) && straddles(corners.map(([, v]) => v))) {
          yield middle(place(i, j), place(i + 1, j + 1));
        }
      }
      const here = sizeAt(i, j);
      const around = NEIGHBOURS.map(([di, dj]) => sizeAt(i + di, j + dj));
      // Where the gradient is the same all around there is nothing to find.
      if (Math.min(...around) >= here && around.some((size) => size > here && Number.isFinite(size))) yield place(i, j);
    }
  }
}

/** Collects stationary points, each once. */
class Finds {
  readonly points: CriticalPoint[] = [];
  /** A place on a curve of stationary points, and one in a region without any slope. */
  curve: Place | null = null;
  flat: Place | null = null;
  /** Places where the gradient jumps. */
  readonly kinks: Place[] = [];
  /** Parts that were searched again. */
  again = 0;
  readonly #field: GradientField;

  constructor(field: GradientField) {
    this.#field = field;
  }

  search(from: Place): void {
    const found = stationaryFrom(this.#field, from);
    if (!found || !this.#isInside(found) || this.#knows(found)) return;
    const { point, surroundings } = classify(this.#field, found);
    if (surroundings === 'curve') this.curve ??= found;
    else if (surroundings === 'flat') this.flat ??= found;
    else if (surroundings === 'kink') this.kinks.push(found);
    else this.points.push(point);
  }

  #isInside([x, y]: Place): boolean {
    const [xmin, xmax, ymin, ymax] = this.#field.landscape.domain;
    const slack = 1e-12;
    const [dx, dy] = [slack * this.#field.width, slack * this.#field.height];
    return x >= xmin - dx && x <= xmax + dx && y >= ymin - dy && y <= ymax + dy;
  }

  #knows([x, y]: Place): boolean {
    const { width, height } = this.#field;
    return this.points.some((point) => {
      const apart = Math.hypot((point.x - x) / width, (point.y - y) / height);
      return apart < (point.type === 'degenerate' ? SAME_DEGENERATE : SAME);
    });
  }
}

/** The samples that a picture was made of, as a grid. */
function sampled({ size, domain, values }: TerrainSamples, field: GradientField): Grid {
  const [xmin, , ymin] = domain;
  return {
    size,
    slope(i, j) {
      const k = 4 * (j * size + i);
      return [values[k + 1] * field.width, values[k + 2] * field.height];
    },
    place: (i, j) => [xmin + (i / (size - 1)) * field.width, ymin + (j / (size - 1)) * field.height],
  };
}

/** A rectangle of the unit square: [u0, v0, u1, v1]. */
type Part = readonly [number, number, number, number];

/** A grid over a part. */
function refined(field: GradientField, [u0, v0, u1, v1]: Part): Grid {
  const place = (i: number, j: number): Place =>
    field.place(u0 + ((u1 - u0) * i) / (AGAIN - 1), v0 + ((v1 - v0) * j) / (AGAIN - 1));
  return {
    size: AGAIN,
    place,
    slope(i, j) {
      field.at(...place(i, j));
      return [field.slope[0], field.slope[1]];
    },
  };
}

/** The parts of the domain. */
function parts(): Part[] {
  const cuts = Array.from({ length: PARTS + 1 }, (_, k) => (k === 0 ? 0 : k === PARTS ? 1 : (k - 0.5 + CUT) / PARTS));
  return cuts.slice(1).flatMap((v1, j) => cuts.slice(1).map((u1, i): Part => [cuts[i], cuts[j], u1, v1]));
}

function quarters([u0, v0, u1, v1]: Part): Part[] {
  const [u, v] = [u0 + CUT * (u1 - u0), v0 + CUT * (v1 - v0)];
  return [
    [u0, v0, u, v],
    [u, v0, u1, v],
    [u0, v, u, v1],
    [u, v, u1, v1],
  ];
}

/** The sum of the indices of the points of a part; NaN when a degenerate one is among them. */
function indices(points: readonly CriticalPoint[], field: GradientField, part: Part): number {
  let sum = 0;
  for (const { x, y, type } of points) {
    if (contains(field, part, [x, y])) sum += type === 'degenerate' ? Number.NaN : INDEX[type];
  }
  return sum;
}

function contains({ landscape, width, height }: GradientField, [u0, v0, u1, v1]: Part, [x, y]: Place): boolean {
  const [xmin, , ymin] = landscape.domain;
  const [u, v] = [(x - xmin) / width, (y - ymin) / height];
  return u >= u0 && u < u1 && v >= v0 && v < v1;
}

/** Searches a part until its points account for the turns around it, in ever smaller quarters. Returns whether they do. */
function* settle(field: GradientField, finds: Finds, part: Part, depth: number): Generator<void, boolean> {
  const turns = winding(field, part);
  const agrees = (): boolean => {
    const sum = indices(finds.points, field, part);
    return Number.isNaN(sum) || sum === turns;
  };
  yield;
  if (Number.isNaN(turns) || agrees()) return true;
  finds.again += 1;
  if (finds.again > MOST_AGAIN) return false;
  for (const from of candidates(refined(field, part))) {
    finds.search(from);
    yield;
  }
  if (agrees()) return true;
  if (depth === 0) return false;
  let settled = true;
  for (const quarter of quarters(part)) settled = (yield* settle(field, finds, quarter, depth - 1)) && settled;
  return settled;
}

/**
 * Finds the stationary points of a landscape in its domain. Candidates come from samples (of a GPU or not), each is followed
 * to the point itself in float64, and where the gradient turns around a part of the domain otherwise than the points found
 * there account for, the part is searched again. It yields often, so that a page can stay alive; `found` does it all at
 * once.
 *
 * What is missed: points that lie closer together than the samples and cancel in their turns.
 * @param samples of the same landscape over its domain
 */
export function* search(landscape: Landscape, samples: TerrainSamples): Generator<void, Critical> {
  const field = new GradientField(landscape);
  const finds = new Finds(field);
  for (const from of candidates(sampled(samples, field))) {
    finds.search(from);
    yield;
  }
  let unexplained = 0;
  for (const part of parts()) {
    const smooth = !finds.kinks.some((place) => contains(field, part, place));
    if (!(yield* settle(field, finds, part, smooth ? QUARTERED : 0))) unexplained += 1;
  }
  return { points: finds.points.sort((a, b) => a.value - b.value), doubts: doubtsOf(landscape, finds, unexplained) };
}

/** All that `search` finds, at once. */
export function found(landscape: Landscape, samples: TerrainSamples): Critical {
  return atOnce(search(landscape, samples));
}

const shown = ([x, y]: Place): string => `(${Number(x.toPrecision(4))}, ${Number(y.toPrecision(4))})`;

function doubtsOf({ formula }: Landscape, { curve, flat }: Finds, unexplained: number): string[] {
  const kink = KINKS.exec(formula.text);
  return [
    curve && `Stationary points fill a curve, as at ${shown(curve)}; only isolated ones are listed.`,
    flat && `The gradient is zero in float64 over a whole region, as at ${shown(flat)}; no point of it is listed.`,
    kink && `The formula has kinks (${kink[0]}): what lies on one has no gradient and is not listed.`,
    unexplained > 0 &&
      !(curve || flat || kink) &&
      `Around ${unexplained} of ${PARTS ** 2} parts of the domain the gradient turns otherwise than the points found there account for: some may be missing, or it is not continuous there.`,
  ].filter((line): line is string => Boolean(line));
}
