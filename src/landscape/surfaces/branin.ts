import type { Surface } from '../surface.ts';

export const branin: Surface = {
  id: 'branin',
  name: 'Branin',
  group: 'valleys',
  formula: '(y - 5.1/(4*pi^2)*x^2 + 5/pi*x - 6)^2 + 10*(1 - 1/(8*pi))*cos(x) + 10',
  parameters: [],
  domain: [-5, 10, 0, 15],
  starts: [
    [0, 14],
    [6, 10],
    [8, 0.5],
  ],
  minima: [
    { x: -3.141592653589793, y: 12.275, value: 0.3978873577297383 },
    { x: 3.141592653589793, y: 2.275, value: 0.3978873577297383 },
    { x: 9.42477796076938, y: 2.475, value: 0.3978873577297383 },
  ],
  criticalPoints: [
    { x: -3.141592653589793, y: 12.275, value: 0.3978873577297383, type: 'minimum', eigenvalues: [0.8614951603679563, 22.291739023047022] },
    { x: 3.141592653589793, y: 2.275, value: 0.3978873577297383, type: 'minimum', eigenvalues: [1.7322622632530167, 11.08621118864351] },
    { x: 9.42477796076938, y: 2.475, value: 0.3978873577297383, type: 'minimum', eigenvalues: [1.6949573849279933, 11.330211281598903] },
    { x: 0, y: 6, value: 19.60211264227026, type: 'saddle', eigenvalues: [-5.830056659036984, 3.294003198883611] },
    { x: 6.283185307179586, y: 1.1, value: 19.60211264227026, type: 'saddle', eigenvalues: [-9.600435588870164, 2.0003493702727493] },
  ],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'Branin 1972',
  teaches: 'Three minima of exactly the same depth: different starts give different, equally good answers.',
};
