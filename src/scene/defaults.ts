import { findOptimizer } from '../descent/optimizers/index.ts';
import type { Lane, Scene } from './scene.ts';

/**
 * A new lane as the panel adds it: the optimizer with the values that do well at first sight.
 * @param optimizer a registered id (RangeError else)
 * @param colour index into LANE_COLOURS
 */
export function newLane(optimizer: string, colour: number): Lane {
  const { id, suggestedLearningRate, suggestedHyper } = findOptimizer(optimizer);
  const hyper = { lr: suggestedLearningRate, ...suggestedHyper };
  return { optimizer: id, hyper, schedule: null, clip: null, colour, on: true };
}

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
    theme: 'system',
  },
};
