import type { Surface } from '../surface.ts';

export const bananaPlateau: Surface = {
  id: 'banana-plateau',
  name: 'Banana on a plateau',
  group: 'plateaus',
  formula: 'r = (1 - x)^2 + 10*(y - x^2)^2; f = r/(4 + r)',
  parameters: [],
  domain: [-3, 3, -2, 4],
  starts: [
    [-2.5, -1.5],
    [-1.5, 2.5],
    [2.5, 0],
  ],
  minima: [
    { x: 1, y: 1, value: 0 },
  ],
  criticalPoints: [
    { x: 1, y: 1, value: 0, type: 'minimum', eigenvalues: [0.09841907112000489, 25.401580928879994] },
  ],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'made for Thalweg (Geman-McClure saturation of Rosenbrock)',
  teaches: 'The valley floor is visible only close by; from outside the loss is flat and the gradient almost zero.',
};
