import { optimizerOf } from './compiled.ts';
import type { Conditioning, Lane, OptimizerChoice, Scene } from './scene.ts';

/** Gradients as they come, and nothing around the updates. */
export const UNCONDITIONED: Conditioning = {
  schedule: null,
  noise: null,
  clip: null,
  ema: null,
  recover: null,
  stop: null,
  bounded: false,
};

/**
 * A new lane as the panel adds it: the optimizer with the values that do well at first sight.
 * @param optimizer a valid one (RangeError, FormulaError else)
 * @param colour index into LANE_COLOURS
 */
export function newLane(optimizer: OptimizerChoice, colour: number): Lane {
  const { suggestedLearningRate, suggestedHyper } = optimizerOf({ optimizer });
  const hyper = { lr: suggestedLearningRate, ...suggestedHyper };
  return { optimizer, hyper, ...UNCONDITIONED, colour, on: true };
}

/** Where a typed optimizer begins that no built-in one leads to. */
export const FIRST_UPDATE = 'b = 0.9 in [0, 1]\nm = b*m + (1 - b)*g\nw = w - lr*m/(1 - b^t)';

/** What the page opens with: four optimizers race down Himmelblau's valleys. Every field that a link or a file omits is taken from here. */
export const DEFAULT_SCENE: Scene = {
  surface: { id: 'himmelblau', params: {} },
  domain: null,
  lanes: ['gd', 'momentum', 'rmsprop', 'adam'].map(newLane),
  start: { count: 4096, spawn: 'uniform', points: [] },
  seed: 7,
  steps: 400,
  speed: 60,
  selected: 3,
  edits: [],
  race: { budget: 'steps', target: null },
  camera: { view: '3d', azimuth: 240, elevation: 47, distance: 1, target: [0, 0], turning: false },
  picture: {
    palette: 'atlas',
    height: 'auto',
    exaggeration: 1,
    contours: true,
    markers: true,
    field: 'none',
    plateaus: false,
    trail: 30,
    views: 'one',
    theme: 'system',
  },
  film: { path: [], easing: 'smooth', follow: false, title: '', captions: [], overlays: [] },
};
