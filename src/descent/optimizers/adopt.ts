import type { Optimizer } from '../optimizer.ts';
import { averageDecay, epsilon, learningRate } from './hyper.ts';
import { averagedBound } from './moments.ts';

/** How far from 0 a normed gradient may be at update t: 0 at the first, which only measures, then (t − 1)^¼. */
const limitAt = (t: number): number => (t - 1) ** 0.25;

/** ADOPT: a gradient is divided by the size √v of those before it, itself not among them, and only then averaged. */
export const adopt: Optimizer = {
  id: 'adopt',
  name: 'ADOPT',
  hyper: [
    learningRate(1e-3),
    averageDecay('beta1', 'decay of m', '\\beta_1', 0.9, 'How long the average of the normed gradient remembers.'),
    averageDecay('beta2', 'decay of v', '\\beta_2', 0.9999, 'How long the average of the squared gradient remembers.'),
    { ...epsilon(1e-6), help: 'The least that a gradient is divided by.' },
  ],
  suggestedLearningRate: 0.1,
  state: ['m', 'v'],
  divisor: 'v',
  constants: {
    beta1: (hyper) => hyper.beta1,
    oneMinusBeta1: (hyper) => 1 - hyper.beta1,
    beta2: (hyper) => hyper.beta2,
    eps: (hyper) => hyper.eps,
  },
  coefficients: {
    rate: (_hyper, _t, lr) => lr,
    limit: (_hyper, t) => limitAt(t),
    intake: (hyper, t) => (t === 1 ? 1 : 1 - hyper.beta2),
  },
  update(w, g, state, at, hyper, t, lr) {
    const { beta1, beta2, eps } = hyper;
    if (t === 1) {
      state[at + 1] = g * g;
      return w;
    }
    const limit = limitAt(t);
    const normed = g / Math.max(Math.sqrt(state[at + 1]), eps);
    state[at] = beta1 * state[at] + (1 - beta1) * Math.min(Math.max(normed, -limit), limit);
    state[at + 1] = beta2 * state[at + 1] + (1 - beta2) * g * g;
    return w - lr * state[at];
  },
  stability: {
    scale: (state, at, hyper) => 1 / Math.max(Math.sqrt(state[at + 1]), hyper.eps),
    bound: averagedBound,
  },
  terms(_w, g, state, at, _hyper, _t, lr) {
    return [
      { symbol: 'g', value: g },
      { symbol: 'm', value: state[at] },
      { symbol: '\\sqrt v', value: Math.sqrt(state[at + 1]) },
      { symbol: '\\Delta w', value: -lr * state[at] },
    ];
  },
  rule: [
    'g \\leftarrow \\nabla f(w), \\quad n = \\frac{g}{\\max(\\sqrt v,\\, \\varepsilon)}',
    'n \\leftarrow \\min(\\max(n,\\, -c),\\, c), \\quad c = (t - 1)^{1/4}',
    'm \\leftarrow \\beta_1 m + (1 - \\beta_1)\\, n',
    'v \\leftarrow \\beta_2 v + (1 - \\beta_2)\\, g^2, \\quad v = g^2 \\;\\; (t = 1)',
    'w \\leftarrow w - \\eta\\, m',
  ],
  summary: 'Adam with a yardstick cut before each measurement: proven to converge whatever β₂, where Adam may not.',
  source:
    'S. Taniguchi et al., "ADOPT: Modified Adam Can Converge with Any β₂ with the Optimal Rate", 2024, algorithm 2, ' +
    'with its clipping at t^¼.',
};
