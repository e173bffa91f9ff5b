import type { Surface } from '../surface.ts';

export const beale: Surface = {
  id: 'beale',
  name: 'Beale',
  group: 'valleys',
  formula: '(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2',
  parameters: [],
  domain: [-4.5, 4.5, -4.5, 4.5],
  starts: [
    [1, 1.5],
    [-3, -3],
    [1, -1.5],
    [4, 3],
  ],
  minima: [
    { x: 3, y: 0.5, value: 0 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'log',
  smooth: true,
  source: 'Beale 1958',
  teaches: 'Steep corners around a long flat floor: a learning rate safe at the edge is far too small in the middle.',
};
