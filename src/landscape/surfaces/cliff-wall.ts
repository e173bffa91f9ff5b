import type { Surface } from '../surface.ts';

export const cliffWall: Surface = {
  id: 'cliff-wall',
  name: 'Cliff',
  group: 'cliffs',
  formula: '3/(1 + exp(-30*(x - 1 - 0.15*y^2))) + 0.1*(x - 1.5)^2 + 0.1*y^2',
  parameters: [],
  domain: [-2, 3, -2, 2],
  starts: [
    [-1.5, 0.8],
    [2.5, 1],
    [-1, -1.5],
  ],
  minima: [
    { x: 0.7852695592809834, y: 0, value: 0.05585642202417118 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'made for this set (after the exploding-gradient wall of Pascanu, Mikolov & Bengio 2013)',
  teaches: 'With momentum you run into the wall, meet a gradient some 35 times larger than anywhere on the way and are thrown off the map; clipping the gradient prevents it.',
};
