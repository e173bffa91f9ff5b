import type { Scale } from './scale.ts';

/** What a pointer over a figure is told. */
export interface Under {
  /** The lane that is meant, or null where none is near enough. */
  readonly lane: number | null;
  /** Where on the x axis the pointer is, in words. */
  readonly head: string;
  readonly rows: readonly {
    readonly lane: number;
    readonly colour: string;
    readonly name: string;
    readonly text: string;
  }[];
}

/** A figure as it was drawn. All its colours and fonts are in it, so that it can be saved as it is. */
export interface Drawing {
  readonly element: SVGSVGElement;
  /** The plot's left, top, right and bottom. */
  readonly plot: readonly [number, number, number, number];
  /** Its x axis, where places on it mean a time of the run. */
  readonly x: Scale | null;
  /** What lies under a pixel of the plot. */
  under(x: number, y: number): Under;
  /** Lets all but one lane stand back; null: none does. */
  light(lane: number | null): void;
}

/** A chart of any kind: the page draws it, and it is saved as a picture or a table. */
export interface Figure {
  readonly title: string;
  /** What is measured, in a few words under the title. */
  readonly note: string;
  /**
   * Draws it, with pauses, so that a page can stay alive.
   * @param selected the lane that is drawn in front, with its band where it has one
   */
  draw(width: number, height: number, selected: number): Generator<void, Drawing>;
  /** The same as comma-separated values. */
  csv(): string;
}

/** Opacity of what stands back. */
const BEHIND = '0.22';

/** Lets the parts of other lanes stand back. */
export function lightParts(
  parts: readonly { readonly lane: number; readonly element: Element }[],
  lane: number | null,
): void {
  for (const part of parts) {
    part.element.setAttribute('opacity', lane === null || part.lane === lane ? '1' : BEHIND);
  }
}

/** A name as a cell of a table. */
export const csvCell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
