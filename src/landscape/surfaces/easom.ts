import type { Surface } from '../surface.ts';

export const easom: Surface = {
  id: 'easom',
  name: 'Easom',
  group: 'plateaus',
  formula: '-cos(x)*cos(y)*exp(-((x - pi)^2 + (y - pi)^2))',
  parameters: [],
  domain: [-1, 7, -1, 7],
  starts: [
    [1, 1],
    [5.5, 3],
    [2.4, 4.2],
  ],
  minima: [
    { x: 3.141592653589793, y: 3.141592653589793, value: -1 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'Easom 1990',
  teaches: 'One narrow hole in a flat field: outside it, the gradient has nothing to say.',
};
