import type { Surface } from '../surface.ts';

export const deceptiveValley: Surface = {
  id: 'deceptive-valley',
  name: 'Deceptive valley',
  group: 'many minima',
  formula: '0.5 + 0.08*((x - 2)^2 + y^2) - 4*exp(-4*((x + 2)^2 + (y - 0.5)^2))',
  parameters: [],
  domain: [-4, 4, -3, 3],
  starts: [
    [0, 2],
    [-1, 0.5],
    [-3.5, -2],
  ],
  minima: [
    { x: -1.9800675164001469, y: 0.4975084395500184, value: -2.2064728524768964 },
  ],
  criticalPoints: [
    { x: -1.9800675164001469, y: 0.4975084395500184, value: -2.2064728524768964, type: 'minimum', eigenvalues: [32.005259732986495, 32.10839215263253] },
    { x: 2, y: 5.900090541597061e-27, value: 0.5, type: 'minimum', eigenvalues: [0.16, 0.16] },
    { x: -0.9800614389031658, y: 0.37250767986289574, value: 1.1631261550095031, type: 'saddle', eigenvalues: [-3.323834672079153, 0.6274887766884202] },
  ],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'made for Thalweg (needle beside a broad bowl)',
  teaches:
    'Almost everywhere the slope leads to the broad good-looking bowl while the best point is a narrow hole behind you.',
};
