import type { Surface } from '../surface.ts';

export const bohachevsky1: Surface = {
  id: 'bohachevsky-1',
  name: 'Bohachevsky N. 1',
  group: 'many minima',
  formula: 'x^2 + 2*y^2 + 0.6*sin(1.5*pi*x)^2 + 0.8*sin(2*pi*y)^2',
  parameters: [],
  domain: [-1, 1, -1, 1],
  starts: [
    [0.9, 0.8],
    [-0.7, 0.3],
    [0.5, -0.9],
  ],
  minima: [
    { x: 0, y: 0, value: 0 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'Bohachevsky, Johnson & Stein 1986',
  teaches: 'From afar a smooth bowl, near the bottom a rippled one: the last metres are the hard ones.',
};
