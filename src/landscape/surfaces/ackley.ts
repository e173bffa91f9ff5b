import type { Surface } from '../surface.ts';

export const ackley: Surface = {
  id: 'ackley',
  name: 'Ackley',
  group: 'many minima',
  formula: '20*(1 - exp(-0.2*sqrt(max(x^2 + y^2, 1e-30)/2))) + e*(1 - exp(-sin(pi*x)^2 - sin(pi*y)^2))',
  parameters: [],
  domain: [-5, 5, -5, 5],
  starts: [
    [4.3, -3.4],
    [1.5, 0.7],
    [-2.5, 3.2],
  ],
  minima: [
    { x: 0, y: 0, value: 0 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: false,
  nonSmooth: 'The tip of a cone at the origin, where the slope is 2√2 every way; the subgradient 0 is taken there.',
  source: 'Ackley 1987',
  teaches: 'A funnel covered with dimples: small steps get stuck, large or noisy steps feel the funnel.',
};
