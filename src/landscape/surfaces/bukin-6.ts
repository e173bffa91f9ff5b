import type { Surface } from '../surface.ts';

export const bukin6: Surface = {
  id: 'bukin-6',
  name: 'Bukin N. 6',
  group: 'cliffs',
  formula: '100*sqrt(max(abs(y - 0.01*x^2), 1e-30)) + 0.01*abs(x + 10)',
  parameters: [],
  domain: [-15, -5, -3, 3],
  starts: [
    [-14, 2.5],
    [-7, -2],
    [-6, 0.9],
  ],
  minima: [
    { x: -10, y: 1, value: 0 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: false,
  nonSmooth:
    'A cusp along y = 0.01x² with infinite slopes beside it, and a crease at x = −10; the slope 0 is taken on them. There is no smooth stationary point.',
  source: 'Bukin 1997',
  teaches: 'A knife-edge valley: the gradient shouts across it and only whispers along it.',
};
