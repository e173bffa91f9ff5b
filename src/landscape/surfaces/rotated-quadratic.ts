import type { Surface } from '../surface.ts';

export const rotatedQuadratic: Surface = {
  id: 'rotated-quadratic',
  name: 'Rotated ill-conditioned quadratic',
  group: 'valleys',
  formula: 'u = cos(theta)*x + sin(theta)*y; v = -sin(theta)*x + cos(theta)*y; f = (u^2 + kappa*v^2)/2',
  parameters: [
    { key: 'kappa', default: 100, min: 1, max: 10000, scale: 'log', help: 'condition number' },
    { key: 'theta', default: Math.PI / 6, min: 0, max: Math.PI, scale: 'linear', help: 'rotation in radians' },
  ],
  domain: [-4, 4, -4, 4],
  starts: [
    [-3, 1.5],
    [3, 3],
  ],
  minima: [
    { x: 0, y: 0, value: 0 },
  ],
  criticalPoints: [
    { x: 0, y: 0, value: 0, type: 'minimum', eigenvalues: [1, 100] },
  ],
  unboundedBelow: false,
  heightScale: 'log',
  smooth: true,
  source: 'elementary',
  teaches: 'Per-coordinate methods (Adam, RMSProp) lose their advantage when the valley is not aligned with the axes.',
};
