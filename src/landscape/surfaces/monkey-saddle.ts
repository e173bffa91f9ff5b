import type { Surface } from '../surface.ts';

export const monkeySaddle: Surface = {
  id: 'monkey-saddle',
  name: 'Monkey saddle',
  group: 'saddles',
  formula: 'x^3 - 3*x*y^2',
  parameters: [],
  domain: [-1.5, 1.5, -1.5, 1.5],
  starts: [
    [1.2, 0.05],
    [0.9, -0.9],
  ],
  minima: [],
  criticalPoints: [
    { x: 0, y: 0, value: 0, type: 'degenerate', eigenvalues: [0, 0] },
  ],
  unboundedBelow: true,
  heightScale: 'linear',
  smooth: true,
  source: 'Hilbert & Cohn-Vossen 1952',
  teaches: 'Three descending valleys meet at a point with zero gradient AND zero curvature, so Newton is undefined there.',
};
