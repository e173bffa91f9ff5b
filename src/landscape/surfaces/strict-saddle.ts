import type { Surface } from '../surface.ts';

export const strictSaddle: Surface = {
  id: 'strict-saddle',
  name: 'Strict saddle, then a minimum',
  group: 'saddles',
  formula: 'x^4/4 - x^2/2 + y^2/2',
  parameters: [],
  domain: [-1.8, 1.8, -1.4, 1.4],
  starts: [
    [0, 1.2],
    [0.001, 1.2],
    [1.6, -1],
  ],
  minima: [
    { x: -1, y: 0, value: -0.25 },
    { x: 1, y: 0, value: -0.25 },
  ],
  criticalPoints: [
    { x: -1, y: 0, value: -0.25, type: 'minimum', eigenvalues: [1, 2] },
    { x: 1, y: 0, value: -0.25, type: 'minimum', eigenvalues: [1, 2] },
    { x: 0, y: 0, value: 0, type: 'saddle', eigenvalues: [-1, 1] },
  ],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'standard strict-saddle example (e.g. Nesterov 2004)',
  teaches:
    'Progress stalls near the pass at the origin, then speeds up again: a slow loss is not always a finished one.',
};
