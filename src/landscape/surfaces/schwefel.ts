import type { Surface } from '../surface.ts';

export const schwefel: Surface = {
  id: 'schwefel',
  name: 'Schwefel 2.26',
  group: 'many minima',
  formula: '837.9658 - x*sin(sqrt(max(abs(x), 1e-30))) - y*sin(sqrt(max(abs(y), 1e-30)))',
  parameters: [],
  domain: [-500, 500, -500, 500],
  starts: [
    [300, 200],
    [-200, 100],
    [-400, 400],
  ],
  minima: [
    { x: 420.96874635998205, y: 420.96874635998205, value: 2.5455132587450428e-05 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: false,
  nonSmooth: 'On the axes the second derivative is infinite; the slope there is 0.',
  source: 'Schwefel 1981',
  teaches:
    'The best valley sits in a far corner, and the second best is at the opposite side: local progress misleads.',
};
