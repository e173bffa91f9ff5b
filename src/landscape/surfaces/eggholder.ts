import type { Surface } from '../surface.ts';

export const eggholder: Surface = {
  id: 'eggholder',
  name: 'Eggholder',
  group: 'many minima',
  formula: '-(y + 47)*sin(sqrt(max(abs(x/2 + y + 47), 1e-30))) - x*sin(sqrt(max(abs(x - y - 47), 1e-30)))',
  parameters: [],
  domain: [-512, 512, -512, 512],
  starts: [
    [0, 0],
    [300, 300],
    [-400, 200],
  ],
  minima: [
    { x: 512, y: 404.2318051137578, value: -959.6406627208509 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: false,
  nonSmooth:
    'Cusps along x/2 + y + 47 = 0 and x − y − 47 = 0 with infinite slopes beside them; the slope 0 is taken on them. The best point lies on the edge, where the slope is not 0.',
  source: 'Whitley et al. 1996',
  teaches: 'Rugged at every scale, and the best point lies on the border of the map.',
};
