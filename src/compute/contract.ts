import type { Hyper, Optimizer } from '../descent/optimizer.ts';
import type { Formula } from '../formula/formula.ts';
import type { Domain } from '../landscape/surface.ts';
import type { ClipChoice, NoiseChoice, StopChoice } from '../scene/scene.ts';
import type { MeasureId, Place, Quantiles } from './measures.ts';

/** Beyond this size the GPU calls a coordinate diverged: inside float32's range, so that no shader ever has to see an infinity to know. */
export const DIVERGED_BEYOND = 1e30;

/** The most particles one swarm starts with. */
export const MAX_PARTICLES = 2 ** 20;

/** The most particles that can be added to one swarm in mid-run. */
export const MAX_ADDED = 4096;

/** What is descended, in numbers: a formula with its parameters bound. */
export interface Landscape {
  readonly formula: Formula;
  /** In the order of `formula.parameters`. */
  readonly parameters: Float64Array;
  readonly domain: Domain;
  /** Known minima, to tell arrivals by; empty for a typed formula. */
  readonly minima: readonly { readonly x: number; readonly y: number; readonly value: number }[];
}

/** What may change between two updates without a restart. */
export interface Settings {
  /** Every key of the optimizer. */
  readonly hyper: Hyper;
  /** The learning rate of the run's update number t, 0 first. */
  readonly rate: (t: number) => number;
  readonly noise: NoiseChoice | null;
  readonly clip: ClipChoice | null;
  readonly ema: number | null;
  readonly recover: number | null;
  readonly stop: StopChoice | null;
  readonly bounded: boolean;
}

/** Everything a swarm is made of. */
export interface SwarmPlan {
  readonly landscape: Landscape;
  readonly optimizer: Optimizer;
  readonly settings: Settings;
  /**
   * Whether the settings may ever clip; add noise; or average, recover, stop or bound. A swarm that never does need not carry
   * the code.
   */
  readonly clips: boolean;
  readonly noisy: boolean;
  readonly guards: boolean;
  /** Whether averages of places may ever be kept: they are drawn as a ghost. */
  readonly averages: boolean;
  /** Keys everything random, 0 … 2³² - 1. */
  readonly seed: number;
  /** x0, y0, x1, y1, …; exactly representable in float32, so that both devices start at the same places. */
  readonly starts: Float64Array;
}

/** Particles as they are now, in the order of the starts, added ones last. */
export interface Particles {
  /** x0, y0, x1, …. A diverged particle's is the offending point as it is. */
  readonly positions: Float64Array;
  /** The surface's value at each position; not finite, or beyond 1e30, where diverged. */
  readonly losses: Float64Array;
  /** Averages of each particle's places, x, y; null where the plan keeps none. */
  readonly averages: Float64Array | null;
  /** Update after which each particle left the number range, counted from the run's start; -1 for those that have not. */
  readonly diverged: Int32Array;
}

/** A swarm in a few numbers. Losses of diverged particles count as +Infinity. */
export interface Tally {
  readonly step: number;
  readonly count: number;
  /** Order statistics of the loss: those of rank floor(q·(count-1)) for q = 0.1, 0.5, 0.9, and the least. */
  readonly low: number;
  readonly median: number;
  readonly high: number;
  readonly best: number;
  /** Gradient norm below 1e-5·(1 + its norm at the start), or within 1e-3 of the domain's width of a known minimum. */
  readonly converged: number;
  readonly diverged: number;
  /** Neither diverged nor converged, and outside the domain. */
  readonly outside: number;
  /** Gradients that searches asked for so far, all particles together. */
  readonly asked: number;
}

/** The most targets that a swarm is watched for at a time, and the most places to which distances are measured. */
export const MAX_TARGETS = 32;
export const MAX_GOALS = 64;

/** What the particles that a swarm starts with are watched for, update by update. */
export interface WatchPlan {
  /** Losses to be reached, descending; at most MAX_TARGETS. The GPU takes them at the nearest float32. */
  readonly targets: readonly number[];
  /** Gradient evaluations that a particle may spend; Infinity where nothing but updates are counted. */
  readonly evaluations: number;
  /** Places to the nearest of which the distance is measured; at most MAX_GOALS, none without. */
  readonly goals?: readonly Place[];
}

/**
 * What a watch saw of each particle. What an update did counts while the particle's evaluations, that update's included, are
 * within the plan's, and until it leaves the number range (x, y or the loss: not finite, or on the GPU beyond 1e30).
 * The start counts as after 0 updates and 0 evaluations.
 */
export interface Watched {
  /** For each target, the update after which each particle was first at or below it; -1 for never. */
  readonly updates: readonly Int32Array[];
  /** Likewise its gradient evaluations by then; Infinity for never. */
  readonly evaluations: readonly Float64Array[];
  /** x, y and the loss after the last update that counts; of a diverged particle the offending ones. */
  readonly positions: Float64Array;
  readonly losses: Float64Array;
  /** Length of that last update; 0 at the start. */
  readonly moved: Float64Array;
  /** The least loss in the number range; Infinity where there was none. */
  readonly best: Float64Array;
  /** Gradient evaluations up to that last update. */
  readonly spent: Float64Array;
  /** Update after which it left the number range, -1 for those that have not. */
  readonly diverged: Int32Array;
}

/**
 * Watched particles in a few numbers, each taken where the watch last counted it: one that has spent its budget rests there.
 */
export interface Survey {
  /** Updates done. */
  readonly step: number;
  /** Particles that the swarm started with. */
  readonly count: number;
  /** Gradient evaluations that count, all particles together. */
  readonly spent: number;
  readonly diverged: number;
  /** Those that diverged count as Infinity in each; so do values beyond the number range, and distances where there are no goals. */
  readonly measures: Readonly<Record<MeasureId, Quantiles>>;
}

/** Surface × optimizer × start(i), i = 0 … count - 1, on some device. */
export interface Swarm {
  readonly device: 'gpu' | 'reference';
  /** Particles now, added ones included. */
  readonly count: number;
  /** Updates done. */
  readonly step: number;
  /** Back to the start, with these settings: added particles are gone, the trail begins anew. */
  restart(settings: Settings): void;
  /** Takes effect from the next update on. */
  set(settings: Settings): void;
  /** Starts more particles now (x, y pairs, exact in float32): their own update count begins at 1, the learning rate is the run's. Throws beyond MAX_ADDED. */
  add(starts: Float64Array): void;
  /** Does so many updates. On the GPU this only submits work. Bit for bit the same however the updates are split among calls. */
  advance(updates: number): void;
  read(): Promise<Particles>;
  /** Whether `tally` can be asked now without waiting for an earlier one. */
  readonly tallyReady: boolean;
  tally(): Promise<Tally>;
  /** What was seen so far, where the swarm was made to be watched; null else. */
  watched(): Promise<Watched | null>;
  /** The same in a few numbers, which is all that comes back from the device; null likewise. */
  survey(): Promise<Survey | null>;
  /** What the view draws from; the memory stays the swarm's. */
  readonly source: ParticleSource;
  /** Likewise the averages of places, where the plan has them. */
  readonly ghost: ParticleSource | null;
  dispose(): void;
}

/** Trail samples a swarm keeps: a ring of `slots` rows of `columns` points. */
export interface TrailRing {
  readonly slots: number;
  readonly columns: number;
  /** Column c follows particle c·stride of those the swarm started with (c < columns - MAX_ADDED); the last MAX_ADDED columns follow the added ones. */
  readonly stride: number;
  /** Updates between two samples: one is taken after each update that makes the step a multiple of it. May be changed at any time. */
  every: number;
  /** Row of the newest sample, and how many rows hold one. */
  readonly head: number;
  readonly filled: number;
}

/** What the view draws a lane from: the GPU swarm's own buffers, or arrays of the CPU swarm. All are vec2f. */
export type ParticleSource =
  | {
      readonly kind: 'gpu';
      readonly positions: GPUBuffer;
      /** Where a diverged particle was last drawable (valid when its position is beyond DIVERGED_BEYOND): vec4f (x, y, update number, 0). */
      readonly exits: GPUBuffer;
      /** Rows of the ring, or null when nothing of the past is kept. */
      readonly trail: GPUBuffer | null;
      readonly capacity: number;
      readonly count: number;
      readonly ring: TrailRing | null;
    }
  | {
      readonly kind: 'cpu';
      /** A diverged particle's is its last drawable place. */
      readonly positions: Float32Array;
      /** Update number of divergence, -1 else; one for each particle. */
      readonly diverged: Int32Array;
      readonly trail: Float32Array | null;
      readonly capacity: number;
      readonly count: number;
      readonly ring: TrailRing | null;
    };

/** A landscape sampled on a grid: what the terrain is drawn from. */
export interface TerrainSamples {
  /** Samples a side; sample (i, j) lies at x = xmin + i·(xmax - xmin)/(size - 1), y likewise with j. */
  readonly size: number;
  readonly domain: Domain;
  /** f, ∂f/∂x, ∂f/∂y, 0 for each sample, row by row (x fastest) from ymin; non-finite values are possible. */
  readonly values: Float32Array;
}

/** The heartbeat of a lane: tallies in the order of their steps. */
export interface History {
  readonly steps: readonly number[];
  readonly low: readonly number[];
  readonly median: readonly number[];
  readonly high: readonly number[];
}

/** One lane of a running scene. */
export interface LaneRun {
  /** Index into `scene.lanes`. */
  readonly lane: number;
  readonly count: number;
  /** The newest tally that has come back, or null before the first. */
  readonly tally: Tally | null;
  readonly history: History;
  /** Gradient evaluations so far, all particles together; a Hessian counts as two. Those of searches as of the newest tally. */
  readonly evaluations: number;
  readonly source: ParticleSource;
  /** The averages of places, while the lane keeps them. */
  readonly ghost: ParticleSource | null;
  /** Where every particle is now. */
  read(): Promise<Particles>;
}

/** A scene on a device, as the page and a script see it. Implemented by compute/engine. */
export interface Run {
  readonly device: 'gpu' | 'reference';
  /** The GPU, for other work on it; null where the reference runs. */
  readonly gpu: GPUDevice | null;
  /** What the device calls itself, such as "SwiftShader (software)". */
  readonly adapter: string;
  readonly landscape: Landscape;
  /** A new object whenever the terrain changed. */
  readonly terrain: TerrainSamples | null;
  readonly step: number;
  readonly playing: boolean;
  /** Why it rests by itself ("every particle has arrived or gone"), or null. */
  readonly rest: string | null;
  /** Updates a second really reached, and whether that falls short of the scene's speed. */
  readonly rate: number;
  readonly behind: boolean;
  /** Lanes that are on, in the order of the scene. */
  readonly lanes: readonly LaneRun[];
  play(): void;
  pause(): void;
  /** Pauses, then does so many updates. */
  advance(updates: number): void;
  restart(): void;
  /** Goes to any step of the budget, by replaying. */
  seek(step: number): void;
  /** Called once a frame: does the updates that are due at the scene's speed. */
  frame(milliseconds: number): void;
}
