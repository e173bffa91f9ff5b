import type { Surface } from '../surface.ts';

export const michalewicz: Surface = {
  id: 'michalewicz',
  name: 'Michalewicz',
  group: 'plateaus',
  formula: '-sin(x)*sin(x^2/pi)^20 - sin(y)*sin(2*y^2/pi)^20',
  parameters: [],
  domain: [0, Math.PI, 0, Math.PI],
  starts: [
    [1.8, 1.3],
    [2.5, 2.6],
    [2, 2.4],
  ],
  minima: [
    { x: 2.2029055201726093, y: 1.5707963267948966, value: -1.8013034100985525 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'Michalewicz 1992 (m = 10)',
  teaches: 'Steep narrow canyons crossing flat plains: only a start inside a canyon finds its way.',
};
