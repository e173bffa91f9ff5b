import type { Surface } from '../surface.ts';

export const sixHumpCamel: Surface = {
  id: 'six-hump-camel',
  name: 'Six-hump camel',
  group: 'many minima',
  formula: '(4 - 2.1*x^2 + x^4/3)*x^2 + x*y + (-4 + 4*y^2)*y^2',
  parameters: [],
  domain: [-2, 2, -1.2, 1.2],
  starts: [
    [1.8, -1],
    [-1.5, 0.2],
    [0.1, 0.1],
  ],
  minima: [
    { x: 0.08984201310031806, y: -0.7126564030207396, value: -1.0316284534898774 },
    { x: -0.08984201310031806, y: 0.7126564030207396, value: -1.0316284534898774 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'Branin 1972; Dixon & Szegő 1978',
  teaches: 'Six dips of three depths, each pair mirror images: only one pair is the best.',
};
