import type { Pen } from './annotations.ts';
import type { Look } from './look.ts';
import type { Marker } from './markers.ts';

/** What stands beside a marker: what it is, and a number that tells it from the others. */
export interface MarkerLabel {
  readonly lines: readonly [string, string];
  /** Left end of the first line's middle, in CSS pixels. */
  readonly x: number;
  readonly y: number;
}

/** CSS pixels of a picture from which on there is room for words, and markers beyond which there is none. */
const ROOMY = 900;
const MOST = 16;

/** Sizes in CSS pixels: of the text, of a line, of a letter at most. */
const SIZE = 12;
const LINE = 15;
const LETTER = 7.3;

/** How far a marker reaches, in CSS pixels: a saddle by its arms. */
const reachOf = ({ point }: Marker): number => (point.type === 'saddle' ? 22 : 13);

const read = (value: number): string => String(Number(value.toPrecision(3))).replace('-', '−');

/** A minimum is known by its place, anything else by its height. */
const linesOf = ({ point: { type, x, y, value } }: Marker): readonly [string, string] => [
  type,
  type === 'minimum' ? `(${read(x)}, ${read(y)})` : read(value),
];

/**
 * Labels of markers that lie clear of other markers and labels; none where there is no room for words.
 * @param width CSS pixels of the picture that no panel covers
 */
export function markerLabels(markers: readonly Marker[], width: number): MarkerLabel[] {
  if (width < ROOMY || markers.length > MOST) {
    return [];
  }
  const placed: { readonly label: MarkerLabel; readonly wide: number }[] = [];
  for (const marker of markers) {
    const lines = linesOf(marker);
    const wide = LETTER * Math.max(...lines.map((line) => line.length));
    const [x, y] = [marker.x + reachOf(marker), marker.y + LINE];
    const hits = (left: number, top: number, right: number, bottom: number): boolean =>
      left < x + wide && right > x && top < y + 1.5 * LINE && bottom > y - LINE / 2;
    const meets = (other: Marker): boolean => {
      const reach = reachOf(other);
      return other !== marker && hits(other.x - reach, other.y - reach, other.x + reach, other.y + reach);
    };
    const covers = ({ label, wide: w }: (typeof placed)[number]): boolean =>
      hits(label.x, label.y - LINE / 2, label.x + w, label.y + 1.5 * LINE);
    if (!markers.some(meets) && !placed.some(covers)) {
      placed.push({ label: { lines, x, y }, wide });
    }
  }
  return placed.map(({ label }) => label);
}

/** Writes labels, each letter with a quiet halo. */
export function writeLabels(pen: Pen, labels: readonly MarkerLabel[], look: Look): void {
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.lineJoin = 'round';
  pen.lineWidth = 3;
  for (const { lines, x, y } of labels) {
    lines.forEach((text, k) => {
      pen.font = k === 0 ? `600 ${SIZE + 1}px "Source Sans 3", sans-serif` : `${SIZE}px "IBM Plex Mono", monospace`;
      pen.strokeStyle = look.halo;
      pen.globalAlpha = 0.75;
      pen.strokeText(text, x, y + k * LINE);
      pen.globalAlpha = 1;
      pen.fillStyle = look.ink;
      pen.fillText(text, x, y + k * LINE);
    });
  }
}
