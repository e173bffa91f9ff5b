import type { Surface } from '../surface.ts';

export const dejong5: Surface = {
  id: 'dejong-5',
  name: 'De Jong N. 5 (foxholes)',
  group: 'plateaus',
  formula: '1/(0.002 + sum(j,1,25,1/(j + (x - A[j])^6 + (y - B[j])^6)))',
  parameters: [],
  tables: {
    A: [-32, -16, 0, 16, 32, -32, -16, 0, 16, 32, -32, -16, 0, 16, 32, -32, -16, 0, 16, 32, -32, -16, 0, 16, 32],
    B: [-32, -32, -32, -32, -32, -16, -16, -16, -16, -16, 0, 0, 0, 0, 0, 16, 16, 16, 16, 16, 32, 32, 32, 32, 32],
  },
  domain: [-65.536, 65.536, -65.536, 65.536],
  starts: [
    [0, 10],
    [20, -20],
    [-40, -40],
  ],
  minima: [
    { x: -31.97833483565697, y: -31.978334837300796, value: 0.9980038377944502 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'De Jong 1975 (Shekel\'s foxholes)',
  teaches: 'Twenty-five shafts in a flat plain: you must already be at the rim to fall in.',
};
