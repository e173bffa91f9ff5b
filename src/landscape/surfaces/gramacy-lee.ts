import type { Surface } from '../surface.ts';

export const gramacyLee: Surface = {
  id: 'gramacy-lee',
  name: 'Gramacy-Lee 2-D',
  group: 'plateaus',
  formula: 'x*exp(-x^2 - y^2)',
  parameters: [],
  domain: [-2, 6, -2, 6],
  starts: [
    [-1.5, 1.5],
    [0.5, 0.6],
    [4, 4],
  ],
  minima: [
    { x: -0.7071067811865476, y: 0, value: -0.4288819424803534 },
  ],
  criticalPoints: [
    { x: -0.7071067811865476, y: 0, value: -0.4288819424803534, type: 'minimum', eigenvalues: [0.8577638849607068, 1.7155277699214135] },
    { x: 0.7071067811865476, y: 0, value: 0.4288819424803534, type: 'maximum', eigenvalues: [-1.7155277699214135, -0.8577638849607068] },
  ],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'Gramacy & Lee 2008',
  teaches: 'One bump and one dip in a huge flat field: from most starts there is nothing to follow.',
};
