import type { Optimizer } from '../optimizer.ts';
import { averageDecay, learningRate, weightDecayDecoupled } from './hyper.ts';

/**
 * Lion: the sign c of an average of gradients, found by a search among programs. The direction c is kept beside the
 * average only so that the step can be told afterwards.
 */
export const lion: Optimizer = {
  id: 'lion',
  name: 'Lion',
  hyper: [
    learningRate(1e-4),
    averageDecay('beta1', 'share of m', '\\beta_1', 0.9, 'How much of the direction is the past, rather than g.'),
    averageDecay('beta2', 'decay of m', '\\beta_2', 0.99, 'How long the average of the gradient remembers.'),
    weightDecayDecoupled(0),
  ],
  suggestedLearningRate: 0.015,
  state: ['m', 'c'],
  constants: {
    beta1: (hyper) => hyper.beta1,
    oneMinusBeta1: (hyper) => 1 - hyper.beta1,
    beta2: (hyper) => hyper.beta2,
    oneMinusBeta2: (hyper) => 1 - hyper.beta2,
  },
  coefficients: { rate: (_hyper, _t, lr) => lr, decay: (hyper, _t, lr) => lr * hyper.weightDecay },
  update(w, g, state, at, hyper, _t, lr) {
    const { beta1, beta2 } = hyper;
    state[at + 1] = Math.sign(beta1 * state[at] + (1 - beta1) * g);
    state[at] = beta2 * state[at] + (1 - beta2) * g;
    return w * (1 - lr * hyper.weightDecay) - lr * state[at + 1];
  },
  terms(w, g, state, at, hyper, _t, lr) {
    const decay = -lr * hyper.weightDecay * w;
    return [
      { symbol: 'g', value: g },
      { symbol: 'm', value: state[at] },
      { symbol: 'c', value: state[at + 1] },
      { symbol: '-\\eta\\lambda w', value: decay },
      { symbol: '\\Delta w', value: decay - lr * state[at + 1] },
    ];
  },
  rule: [
    'g \\leftarrow \\nabla f(w)',
    'c = \\operatorname{sgn}(\\beta_1 m + (1 - \\beta_1)\\, g)',
    'm \\leftarrow \\beta_2 m + (1 - \\beta_2)\\, g',
    'w \\leftarrow (1 - \\eta\\lambda)\\, w - \\eta\\, c',
  ],
  summary:
    'Every coordinate moves by exactly η, only the side is a question: it never settles, but for a falling rate.',
  source: 'X. Chen et al., "Symbolic Discovery of Optimization Algorithms", 2023, algorithm 2.',
  text: [
    'beta1 = 0.9 in [0, 1]',
    'beta2 = 0.99 in [0, 1]',
    'weightDecay = 0 in [0, 1]',
    'c = sign(beta1*m + (1 - beta1)*g)',
    'm = beta2*m + (1 - beta2)*g',
    'w = w - lr*weightDecay*w - lr*c',
  ].join('\n'),
};
