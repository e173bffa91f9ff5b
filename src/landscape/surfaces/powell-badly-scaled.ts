import type { Surface } from '../surface.ts';

export const powellBadlyScaled: Surface = {
  id: 'powell-badly-scaled',
  name: 'Powell badly scaled',
  group: 'cliffs',
  formula: '(10000*x*y - 1)^2 + (exp(-x) + exp(-y) - 1.0001)^2',
  parameters: [],
  domain: [-1, 10, -1, 10],
  starts: [
    [0, 1],
    [5, 5],
    [8, 0.5],
  ],
  minima: [
    { x: 1.0981593296998175e-05, y: 9.106146739866524, value: 0 },
    { x: 9.106146739866524, y: 1.0981593296998175e-05, value: 0 },
  ],
  criticalPoints: [
    { x: 1.0981593296998175e-05, y: 9.106146739866524, value: 0, type: 'minimum', eigenvalues: [2.4101361339573038e-08, 16584381691.62042] },
    { x: 9.106146739866524, y: 1.0981593296998175e-05, value: 0, type: 'minimum', eigenvalues: [2.4101361339573038e-08, 16584381691.62042] },
    { x: 0.010048156947108327, y: 0.010048156947108327, value: 0.9603056759863952, type: 'saddle', eigenvalues: [-191.15139197452876, 40585.135452086935] },
    { x: -0.009948091925800946, y: -0.009948091925800946, value: 1.0402940039616395, type: 'minimum', eigenvalues: [209.15359141449034, 39384.86034449186] },
    { x: -0.00010003002051701593, y: -0.00010003002051701593, value: 2.0000000400206805, type: 'saddle', eigenvalues: [-19987.99519644684, 19999.999199229238] },
  ],
  unboundedBelow: false,
  heightScale: 'log',
  smooth: true,
  source: 'Powell 1970; Moré, Garbow & Hillstrom 1981 (no. 3)',
  teaches: 'Curvatures at the minimum are 1.7e10 and 2.4e-8: no single step size works and float32 runs out of digits.',
};
