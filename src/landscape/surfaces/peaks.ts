import type { Surface } from '../surface.ts';

export const peaks: Surface = {
  id: 'peaks',
  name: 'MATLAB peaks',
  group: 'many minima',
  formula: '3*(1 - x)^2*exp(-x^2 - (y + 1)^2) - 10*(x/5 - x^3 - y^5)*exp(-x^2 - y^2) - exp(-(x + 1)^2 - y^2)/3',
  parameters: [],
  domain: [-3, 3, -3, 3],
  starts: [
    [0, 1.4],
    [-0.5, -0.3],
    [2.5, 2],
  ],
  minima: [
    { x: 0.22827892055636909, y: -1.6255349574999964, value: -6.551133332835837 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'MathWorks MATLAB peaks',
  teaches: 'Hills, hollows and passes on one small map, and flat outskirts where descent hardly starts.',
};
