import type { Optimizer } from '../optimizer.ts';
import { epsilon, learningRate, weightDecayL2 } from './hyper.ts';
import { averagedBound, meanCorrection, momentDecays } from './moments.ts';

/** AdaMax: Adam with the largest recent gradient u in the place of the root of the mean square. */
export const adamax: Optimizer = {
  id: 'adamax',
  name: 'AdaMax',
  hyper: [
    learningRate(2e-3),
    momentDecays[0],
    { ...momentDecays[1], name: 'decay of u', help: 'How slowly the largest gradient is forgotten.' },
    {
      ...epsilon(1e-8),
      help: 'Added to the size of each gradient: those well below it no longer count as full steps.',
    },
    weightDecayL2(0),
  ],
  suggestedLearningRate: 0.1,
  state: ['m', 'u'],
  divisor: 'u',
  constants: {
    beta1: (hyper) => hyper.beta1,
    oneMinusBeta1: (hyper) => 1 - hyper.beta1,
    beta2: (hyper) => hyper.beta2,
    eps: (hyper) => hyper.eps,
    weightDecay: (hyper) => hyper.weightDecay,
  },
  coefficients: { size: (hyper, t, lr) => lr / (1 - hyper.beta1 ** t) },
  update(w, g, state, at, hyper, t, lr) {
    const { beta1, beta2, eps } = hyper;
    const slope = g + hyper.weightDecay * w;
    state[at] = beta1 * state[at] + (1 - beta1) * slope;
    state[at + 1] = Math.max(beta2 * state[at + 1], Math.abs(slope) + eps);
    return w - (lr / meanCorrection(hyper, t)) * (state[at] / state[at + 1]);
  },
  stability: { scale: (state, at) => 1 / state[at + 1], bound: averagedBound },
  terms(w, g, state, at, hyper, t, lr) {
    const mean = state[at] / (1 - hyper.beta1 ** t);
    return [
      { symbol: 'g', value: g + hyper.weightDecay * w },
      { symbol: '\\hat m', value: mean },
      { symbol: 'u', value: state[at + 1] },
      { symbol: '\\Delta w', value: (-lr * mean) / state[at + 1] },
    ];
  },
  rule: [
    'g \\leftarrow \\nabla f(w) + \\lambda w',
    'm \\leftarrow \\beta_1 m + (1 - \\beta_1)\\, g, \\quad \\hat m = \\frac{m}{1 - \\beta_1^t}',
    'u \\leftarrow \\max(\\beta_2 u,\\; |g| + \\varepsilon)',
    'w \\leftarrow w - \\eta\\, \\frac{\\hat m}{u}',
  ],
  summary: 'Adam in units of the largest recent gradient rather than the usual one: no step is ever longer than η.',
  source:
    'D. Kingma and J. Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 2; as in torch.optim.Adamax.',
  text: [
    'beta1 = 0.9 in [0, 1]',
    'beta2 = 0.999 in [0, 1]',
    'eps = 1e-8 in [1e-16, 1]',
    'weightDecay = 0 in [0, 1]',
    'g = g + weightDecay*w',
    'm = beta1*m + (1 - beta1)*g',
    'u = max(beta2*u, abs(g) + eps)',
    'w = w - lr*(m/(1 - beta1^t))/u',
  ].join('\n'),
};
