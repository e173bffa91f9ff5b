import type { Surface } from '../surface.ts';

export const salomon: Surface = {
  id: 'salomon',
  name: 'Salomon',
  group: 'many minima',
  formula: 'r = sqrt(max(x^2 + y^2, 1e-30)); f = 2*sin(pi*r)^2 + 0.1*r',
  parameters: [],
  domain: [-3, 3, -3, 3],
  starts: [
    [2.3, 1.1],
    [-1.2, 0.5],
    [0.4, 0.2],
  ],
  minima: [
    { x: 0, y: 0, value: 0 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: false,
  nonSmooth: 'The tip of a cone at the origin, where the slope is 0.1 every way; the subgradient 0 is taken there.',
  source: 'Salomon 1996',
  teaches: 'Concentric moats: every ring is a local minimum you must jump across to reach the centre.',
};
