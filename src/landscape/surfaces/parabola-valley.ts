import type { Surface } from '../surface.ts';

export const parabolaValley: Surface = {
  id: 'parabola-valley',
  name: 'Parabola trough',
  group: 'first steps',
  formula: 'x^2',
  parameters: [],
  domain: [-3, 3, -3, 3],
  starts: [
    [2.5, 1],
    [-2, -1.5],
  ],
  minima: [
    { x: 0, y: 0, value: 0 },
  ],
  minimaSet: 'every point with x = 0',
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'elementary (1-D parabola extended along y)',
  teaches: 'The slope points straight to the bottom line x = 0, and y never moves because nothing depends on it.',
};
