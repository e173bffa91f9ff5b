import type { Surface } from '../surface.ts';

export const threeHumpCamel: Surface = {
  id: 'three-hump-camel',
  name: 'Three-hump camel',
  group: 'valleys',
  formula: '2*x^2 - 1.05*x^4 + x^6/6 + x*y + y^2',
  parameters: [],
  domain: [-2.5, 2.5, -2.5, 2.5],
  starts: [
    [-2, 2],
    [2, -1.5],
    [1.2, 1.2],
  ],
  minima: [
    { x: 0, y: 0, value: 0 },
  ],
  criticalPoints: [
    { x: 0, y: 0, value: 0, type: 'minimum', eigenvalues: [1.5857864376269049, 4.414213562373095] },
    { x: -1.7475523458302888, y: 0.8737761729151444, value: 0.2986384422368598, type: 'minimum', eigenvalues: [1.9024451549928167, 12.250644136909527] },
    { x: 1.7475523458302888, y: -0.8737761729151444, value: 0.2986384422368598, type: 'minimum', eigenvalues: [1.9024451549928167, 12.250644136909527] },
    { x: -1.07054229182366, y: 0.53527114591183, value: 0.8773615577631402, type: 'saddle', eigenvalues: [-4.038688172234973, 2.1655988803326287] },
    { x: 1.07054229182366, y: -0.53527114591183, value: 0.8773615577631402, type: 'saddle', eigenvalues: [-4.038688172234973, 2.1655988803326287] },
  ],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'Branin 1972; Jamil & Yang 2013',
  teaches: 'A deep middle dip flanked by two shallow ones that catch descent from the sides.',
};
