import type { Surface } from '../surface.ts';

export const goldsteinPrice: Surface = {
  id: 'goldstein-price',
  name: 'Goldstein-Price',
  group: 'valleys',
  formula:
    'p = 1 + (x + y + 1)^2*(19 - 14*x + 3*x^2 - 14*y + 6*x*y + 3*y^2); q = 30 + (2*x - 3*y)^2*(18 - 32*x + 12*x^2 + 48*y - 36*x*y + 27*y^2); f = p*q',
  parameters: [],
  domain: [-2, 2, -2, 2],
  starts: [
    [-1.5, 1.5],
    [1.5, 1.2],
    [0.5, -0.3],
  ],
  minima: [
    { x: 0, y: -1, value: 3 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'log',
  smooth: true,
  source: 'Goldstein & Price 1971',
  teaches:
    'Heights run from 3 to a million: raw gradients explode at the rim, so clip them or use the log of the loss.',
};
