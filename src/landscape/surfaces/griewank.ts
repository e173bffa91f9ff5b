import type { Surface } from '../surface.ts';

export const griewank: Surface = {
  id: 'griewank',
  name: 'Griewank',
  group: 'many minima',
  formula: '(x^2 + y^2)/4000 - cos(x)*cos(y/sqrt(2)) + 1',
  parameters: [],
  domain: [-10, 10, -10, 10],
  starts: [
    [8, -7],
    [3, 5],
    [-5, 2],
  ],
  minima: [
    { x: 0, y: 0, value: 0 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'Griewank 1981',
  teaches: 'Close up it is an egg box; zoom out to +-600 and the box melts into a smooth bowl.',
};
