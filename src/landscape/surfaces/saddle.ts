import type { Surface } from '../surface.ts';

export const saddle: Surface = {
  id: 'saddle',
  name: 'Saddle',
  group: 'saddles',
  formula: 'x^2 - y^2',
  parameters: [],
  domain: [-2, 2, -2, 2],
  starts: [
    [1.5, 0],
    [1.5, 0.001],
    [-1, 0.2],
  ],
  minima: [],
  criticalPoints: [
    { x: 0, y: 0, value: 0, type: 'saddle', eigenvalues: [-2, 2] },
  ],
  unboundedBelow: true,
  heightScale: 'linear',
  smooth: true,
  source: 'elementary',
  teaches: 'Starting exactly on y = 0 you stop at the saddle; the slightest push off the axis and you slide away for ever.',
};
