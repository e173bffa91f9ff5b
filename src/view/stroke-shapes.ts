import type { Arrow } from '../analysis/arrows.ts';
import type { Streamline } from '../analysis/streamlines.ts';
import type { HeightField, Spot } from './height-field.ts';
import { extentOf } from './projection.ts';

/** The gradient field as it is to be drawn, in the domain's own coordinates. */
export type FieldDrawing =
  | { readonly kind: 'arrows'; readonly arrows: readonly Arrow[] }
  | { readonly kind: 'flow'; readonly lines: readonly Streamline[] };

/** Ribbons over a height field, as vertices in pairs, left and right. */
export interface StrokeVertices {
  /** u, v (0 … 1 across the domain) and height of each vertex, and the way to where the stroke goes on in the same units. */
  readonly places: Float32Array;
  readonly ahead: Float32Array;
  /** -1 or 1 for the side; half the width; how far it is moved ahead: both in CSS pixels. */
  readonly pens: Float32Array;
  readonly index: Uint32Array;
}

/** Sizes in CSS pixels: half the width of an arrow's shaft, tail and neck, and of a flow line, where it begins and later. */
const SHAFT = [0.45, 0.85] as const;
const LINE = [0.5, 0.72] as const;

/** Length and half the width of the largest heads, in CSS pixels. */
const ARROW_HEAD = [7, 3.3] as const;
const FLOW_HEAD = [6, 2.7] as const;

/** Pieces of an arrow's shaft: it follows the ground. */
const PIECES = 4;

/** In units of the domain's longer side: from one head of a flow line to the next, and how far a line takes to its whole width. */
const BETWEEN = 0.2;
const SWELL = 0.1;

/** A point of a stroke: u, v, and as in StrokeVertices the half width and the move ahead. */
type PenPoint = readonly [u: number, v: number, half: number, along: number];

/** u, v and height; or the way from one such place to another. */
type Place = readonly [number, number, number];

const difference = (from: Place, to: Place): Place => [to[0] - from[0], to[1] - from[1], to[2] - from[2]];

/** Collects ribbons. */
class Ribbons {
  readonly #field: HeightField;
  readonly #places: number[] = [];
  readonly #ahead: number[] = [];
  readonly #pens: number[] = [];
  readonly #index: number[] = [];
  readonly #spot: Spot = { height: 0, du: 0, dv: 0 };

  constructor(field: HeightField) {
    this.#field = field;
  }

  /** Adds a ribbon through points. */
  add(points: readonly PenPoint[]): void {
    const places = points.map((point) => this.#place(point));
    points.forEach(([, , half, along], k) => {
      const ahead = difference(places[Math.max(0, k - 1)], places[Math.min(places.length - 1, k + 1)]);
      this.#pair(places[k], ahead, half, along, k === 0);
    });
  }

  /** Adds a head whose tip lies at a place and that looks away from another; its length is that on the screen. */
  addHead(from: readonly [number, number], tip: readonly [number, number], length: number, half: number): void {
    const place = this.#place(tip);
    const ahead = difference(this.#place(from), place);
    this.#pair(place, ahead, half, -length, true);
    this.#pair(place, ahead, 0, 0, false);
  }

  #place([u, v]: readonly [number, number, ...unknown[]]): Place {
    return [u, v, this.#field.at(u, v, this.#spot).height];
  }

  /** Two vertices, and the ribbon's piece to the two before them. */
  #pair(place: Place, ahead: Place, half: number, along: number, first: boolean): void {
    const k = this.#places.length / 3;
    for (const side of [-1, 1]) {
      this.#places.push(...place);
      this.#ahead.push(...ahead);
      this.#pens.push(side, half, along);
    }
    if (!first) this.#index.push(k - 2, k - 1, k + 1, k - 2, k + 1, k);
  }

  get vertices(): StrokeVertices {
    return {
      places: Float32Array.from(this.#places),
      ahead: Float32Array.from(this.#ahead),
      pens: Float32Array.from(this.#pens),
      index: Uint32Array.from(this.#index),
    };
  }
}

/** The share of a longest arrow's head that an arrow of such a length has: short arrows keep a head that can be seen. */
const headShare = (length: number, longest: number): number => Math.min(1, 0.35 + (0.9 * length) / longest);

function addArrows(ribbons: Ribbons, arrows: readonly Arrow[], { domain }: HeightField, extent: readonly [number, number]): void {
  const [xmin, xmax, ymin, ymax] = domain;
  const [width, depth] = [xmax - xmin, ymax - ymin];
  const lengths = arrows.map(({ dx, dy }) => Math.hypot((dx / width) * extent[0], (dy / depth) * extent[1]));
  const longest = Math.max(...lengths);
  arrows.forEach(({ x, y, dx, dy }, n) => {
    const at = (share: number): readonly [number, number] => [
      (x - xmin + (share - 0.5) * dx) / width,
      (y - ymin + (share - 0.5) * dy) / depth,
    ];
    const share = headShare(lengths[n], longest);
    const [head, half] = ARROW_HEAD.map((size) => size * share);
    const shaft = Array.from({ length: PIECES + 1 }, (_, k): PenPoint => {
      const t = k / PIECES;
      const pen = (SHAFT[0] + (SHAFT[1] - SHAFT[0]) * t) * share;
      return [...at(t), pen, k === PIECES ? -head : 0];
    });
    ribbons.add(shaft);
    ribbons.addHead(at(1 - 1 / PIECES), at(1), head, half);
  });
}

function addLine(ribbons: Ribbons, line: Streamline, { domain }: HeightField, extent: readonly [number, number]): void {
  const [xmin, xmax, ymin, ymax] = domain;
  const points: PenPoint[] = [];
  const heads: (readonly [from: PenPoint, tip: PenPoint])[] = [];
  let [length, next] = [0, 0];
  const whole = lengthOf(line, domain, extent);
  // Heads at even distances, half of one before the first and after the last.
  const between = whole / Math.max(1, Math.round(whole / BETWEEN));
  next = between / 2;
  for (let k = 0; k < line.length; k += 2) {
    const [u, v] = [(line[k] - xmin) / (xmax - xmin), (line[k + 1] - ymin) / (ymax - ymin)];
    const before = points.at(-1);
    length += before ? Math.hypot((u - before[0]) * extent[0], (v - before[1]) * extent[1]) : 0;
    const point: PenPoint = [u, v, LINE[0] + (LINE[1] - LINE[0]) * Math.min(1, length / SWELL), 0];
    points.push(point);
    if (before && length >= next) {
      heads.push([before, point]);
      next += between;
    }
  }
  ribbons.add(points);
  const share = Math.min(1, 0.4 + whole / BETWEEN);
  for (const [from, tip] of heads) {
    ribbons.addHead([from[0], from[1]], [tip[0], tip[1]], FLOW_HEAD[0] * share, FLOW_HEAD[1] * share);
  }
}

function lengthOf(line: Streamline, [xmin, xmax, ymin, ymax]: HeightField['domain'], extent: readonly [number, number]): number {
  const [kx, ky] = [extent[0] / (xmax - xmin), extent[1] / (ymax - ymin)];
  let length = 0;
  for (let k = 2; k < line.length; k += 2) length += Math.hypot((line[k] - line[k - 2]) * kx, (line[k + 1] - line[k - 1]) * ky);
  return length;
}

/** The strokes of a gradient field over a height field. */
export function strokesOf(drawing: FieldDrawing, field: HeightField): StrokeVertices {
  const ribbons = new Ribbons(field);
  const extent = extentOf(field.domain);
  if (drawing.kind === 'arrows') {
    addArrows(ribbons, drawing.arrows, field, extent);
  } else {
    for (const line of drawing.lines) addLine(ribbons, line, field, extent);
  }
  return ribbons.vertices;
}
