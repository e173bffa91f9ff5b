import type { Surface } from '../surface.ts';

export const himmelblau: Surface = {
  id: 'himmelblau',
  name: 'Himmelblau',
  group: 'many minima',
  formula: '(x^2 + y - 11)^2 + (x + y^2 - 7)^2',
  parameters: [],
  domain: [-5, 5, -5, 5],
  starts: [
    [0, 0],
    [-4, 0],
    [0, -4],
    [4.5, 4.5],
  ],
  minima: [
    { x: 3, y: 2, value: 0 },
    { x: -2.805118086952745, y: 3.131312518250573, value: 0 },
    { x: -3.779310253377747, y: -3.2831859912861696, value: 0 },
    { x: 3.5844283403304917, y: -1.8481265269644036, value: 0 },
  ],
  criticalPoints: [
    { x: -3.779310253377747, y: -3.2831859912861696, value: 0, type: 'minimum', eigenvalues: [70.71435474424425, 133.78561521306708] },
    { x: -2.805118086952745, y: 3.131312518250573, value: 0, type: 'minimum', eigenvalues: [64.8403727706842, 80.55007177893319] },
    { x: 3, y: 2, value: 0, type: 'minimum', eigenvalues: [25.715728752538098, 82.2842712474619] },
    { x: 3.5844283403304917, y: -1.8481265269644036, value: 0, type: 'minimum', eigenvalues: [28.690677156755243, 105.41890833631605] },
    { x: 3.385154183607021, y: 0.07385187983774928, value: 13.31192627040559, type: 'saddle', eigenvalues: [-14.135178485450488, 97.5478781026018] },
    { x: 0.08667750455539636, y: 2.884254701174776, value: 67.71915008752615, type: 'saddle', eigenvalues: [-31.706622362774343, 75.507609238232] },
    { x: -3.0730257507643897, y: -0.08135304428796751, value: 104.0151629175581, type: 'saddle', eigenvalues: [-39.65149625621665, 72.43524806811875] },
    { x: -0.12796134673068008, y: -1.9537149802445763, value: 178.33723920192747, type: 'saddle', eigenvalues: [-50.610239320365764, 20.284049975935076] },
    { x: -0.2708445906673476, y: -0.9230385564799815, value: 181.6165215225827, type: 'maximum', eigenvalues: [-45.60522929278952, -16.066019667290867] },
  ],
  unboundedBelow: false,
  heightScale: 'log',
  smooth: true,
  source: 'Himmelblau 1972',
  teaches: 'Four equal minima: colour each start by where it ends and you see the basins of attraction.',
};
