/** A rectangle in whole CSS pixels. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A terrain is seen about so much wider than high. */
const SHAPE = 1.3;

/** How many stand side by side so that each picture is as large as can be; of equals the fuller grid. */
function columnsOf(count: number, width: number, height: number): number {
  const sizes = Array.from({ length: count }, (_, k) => {
    const [columns, rows] = [k + 1, Math.ceil(count / (k + 1))];
    const empty = columns * rows - count;
    return Math.min(width / columns / SHAPE, height / rows) * (1 - 0.02 * empty);
  });
  return 1 + sizes.indexOf(Math.max(...sizes));
}

/** Divides a rectangle into so many, row by row, with gaps between them; those of the last row share its width. */
export function gridOf(count: number, width: number, height: number, gap: number): Rectangle[] {
  const columns = columnsOf(count, width, height);
  const rows = Math.ceil(count / columns);
  /** Where number k of n parts of a length begins; n is the end of the last, and a gap. */
  const at = (k: number, n: number, length: number): number => Math.round((k * (length + gap)) / n);
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const across = Math.min(columns, count - row * columns);
    const column = index % columns;
    const [left, top] = [at(column, across, width), at(row, rows, height)];
    return {
      left,
      top,
      width: Math.max(1, at(column + 1, across, width) - gap - left),
      height: Math.max(1, at(row + 1, rows, height) - gap - top),
    };
  });
}
