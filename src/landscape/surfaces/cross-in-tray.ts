import type { Surface } from '../surface.ts';

export const crossInTray: Surface = {
  id: 'cross-in-tray',
  name: 'Cross-in-tray',
  group: 'many minima',
  formula:
    'L = log(abs(sin(x)*sin(y))) + abs(100 - sqrt(max(x^2 + y^2, 1e-30))/pi); f = -0.0001*exp(0.1*(max(L, 0) + log(1 + exp(-abs(L)))))',
  parameters: [],
  domain: [-10, 10, -10, 10],
  starts: [
    [2, 2.5],
    [5, -4],
    [-8, 8],
  ],
  minima: [
    { x: 1.3494066171539107, y: 1.3494066171539107, value: -2.062611870822737 },
    { x: -1.3494066171539107, y: 1.3494066171539107, value: -2.062611870822737 },
    { x: 1.3494066171539107, y: -1.3494066171539107, value: -2.062611870822737 },
    { x: -1.3494066171539107, y: -1.3494066171539107, value: -2.062611870822737 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: false,
  nonSmooth: 'Ridges with slopes without bound along x = kπ and y = kπ; on them the slope is not a number.',
  source: 'Mishra 2006',
  teaches: 'A tray divided by a cross of sharp ridges: four equal best cells, you stay in the one you start in.',
};
