import type { Surface } from '../surface.ts';

export const dropWave: Surface = {
  id: 'drop-wave',
  name: 'Drop-wave',
  group: 'many minima',
  formula: '-(1 + cos(12*sqrt(x^2 + y^2 + 1e-20)))/(0.5*(x^2 + y^2) + 2)',
  parameters: [],
  domain: [-2, 2, -2, 2],
  starts: [
    [1.4, 1.2],
    [0.6, -0.3],
    [-1.8, 0.5],
  ],
  minima: [{ x: 0, y: 0, value: -1 }],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'Jamil & Yang 2013 (drop wave)',
  teaches: 'Rings of water: descent reaches the nearest circular trench and then wanders no further.',
};
