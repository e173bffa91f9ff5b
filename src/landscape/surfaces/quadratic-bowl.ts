import type { Surface } from '../surface.ts';

export const quadraticBowl: Surface = {
  id: 'quadratic-bowl',
  name: 'Quadratic bowl',
  group: 'first steps',
  formula: '(x^2 + kappa*y^2)/2',
  parameters: [
    { key: 'kappa', default: 10, min: 1, max: 1000, scale: 'log', help: 'condition number (Hessian eigenvalues 1 and kappa)' },
  ],
  domain: [-4, 4, -4, 4],
  starts: [
    [3.5, 1],
    [-3, 3],
  ],
  minima: [
    { x: 0, y: 0, value: 0 },
  ],
  criticalPoints: [
    { x: 0, y: 0, value: 0, type: 'minimum', eigenvalues: [1, 10] },
  ],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'elementary',
  teaches: 'One learning rate must serve both axes: y limits it to 2/kappa while x crawls.',
};
