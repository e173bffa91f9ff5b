import type { Surface } from '../surface.ts';

export const deepLinearNet: Surface = {
  id: 'deep-linear-net',
  name: 'Two-weight deep linear net',
  group: 'saddles',
  formula: '(x*y*a - t)^2',
  parameters: [
    { key: 'a', default: 1, min: 0.1, max: 2, scale: 'linear', help: 'input' },
    { key: 't', default: 1, min: 0.1, max: 2, scale: 'linear', help: 'target' },
  ],
  domain: [-2.5, 2.5, -2.5, 2.5],
  starts: [
    [0.1, -0.05],
    [2.2, 0.1],
    [-1.8, -1.6],
  ],
  minima: [
    { x: 1, y: 1, value: 0 },
    { x: -1, y: -1, value: 0 },
  ],
  minimaSet: 'both branches of the hyperbola x*y = t/a',
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'Saxe, McClelland & Ganguli 2014 (input a, target t)',
  teaches: 'Two curved valleys of perfect answers joined by a saddle at zero: starting with both weights at 0 learns nothing.',
};
