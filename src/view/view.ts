import type { TerrainSamples } from '../compute/contract.ts';
import type { CriticalPoint } from '../landscape/surface.ts';
import type { CameraChoice, PictureChoice } from '../scene/scene.ts';
import type { Pen } from './annotations.ts';
import type { Cell } from './cell.ts';
import type { LaneDrawing } from './lanes.ts';
import type { LegendSign } from './legend.ts';
import type { MarkedPoint } from './markers.ts';
import type { Rgb } from './oklab.ts';
import type { Insets } from './projection.ts';
import type { Quality } from './quality.ts';
import type { Theme } from './ramps.ts';
import type { HeightMode } from './relief.ts';
import type { FieldDrawing } from './stroke-shapes.ts';
import { Stage3d } from './picture.ts';

export type { Pen } from './annotations.ts';
export type { Cell } from './cell.ts';
export type { LaneDrawing } from './lanes.ts';
export type { MarkedPoint } from './markers.ts';
export type { Insets } from './projection.ts';
export type { Quality } from './quality.ts';
export type { Theme } from './ramps.ts';
export type { HeightMode } from './relief.ts';
export { extentOf } from './projection.ts';
export type { FieldDrawing } from './stroke-shapes.ts';

/** A place on the terrain. */
export interface Place {
  readonly x: number;
  readonly y: number;
  /** The loss there, as the terrain has it. */
  readonly value: number;
  /** The marked point that is meant, or null. */
  readonly marked: CriticalPoint | null;
}

/** What happens under the hand. */
export interface ViewEvents {
  /** The hand has moved the camera and it has come to rest. */
  camera?(camera: CameraChoice): void;
}

/** Where a tick or the like lies on the colour ramp. */
export interface LegendTick {
  /** 0 (lowest) … 1 (highest), along the ramp. */
  readonly position: number;
  readonly value: number;
  readonly text: string;
}

/** The colour ramp in numbers, for a legend. */
export interface Legend {
  /** How heights are made of losses, and where contours run, in words. */
  readonly height: HeightMode;
  readonly contours: string;
  readonly ticks: readonly LegendTick[];
  /** Evenly spaced CSS colours from the lowest to the highest. */
  readonly colours: readonly string[];
  /** What lies over the ground beside the ramp. */
  readonly signs: readonly LegendSign[];
}

/** How fast and how finely it draws. */
export interface ViewStats {
  readonly framesPerSecond: number;
  readonly quality: Quality;
  /** Device pixels of the picture. */
  readonly width: number;
  readonly height: number;
  readonly backend: 'webgpu' | 'webgl2';
}

/** What a view is made of. */
export interface ViewOptions {
  readonly canvas: HTMLCanvasElement;
  /** The device whose buffers the lanes lend, or null: three's WebGL 2 backend then draws from the CPU swarm's arrays. */
  readonly device: GPUDevice | null;
  /** Labels and markers are drawn on a canvas of the view's own, which is put here, over `canvas`. */
  readonly overlay: HTMLElement;
  /** Whether motion that nobody asked for is left out: a camera then neither flies nor coasts. Asked whenever one might. */
  readonly calm: () => boolean;
  readonly on?: ViewEvents;
}

/** The picture of a scene. Everything is set at any time, in any order; nothing is drawn but by `draw`. */
export interface View {
  setTerrain(samples: TerrainSamples, height: HeightMode, palette: string): void;
  setTheme(theme: Theme): void;
  /** Points to be marked; more than can be told apart are not. */
  setMarked(points: readonly MarkedPoint[]): void;
  /** The gradient field that lies over the terrain, beneath the particles; null for none. */
  setField(drawing: FieldDrawing | null): void;
  setPicture(picture: PictureChoice): void;
  setLanes(lanes: readonly LaneDrawing[]): void;
  /** `lane` is an index into the lanes that were set. */
  setFollowed(followed: { readonly lane: number; readonly particle: number } | null): void;
  /** Where one looks from. Setting it flies there. */
  camera: CameraChoice;
  setInsets(insets: Insets): void;
  /** Divides the picture into views of single lanes; one of all lanes where there are no cells. Cameras that no cell names are forgotten, new ones begin where the picture's is. */
  setCells(cells: readonly Cell[]): void;
  /** What lies under a place of the page. */
  pick(clientX: number, clientY: number): Place | null;
  /** CSS pixels of the canvas, and device pixels of one; 0 × 0 draws nothing. */
  resize(width: number, height: number, pixelRatio: number): void;
  /** Draws, if anything may have changed. `moving`: whether particles may have moved since the last time. */
  draw(milliseconds: number, moving?: boolean): void;
  /** How finely it is drawn now; falls and rises by itself. */
  readonly quality: Quality;
  readonly stats: ViewStats;
  readonly legend: Legend | null;
  /** The picture as it is, in the page's full resolution, as a PNG. */
  image(): Promise<Blob>;
  /**
   * Draws the picture as it is, at once and as finely as can be, onto a whole canvas of its shape; the page's canvas gets the size that `resize` said.
   * @param ground what it stands before; null: the page's own
   */
  paint(pen: Pen, ground?: Rgb | null): void;
  dispose(): void;
}

/** Makes the view. @throws Error (rejects) when neither backend can draw here */
export function createView(options: ViewOptions): Promise<View> {
  return Stage3d.create(options);
}
