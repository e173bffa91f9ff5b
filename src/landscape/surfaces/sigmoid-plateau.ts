import type { Surface } from '../surface.ts';

export const sigmoidPlateau: Surface = {
  id: 'sigmoid-plateau',
  name: 'Plateau, then a valley',
  group: 'plateaus',
  formula: 'tanh(0.3*(x - 2)^2) + 0.1*y^2',
  parameters: [],
  domain: [-4, 4, -3, 3],
  starts: [
    [-3, 2],
    [-1.5, -2],
    [0.5, 2.5],
  ],
  minima: [
    { x: 2, y: 0, value: 0 },
  ],
  criticalPoints: [
    { x: 2, y: 0, value: 0, type: 'minimum', eigenvalues: [0.2, 0.6] },
  ],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'made for this set (saturating loss)',
  teaches: 'On the plateau the gradient along x is tiny though the loss is high: saturation, not success.',
};
