import type { CriticalPoint } from '../landscape/surface.ts';
import type { CameraChoice } from '../scene/scene.ts';
import type { Cell } from '../view/cell.ts';

/** Strips of the stage, in CSS pixels, that panels lie over: the picture is framed in what is left. */
export interface Insets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** What a legend shows of the terrain; a new object whenever anything in it changed. */
export interface LegendFacts {
  /** In words: "Loss, log height". */
  readonly title: string;
  /** How far apart the contour lines are, in words; empty without contours. */
  readonly note: string;
  /** CSS colours at even distances, lowest loss first. */
  readonly colours: readonly string[];
  /** Losses along the bar: where (0 … 1) and as text. */
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  /** What else lies on the ground, and what it means. */
  readonly signs: readonly { readonly sign: 'plateau' | 'arrows' | 'flow'; readonly text: string }[];
}

/** All that the hand needs of the picture. */
export interface ViewPort {
  /** The picture's free part; called when panels change their size. */
  setInsets(insets: Insets): void;
  /** Divides the picture into views of single lanes; with none it is one of all. */
  setCells(cells: readonly Cell[]): void;
  /** The terrain's point under a place of the window (client coordinates), or null beside it; with the marked point there, if any. */
  pick(
    clientX: number,
    clientY: number,
  ): { readonly x: number; readonly y: number; readonly marked: CriticalPoint | null } | null;
  /** Where one looks from. */
  readonly camera: CameraChoice;
  /** Looks from somewhere else for now; the scene's own camera stays as it is. */
  look(camera: CameraChoice): void;
  /** Back to the scene's own framing. */
  resetCamera(): void;
  /** Null until there is a terrain. */
  readonly legend: LegendFacts | null;
  /** The picture as it is, as a PNG. */
  image(): Promise<Blob>;
}
