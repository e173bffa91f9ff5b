import type { Surface } from '../surface.ts';

export const dixonPrice: Surface = {
  id: 'dixon-price',
  name: 'Dixon-Price',
  group: 'valleys',
  formula: '(x - 1)^2 + 2*(2*y^2 - x)^2',
  parameters: [],
  domain: [-2, 3, -2, 2],
  starts: [
    [-1.5, 1.5],
    [2.5, -1.8],
    [0, 0.01],
  ],
  minima: [
    { x: 1, y: 0.7071067811865476, value: 0 },
    { x: 1, y: -0.7071067811865476, value: 0 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'Dixon & Price 1989',
  teaches: 'A horseshoe valley with two equally good ends and a pass between them.',
};
