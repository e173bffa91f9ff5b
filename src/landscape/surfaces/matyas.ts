import type { Surface } from '../surface.ts';

export const matyas: Surface = {
  id: 'matyas',
  name: 'Matyas',
  group: 'valleys',
  formula: '0.26*(x^2 + y^2) - 0.48*x*y',
  parameters: [],
  domain: [-10, 10, -10, 10],
  starts: [
    [9, -7],
    [-9, -6],
  ],
  minima: [
    { x: 0, y: 0, value: 0 },
  ],
  criticalPoints: [
    { x: 0, y: 0, value: 0, type: 'minimum', eigenvalues: [0.04, 1] },
  ],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'Matyas 1965; Jamil & Yang 2013',
  teaches: 'A shallow diagonal trough (condition number 25): fast across, slow along.',
};
