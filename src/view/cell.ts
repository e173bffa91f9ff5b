import type { Insets, Sheet } from './projection.ts';

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
  return cells.find(({ left, top, width, height }) => x >= left && y >= top && x < left + width && y < top + height) ?? null;
}

/** The one cell of a picture that is not divided. */
export function wholeCell({ width, height, insets }: Sheet): Cell {
  return { left: 0, top: 0, width, height, insets, lane: null, camera: null, name: '', colour: '' };
}
