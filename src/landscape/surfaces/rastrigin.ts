import type { Surface } from '../surface.ts';

export const rastrigin: Surface = {
  id: 'rastrigin',
  name: 'Rastrigin',
  group: 'many minima',
  formula: 'x^2 + 20*sin(pi*x)^2 + y^2 + 20*sin(pi*y)^2',
  parameters: [],
  domain: [-5.12, 5.12, -5.12, 5.12],
  starts: [
    [4.3, 3.6],
    [0.6, -0.7],
    [-3.4, 2.2],
  ],
  minima: [
    { x: 0, y: 0, value: 0 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'Rastrigin 1974',
  teaches: 'An egg box on a bowl: gradient descent always takes the nearest cup, hardly ever the best.',
};
