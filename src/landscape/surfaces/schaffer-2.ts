import type { Surface } from '../surface.ts';

export const schaffer2: Surface = {
  id: 'schaffer-2',
  name: 'Schaffer N. 2',
  group: 'many minima',
  formula: '0.5 + (sin((x - y)*(x + y))^2 - 0.5)/(1 + 0.001*(x^2 + y^2))^2',
  parameters: [],
  domain: [-4, 4, -4, 4],
  starts: [
    [3, 1],
    [-2.2, 2.6],
    [0.5, 3.3],
  ],
  minima: [
    { x: 0, y: 0, value: 0 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'Schaffer 1989',
  teaches:
    'The ripples get finer with distance while the reward changes hardly at all: direction signals drown in the waves.',
};
