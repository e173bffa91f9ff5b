import { eigenvalues, lowEigenvector } from '../../math/symmetric.ts';
import type { HyperSpec, Optimizer } from '../optimizer.ts';
import { learningRate } from './hyper.ts';

const damping: HyperSpec = {
  key: 'damping',
  name: 'damping',
  symbol: '\\delta',
  default: 1e-3,
  min: 1e-30,
  max: 1e30,
  slider: [1e-6, 10],
  scale: 'log',
  help: 'The least curvature that is believed: along flatter directions the step is the gradient over this.',
};

const hessian = new Float64Array(3);

/** Saddle-free Newton: w ← w − η|H|⁻¹∇f with the Hessian's eigenvalues taken by size, none below δ. */
export const saddleFreeNewton: Optimizer = {
  id: 'saddle-free-newton',
  name: 'Saddle-free Newton',
  hyper: [learningRate(1), damping],
  suggestedLearningRate: 0.5,
  state: [],
  constants: { damping: (hyper) => hyper.damping },
  coefficients: { rate: (_hyper, _t, lr) => lr },
  direction(x, y, g, _state, _at, hyper, _t, _lr, around) {
    around.hessian(x, y, hessian);
    const [xx, xy, yy] = hessian;
    const [low, high] = eigenvalues(xx, xy, yy).map((value) => Math.max(Math.abs(value), hyper.damping));
    const [ux, uy] = lowEigenvector(xx, xy, yy);
    const along = (ux * g[0] + uy * g[1]) / low;
    const across = (ux * g[1] - uy * g[0]) / high;
    g[0] = along * ux - across * uy;
    g[1] = along * uy + across * ux;
  },
  evaluations: 2,
  update(w, g, _state, _at, _hyper, _t, lr) {
    return w - lr * g;
  },
  terms(_w, g, _state, _at, _hyper, _t, lr) {
    return [
      { symbol: 'd', value: g },
      { symbol: '\\Delta w', value: -lr * g },
    ];
  },
  rule: [
    '\\nabla^2 f(w) = Q \\Lambda Q^{\\mathsf T}',
    'd \\leftarrow Q \\max(|\\Lambda|, \\delta)^{-1} Q^{\\mathsf T} \\nabla f(w)',
    'w \\leftarrow w - \\eta\\, d',
  ],
  summary: 'Newton’s step with every curvature counted as positive: away from saddles, where Newton’s own is drawn in.',
  source:
    'Y. Dauphin et al., "Identifying and attacking the saddle point problem in high-dimensional non-convex optimization", 2014, algorithm 1.',
};
