import type { Surface } from '../surface.ts';

export const styblinskiTang: Surface = {
  id: 'styblinski-tang',
  name: 'Styblinski-Tang',
  group: 'many minima',
  formula: '(x^4 - 16*x^2 + 5*x)/2 + (y^4 - 16*y^2 + 5*y)/2',
  parameters: [],
  domain: [-5, 5, -5, 5],
  starts: [
    [0.5, 0.5],
    [4, 4],
    [-1, 4],
  ],
  minima: [
    { x: -2.903534027771177, y: -2.903534027771177, value: -78.33233140754282 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'Styblinski & Tang 1990',
  teaches: 'Each coordinate picks its own well independently, so the best of four combinations is only one.',
};
