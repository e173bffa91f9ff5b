import type { Domain } from '../landscape/surface.ts';

/** What is descended: a built-in surface by id, or a typed formula; `params` hold only what differs from the defaults. */
export type SurfaceChoice =
  | { readonly id: string; readonly params: Readonly<Record<string, number>> }
  | { readonly formula: string; readonly params: Readonly<Record<string, number>> };

/** A learning-rate schedule with its own keys (unset ones depend on the run's length), after `warmup` updates of linear warm-up. */
export interface ScheduleChoice {
  readonly id: string;
  readonly keys: Readonly<Record<string, number>>;
  readonly warmup: number;
}

/** Gradient clipping: by the norm over all of a particle's parameters, or each entry by value; or all brought to one length. */
export interface ClipChoice {
  readonly kind: 'norm' | 'value' | 'normalize';
  readonly limit: number;
}

/** Noise on each gradient: σ times a standard normal, or Student's t of ν degrees of freedom (`nu` is 1 for `gaussian`, and idle). */
export interface NoiseChoice {
  readonly kind: 'gaussian' | 'student';
  readonly sigma: number;
  readonly nu: number;
}

/** A particle stops where the norm of its gradient is below the limit, or when its loss has not improved for so many updates. */
export interface StopChoice {
  readonly kind: 'gradient' | 'plateau';
  readonly limit: number;
}

/** What is done to gradients and around updates; null or false where it is not. Each can be switched in mid-run. */
export interface Conditioning {
  readonly schedule: ScheduleChoice | null;
  readonly noise: NoiseChoice | null;
  readonly clip: ClipChoice | null;
  /** Decay of an average of the weights that is kept beside the run. */
  readonly ema: number | null;
  /** A loss above the best by this many times what was gained takes the particle back there, with half the step. */
  readonly recover: number | null;
  readonly stop: StopChoice | null;
  /** Whether steps end at the domain's edge. */
  readonly bounded: boolean;
}

/** What stands on its own: a built-in optimizer by id, or the recurrences of a typed one. */
export type BaseChoice = string | { readonly update: string };

/** What descends; `sam` is sharpness-aware minimization over a base. */
export type OptimizerChoice = BaseChoice | { readonly sam: BaseChoice };

/** One optimizer in the race. */
export interface Lane extends Conditioning {
  readonly optimizer: OptimizerChoice;
  /** Only what differs from the optimizer's defaults (`lr` included). */
  readonly hyper: Readonly<Record<string, number>>;
  /** Index into the lane palette (Okabe–Ito), 0…7. */
  readonly colour: number;
  /** Switched off: it neither runs nor is drawn. */
  readonly on: boolean;
  /** What a person calls it, at most 40 characters of plain text; without one it is called after its optimizer. */
  readonly name?: string;
}

/** Where particles start; all lanes share the starts, so that a race is fair. */
export interface StartChoice {
  /** 1 … 2²⁰ for each lane; for `points` it is the number of points. */
  readonly count: number;
  readonly spawn: 'uniform' | 'gaussian' | 'grid' | 'points';
  readonly points: readonly (readonly [number, number])[];
}

/** Another value of one of a lane's conditionings, in the field of its name. */
export type ConditioningChange = {
  [K in keyof Conditioning]: { readonly kind: K; readonly lane: number } & Pick<Conditioning, K>;
}[keyof Conditioning];

/** Something changed in mid-run. `lane` is an index; `particles` start in every lane. */
export type Change =
  | { readonly kind: 'hyper'; readonly lane: number; readonly key: string; readonly value: number }
  | ConditioningChange
  | { readonly kind: 'particles'; readonly points: readonly (readonly [number, number])[] };

/** A change that takes effect after `step` updates, that is, before update number `step` (0 first). */
export interface Edit {
  readonly step: number;
  readonly change: Change;
}

/**
 * How one looks at it. Angles in degrees: the camera stands at `azimuth` from the +x axis towards +y (225 is above the lower
 * left corner, which is then at the bottom of the picture) and `elevation` above the plane; `distance` 1 frames the whole
 * terrain; `target` in units of the domain's half-width.
 */
export interface CameraChoice {
  readonly view: '3d' | 'map' | 'profile';
  readonly azimuth: number;
  readonly elevation: number;
  readonly distance: number;
  readonly target: readonly [number, number];
  /** A slow orbit of its own. */
  readonly turning: boolean;
}

/** How it is drawn. Nothing here changes a number of the run. */
export interface PictureChoice {
  readonly palette: string;
  /** auto: what suits the surface. */
  readonly height: 'auto' | 'linear' | 'log' | 'rank';
  /** Multiplies the terrain's height; 1 is 0.28 of the side. */
  readonly exaggeration: number;
  readonly contours: boolean;
  readonly markers: boolean;
  /** Whether and how the gradient field is drawn: arrows downhill on a grid, or the lines along which −∇f flows. */
  readonly field: 'none' | 'arrows' | 'flow';
  /** Whether it is shown where the gradient is small compared with the typical one. */
  readonly plateaus: boolean;
  /** Number of trail samples drawn, 0 … 64. */
  readonly trail: number;
  /** All lanes on one terrain to be explored; or compared, each that is on in a view of its own, or all together on one terrain. */
  readonly views: 'one' | 'each' | 'together';
  readonly theme: 'system' | 'dark' | 'light';
}

/** Where one looks from at a moment of a film; between two of them the camera moves. Angles as in CameraChoice; an azimuth beyond 360 goes around. */
export interface Keyframe {
  /** Seconds since the film began. */
  readonly at: number;
  readonly azimuth: number;
  readonly elevation: number;
  readonly distance: number;
  readonly target: readonly [number, number];
}

/** A line of text in a film, shown from one second to another. */
export interface Caption {
  readonly from: number;
  readonly to: number;
  /** Plain text, at most 200 characters. */
  readonly text: string;
}

/** What can lie over a film: the surface's name and formula; the lanes with their colours; the colour ramp; the loss over the steps; the step; the program's mark. */
export type Overlay = 'equation' | 'lanes' | 'legend' | 'chart' | 'step' | 'mark';

/** What a film has beyond the picture. */
export interface FilmChoice {
  /** Ascending in time; empty: the camera stays, or turns as it does on the page. */
  readonly path: readonly Keyframe[];
  /** smooth: through the keyframes without a halt, at rest at the ends; halting: at rest at each; even: at one speed between two. */
  readonly easing: 'smooth' | 'halting' | 'even';
  /** Whether the followed particle stays in the middle. */
  readonly follow: boolean;
  /** A plain line above, at most 120 characters; empty for none. */
  readonly title: string;
  readonly captions: readonly Caption[];
  readonly overlays: readonly Overlay[];
}

/** By what the lanes are compared. */
export interface RaceChoice {
  /** What each particle may spend, as many as the scene has steps: updates, or gradient evaluations; or as long as the quickest lane takes for so many updates. */
  readonly budget: 'steps' | 'gradients' | 'time';
  /** The loss that is to be reached; null: one that suits the surface. */
  readonly target: number | null;
}

/**
 * All that a person asked for: the link, a saved file, the command line and the page carry this one value, and everything
 * on screen follows from it. Same scene, same device: the same numbers.
 */
export interface Scene {
  readonly surface: SurfaceChoice;
  /** null: the surface's own, [-5, 5]² for a formula. */
  readonly domain: Domain | null;
  /** 1 … 8. */
  readonly lanes: readonly Lane[];
  readonly start: StartChoice;
  /** 0 … 2³² - 1. */
  readonly seed: number;
  /** The budget: the run rests after so many updates. */
  readonly steps: number;
  /** Updates a second; 0 is as fast as it goes. */
  readonly speed: number;
  /** Index of the lane that the panel shows. */
  readonly selected: number;
  /** Ascending by step. */
  readonly edits: readonly Edit[];
  readonly race: RaceChoice;
  readonly camera: CameraChoice;
  readonly picture: PictureChoice;
  readonly film: FilmChoice;
}
