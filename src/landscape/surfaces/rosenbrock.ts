import type { Surface } from '../surface.ts';

export const rosenbrock: Surface = {
  id: 'rosenbrock',
  name: 'Rosenbrock banana',
  group: 'valleys',
  formula: '(a - x)^2 + b*(y - x^2)^2',
  parameters: [
    { key: 'a', default: 1, min: 0, max: 2, scale: 'linear', help: 'minimum at (a, a^2)' },
    { key: 'b', default: 100, min: 1, max: 1000, scale: 'log', help: 'steepness of the valley walls' },
  ],
  domain: [-2, 2, -1, 3],
  starts: [
    [-1.2, 1],
    [-1.5, 2.5],
    [0, 2],
  ],
  minima: [
    { x: 1, y: 1, value: 0 },
  ],
  criticalPoints: [
    { x: 1, y: 1, value: 0, type: 'minimum', eigenvalues: [0.39936076748763305, 1001.6006392325123] },
  ],
  unboundedBelow: false,
  heightScale: 'log',
  smooth: true,
  source: 'Rosenbrock 1960',
  teaches: 'Finding the curved valley is easy, following it to the end is what takes thousands of steps.',
};
