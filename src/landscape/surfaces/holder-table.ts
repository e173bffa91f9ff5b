import type { Surface } from '../surface.ts';

export const holderTable: Surface = {
  id: 'holder-table',
  name: 'Holder table',
  group: 'many minima',
  formula: '-abs(sin(x)*cos(y)*exp(abs(1 - sqrt(max(x^2 + y^2, 1e-30))/pi)))',
  parameters: [],
  domain: [-10, 10, -10, 10],
  starts: [
    [7, 8.5],
    [-2, 1],
    [5, -5],
  ],
  minima: [
    { x: 8.055023475736563, y: 9.664590019241272, value: -19.208502567886732 },
    { x: -8.055023475736563, y: 9.664590019241272, value: -19.208502567886732 },
    { x: 8.055023475736563, y: -9.664590019241272, value: -19.208502567886732 },
    { x: -8.055023475736563, y: -9.664590019241272, value: -19.208502567886732 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: false,
  nonSmooth:
    'Ridges along x = kπ, y = π/2 + kπ and the circle r = π; the subgradient 0 is taken on them. All minima are smooth.',
  source: 'Hölder; Mishra 2006',
  teaches: 'Four table legs of the same depth, one in every corner, and false dips everywhere else.',
};
