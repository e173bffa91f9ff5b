import type { Surface } from '../surface.ts';

export const levy13: Surface = {
  id: 'levy-13',
  name: 'Levy N. 13',
  group: 'many minima',
  formula: 'sin(3*pi*x)^2 + (x - 1)^2*(1 + sin(3*pi*y)^2) + (y - 1)^2*(1 + sin(2*pi*y)^2)',
  parameters: [],
  domain: [-4, 6, -4, 6],
  starts: [
    [-3, -2],
    [5, 4],
    [1.4, 0.4],
  ],
  minima: [
    { x: 1, y: 1, value: 0 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'Levy & Montalvo 1985',
  teaches: 'A bowl with corrugations: the finer the ripple, the more a large averaging step helps.',
};
