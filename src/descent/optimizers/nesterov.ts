import type { Optimizer } from '../optimizer.ts';
import { learningRate, momentumDecay, weightDecayL2 } from './hyper.ts';

/** Nesterov's momentum as torch.optim.SGD(nesterov=True) has it: b ← μb + g; w ← w − η(g + μb). It accepts μ = 0. */
export const nesterov: Optimizer = {
  id: 'nesterov',
  name: 'Nesterov momentum',
  hyper: [learningRate(1e-3), momentumDecay(0), weightDecayL2(0)],
  suggestedLearningRate: 0.001,
  suggestedHyper: { momentum: 0.9 },
  state: ['b'],
  constants: { momentum: (hyper) => hyper.momentum, weightDecay: (hyper) => hyper.weightDecay },
  coefficients: { rate: (_hyper, _t, lr) => lr },
  update(w, g, state, at, hyper, _t, lr) {
    const slope = g + hyper.weightDecay * w;
    state[at] = hyper.momentum * state[at] + slope;
    return w - lr * (slope + hyper.momentum * state[at]);
  },
  stability: { bound: ({ momentum }) => (2 * (1 + momentum)) / (1 + 2 * momentum) },
  terms(w, g, state, at, hyper, _t, lr) {
    const slope = g + hyper.weightDecay * w;
    return [
      { symbol: 'g', value: slope },
      { symbol: 'b', value: state[at] },
      { symbol: '\\Delta w', value: -lr * (slope + hyper.momentum * state[at]) },
    ];
  },
  rule: [
    'g \\leftarrow \\nabla f(w) + \\lambda w',
    'b \\leftarrow \\mu\\, b + g',
    'w \\leftarrow w - \\eta\\,(g + \\mu\\, b)',
  ],
  summary: 'Momentum that looks ahead: it brakes before the ball has run up the other side.',
  source:
    'Y. Nesterov, 1983; in the form of I. Sutskever et al., "On the importance of initialization and momentum", 2013.',
  text: [
    'momentum = 0.9 in [0, 1]',
    'weightDecay = 0 in [0, 1]',
    'g = g + weightDecay*w',
    'b = momentum*b + g',
    'w = w - lr*(g + momentum*b)',
  ].join('\n'),
};
