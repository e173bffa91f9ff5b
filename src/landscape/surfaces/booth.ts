import type { Surface } from '../surface.ts';

export const booth: Surface = {
  id: 'booth',
  name: 'Booth',
  group: 'first steps',
  formula: '(x + 2*y - 7)^2 + (2*x + y - 5)^2',
  parameters: [],
  domain: [-10, 10, -10, 10],
  starts: [
    [-8, -5],
    [8, -8],
  ],
  minima: [
    { x: 1, y: 3, value: 0 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'log',
  smooth: true,
  source: 'Booth 1976; Jamil & Yang 2013',
  teaches: 'A tilted but benign quadratic: every sensible optimizer gets to (1, 3).',
};
