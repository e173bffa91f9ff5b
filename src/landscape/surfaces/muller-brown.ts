import type { Surface } from '../surface.ts';

export const mullerBrown: Surface = {
  id: 'muller-brown',
  name: 'Muller-Brown potential',
  group: 'physics',
  formula: 'sum(k,1,4,A[k]*exp(a[k]*(x - X[k])^2 + b[k]*(x - X[k])*(y - Y[k]) + c[k]*(y - Y[k])^2))',
  parameters: [],
  tables: {
    A: [-200, -100, -170, 15],
    a: [-1, -1, -6.5, 0.7],
    b: [0, 0, 11, 0.6],
    c: [-10, -10, -6.5, 0.7],
    X: [1, 0, -0.5, -1],
    Y: [0, 0.5, 1.5, 1],
  },
  domain: [-1.5, 1.2, -0.2, 2],
  starts: [
    [0, 1],
    [1, 1.6],
    [-0.8, 0.7],
  ],
  minima: [
    { x: -0.5582236346330243, y: 1.4417258418046686, value: -146.69951720995402 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'log',
  smooth: true,
  source: 'Müller & Brown 1979',
  teaches:
    'A chemical reaction as a landscape: reactant and product wells joined through passes that set the reaction rate.',
};
