import type { Optimizer } from '../optimizer.ts';
import { accumulatorStart, epsilon, learningRate, weightDecayL2 } from './hyper.ts';

/** AdaGrad: each coordinate's gradient over the root of the sum v of all its squares so far. */
export const adagrad: Optimizer = {
  id: 'adagrad',
  name: 'AdaGrad',
  hyper: [
    learningRate(1e-2),
    {
      key: 'lrDecay',
      name: 'rate decay',
      symbol: '\\delta',
      default: 0,
      min: 0,
      max: 1e3,
      slider: [0, 1],
      scale: 'linear',
      help: 'Divides the learning rate of update t by 1 + δ(t − 1).',
    },
    accumulatorStart(0),
    epsilon(1e-10),
    weightDecayL2(0),
  ],
  suggestedLearningRate: 0.5,
  state: ['v'],
  divisor: 'v',
  constants: { eps: (hyper) => hyper.eps, weightDecay: (hyper) => hyper.weightDecay },
  coefficients: {
    rate: (hyper, t, lr) => lr / (1 + (t - 1) * hyper.lrDecay),
    start: (hyper, t) => (t === 1 ? hyper.initialAccumulator : 0),
  },
  update(w, g, state, at, hyper, t, lr) {
    const slope = g + hyper.weightDecay * w;
    if (t === 1) {
      state[at] = hyper.initialAccumulator;
    }
    state[at] += slope * slope;
    return w - (lr / (1 + (t - 1) * hyper.lrDecay)) * (slope / (Math.sqrt(state[at]) + hyper.eps));
  },
  stability: {
    scale: (state, at, hyper, t) => 1 / ((1 + (t - 1) * hyper.lrDecay) * (Math.sqrt(state[at]) + hyper.eps)),
    bound: () => 2,
  },
  terms(w, g, state, at, hyper, t, lr) {
    const slope = g + hyper.weightDecay * w;
    const rate = lr / (1 + (t - 1) * hyper.lrDecay);
    const size = Math.sqrt(state[at]);
    return [
      { symbol: 'g', value: slope },
      { symbol: '\\sqrt v', value: size },
      { symbol: '\\eta_t', value: rate },
      { symbol: '\\Delta w', value: (-rate * slope) / (size + hyper.eps) },
    ];
  },
  rule: [
    'g \\leftarrow \\nabla f(w) + \\lambda w',
    'v \\leftarrow v + g^2, \\quad \\eta_t = \\frac{\\eta}{1 + (t - 1)\\,\\delta}',
    'w \\leftarrow w - \\eta_t\\, \\frac{g}{\\sqrt v + \\varepsilon}',
  ],
  summary: 'Remembers every slope it has met and forgets none: the steps shorten as one over the root of time.',
  source:
    'J. Duchi, E. Hazan and Y. Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic ' +
    'Optimization", 2011, figure 1 with diagonal matrices; as in torch.optim.Adagrad.',
  text: [
    'lrDecay = 0 in [0, 1]',
    'initialAccumulator = 0 in [0, 1000]',
    'eps = 1e-10 in [1e-16, 1]',
    'weightDecay = 0 in [0, 1]',
    'init v = initialAccumulator',
    'g = g + weightDecay*w',
    'v = v + g^2',
    'w = w - lr/(1 + (t - 1)*lrDecay)*g/(sqrt(v) + eps)',
  ].join('\n'),
};
