import type { Surface } from '../surface.ts';

export const twoValleys: Surface = {
  id: 'two-valleys',
  name: 'Two valleys',
  group: 'first steps',
  formula: '(x^2 - 1)^2 + 0.3*x + y^2',
  parameters: [],
  domain: [-2, 2, -1.8, 1.8],
  starts: [
    [1.7, 1.2],
    [0.3, -1],
    [-1.8, 1],
  ],
  minima: [
    { x: -1.0355787140888537, y: 0, value: -0.30542848374391596 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'tilted double well (classical)',
  teaches: 'Plain descent from the right is trapped in the shallow valley; momentum or noise can carry you over the pass.',
};
