import type { Optimizer } from '../optimizer.ts';
import { learningRate, momentumDecay, weightDecayL2 } from './hyper.ts';

/**
 * Gradient descent with a velocity b (the heavy ball): b = g at first, then b ← μb + (1 − τ)g; w ← w − ηb.
 *
 * As in torch.optim.SGD the first update is not dampened, and without momentum dampening has no effect.
 */
export const momentum: Optimizer = {
  id: 'momentum',
  name: 'Momentum',
  hyper: [
    learningRate(1e-3),
    momentumDecay(0),
    {
      key: 'dampening',
      name: 'dampening',
      symbol: '\\tau',
      default: 0,
      min: 0,
      max: 1,
      slider: [0, 1],
      scale: 'linear',
      help: 'How much of each new gradient is withheld from the velocity.',
    },
    weightDecayL2(0),
  ],
  suggestedLearningRate: 0.001,
  suggestedHyper: { momentum: 0.9 },
  state: ['b'],
  constants: { momentum: (hyper) => hyper.momentum, weightDecay: (hyper) => hyper.weightDecay },
  coefficients: {
    rate: (_hyper, _t, lr) => lr,
    intake: (hyper, t) => (t === 1 || hyper.momentum === 0 ? 1 : 1 - hyper.dampening),
  },
  update(w, g, state, at, hyper, t, lr) {
    const slope = g + hyper.weightDecay * w;
    const plain = t === 1 || hyper.momentum === 0;
    state[at] = plain ? slope : hyper.momentum * state[at] + (1 - hyper.dampening) * slope;
    return w - lr * state[at];
  },
  // 2(1 + μ)/η for the heavy ball; a dampened one takes in 1 − τ of each gradient.
  stability: { bound: ({ momentum: mu, dampening }) => (2 * (1 + mu)) / (mu === 0 ? 1 : Math.max(1e-9, 1 - dampening)) },
  terms(w, g, state, at, hyper, _t, lr) {
    return [
      { symbol: 'g', value: g + hyper.weightDecay * w },
      { symbol: 'b', value: state[at] },
      { symbol: '\\Delta w', value: -lr * state[at] },
    ];
  },
  rule: [
    'g \\leftarrow \\nabla f(w) + \\lambda w',
    'b \\leftarrow \\mu\\, b + (1 - \\tau)\\, g',
    'w \\leftarrow w - \\eta\\, b',
  ],
  summary: 'A heavy ball: it gathers speed along a valley and averages out the bouncing across it.',
  source:
    'B. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964; the form of torch.optim.SGD.',
  text: [
    'momentum = 0.9 in [0, 1]',
    'dampening = 0 in [0, 1]',
    'weightDecay = 0 in [0, 1]',
    'g = g + weightDecay*w',
    'b = momentum*b + (1 - dampening*sign(momentum*(t - 1)))*g',
    'w = w - lr*b',
  ].join('\n'),
};
