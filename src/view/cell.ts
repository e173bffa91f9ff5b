import type { Insets, Sheet } from './projection.ts';

/** CSS pixels a side at which particles and signs have their full size: of a whole picture, and of a part of it. */
const FULL = { whole: 760, cell: 340 } as const;

/** A rectangle of the picture with a view of its own, in CSS pixels of the canvas. */
export interface Cell {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Strips of it that a heading or panels cover. */
  readonly insets: Insets;
  /** Index into the scene's lanes: only this one is drawn; null: all are. */
  readonly lane: number | null;
  /** The number of a camera that only cells with this number share; null: the picture's camera. */
  readonly camera: number | null;
  /** What a saved picture calls it, and the colour of its sign; empty where the picture needs no name. */
  readonly name: string;
  readonly colour: string;
}

/** The cell at a place of the canvas, or null between cells. */
export function cellAt(cells: readonly Cell[], x: number, y: number): Cell | null {
  return (
    cells.find(({ left, top, width, height }) => x >= left && y >= top && x < left + width && y < top + height) ?? null
  );
}

/** The one cell of a picture that is not divided. */
export function wholeCell({ width, height, insets }: Sheet): Cell {
  return { left: 0, top: 0, width, height, insets, lane: null, camera: null, name: '', colour: '' };
}

/** Size of particles and markers in a cell: 1 where there is much room, less on a small picture. */
export function signScale({ width, height, insets }: Cell, divided: boolean): number {
  const free = Math.min(width - insets.left - insets.right, height - insets.top - insets.bottom);
  return Math.min(1.1, Math.max(0.68, free / (divided ? FULL.cell : FULL.whole)));
}

/**
 * Where a cell lies on the canvas, in device pixels; null where nothing of it does.
 * @param pixel device pixels of a CSS pixel
 * @param canvas the canvas's width and height in device pixels
 */
export function windowOf({ left, top, width, height }: Cell, pixel: number, canvas: readonly [number, number]) {
  const [x, y] = [left, top].map((at) => Math.max(0, Math.floor(at * pixel)));
  const [across, down] = [width, height].map((size) => Math.max(1, Math.floor(size * pixel)));
  const window = { x, y, width: Math.min(across, canvas[0] - x), height: Math.min(down, canvas[1] - y) };
  return window.width < 1 || window.height < 1 ? null : window;
}
