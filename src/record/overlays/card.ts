import type { Scene } from '../../scene/scene.ts';
import type { Look } from '../../view/look.ts';
import type { Legend, Pen } from '../../view/view.ts';
import type { LossHistory } from '../history.ts';

/** What overlays tell of: all of it follows from the scene and the frame's number. */
export interface FilmFacts {
  readonly scene: Scene;
  readonly look: Look;
  readonly legend: Legend | null;
  /** Updates done. */
  readonly step: number;
  /** Since the film began. */
  readonly seconds: number;
  /** Null where no overlay needs it. */
  readonly history: LossHistory | null;
}

/** Something that lies over a film: its size, in pixels of the layout, and how it is drawn with its upper left corner at a place. */
export interface Card {
  readonly width: number;
  readonly height: number;
  draw(x: number, y: number): void;
}

/** Fonts of the project, by their use. */
export const font = {
  text: (size: number): string => `${size}px "Source Sans 3", sans-serif`,
  strong: (size: number): string => `600 ${size}px "Source Sans 3", sans-serif`,
  number: (size: number): string => `${size}px "IBM Plex Mono", monospace`,
  math: (size: number): string => `${size}px "STIX Two Math", math, serif`,
} as const;

/** Thickness of the quiet band around letters, so that they are read on any ground. */
const HALO = 4;

/** Writes a line: its left end, middle or right end at x, its middle at y, as the pen is set. */
export function write(pen: Pen, text: string, x: number, y: number, colour: string, look: Look): void {
  pen.lineJoin = 'round';
  pen.lineWidth = HALO;
  pen.strokeStyle = look.halo;
  pen.globalAlpha = 0.75;
  pen.strokeText(text, x, y);
  pen.globalAlpha = 1;
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}
