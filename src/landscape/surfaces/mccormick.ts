import type { Surface } from '../surface.ts';

export const mccormick: Surface = {
  id: 'mccormick',
  name: 'McCormick',
  group: 'valleys',
  formula: 'sin(x + y) + (x - y)^2 - 1.5*x + 2.5*y + 1',
  parameters: [],
  domain: [-1.5, 4, -3, 4],
  starts: [
    [0, 2],
    [3.5, 3],
    [1.6, 0.7],
  ],
  minima: [
    { x: -0.5471975511965977, y: -1.5471975511965979, value: -1.9132229549810364 },
  ],
  criticalPoints: [
    { x: -0.5471975511965977, y: -1.5471975511965979, value: -1.9132229549810364, type: 'minimum', eigenvalues: [1.7320508075688772, 4] },
    { x: 2.5943951023931957, y: 1.5943951023931955, value: 1.2283696986087569, type: 'minimum', eigenvalues: [1.7320508075688772, 4] },
    { x: 1.5471975511965979, y: 0.5471975511965977, value: 1.9132229549810364, type: 'saddle', eigenvalues: [-1.7320508075688772, 4] },
  ],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'McCormick 1976',
  teaches: 'A gutter with a ripple in it: which dip you end in depends on where you enter the gutter.',
};
