import type { Optimizer } from '../optimizer.ts';
import { epsilon, learningRate, weightDecayDecoupled } from './hyper.ts';
import { meanCorrection, momentCoefficients, momentConstants, momentDecays, momentStability, squareCorrection } from './moments.ts';

/** AdaBelief: Adam that divides by how far the gradient is from what was expected, rather than by its size. */
export const adabelief: Optimizer = {
  id: 'adabelief',
  name: 'AdaBelief',
  hyper: [
    learningRate(1e-3),
    momentDecays[0],
    { ...momentDecays[1], name: 'decay of s', help: 'How long the average of the squared surprise remembers.' },
    {
      ...epsilon(1e-16),
      slider: [1e-16, 1e-2],
      help: 'Added to s at each update and to its root: the least surprise.',
    },
    weightDecayDecoupled(0),
  ],
  suggestedLearningRate: 0.05,
  state: ['m', 's'],
  divisor: 's',
  constants: { ...momentConstants, eps: (hyper) => hyper.eps },
  coefficients: { ...momentCoefficients, decay: (hyper, _t, lr) => lr * hyper.weightDecay },
  update(w, g, state, at, hyper, t, lr) {
    const { beta1, beta2, eps } = hyper;
    state[at] = beta1 * state[at] + (1 - beta1) * g;
    state[at + 1] = beta2 * state[at + 1] + (1 - beta2) * (g - state[at]) ** 2 + eps;
    const surprise = Math.sqrt(state[at + 1] / squareCorrection(hyper, t)) + eps;
    return w * (1 - lr * hyper.weightDecay) - lr * (state[at] / meanCorrection(hyper, t) / surprise);
  },
  stability: momentStability,
  terms(w, g, state, at, hyper, t, lr) {
    const mean = state[at] / (1 - hyper.beta1 ** t);
    const surprise = Math.sqrt(state[at + 1] / (1 - hyper.beta2 ** t));
    const decay = -lr * hyper.weightDecay * w;
    return [
      { symbol: 'g', value: g },
      { symbol: '\\hat m', value: mean },
      { symbol: '\\sqrt{\\hat s}', value: surprise },
      { symbol: '-\\eta\\lambda w', value: decay },
      { symbol: '\\Delta w', value: decay - (lr * mean) / (surprise + hyper.eps) },
    ];
  },
  rule: [
    'g \\leftarrow \\nabla f(w), \\quad w \\leftarrow w - \\eta\\lambda\\, w',
    'm \\leftarrow \\beta_1 m + (1 - \\beta_1)\\, g, \\quad \\hat m = \\frac{m}{1 - \\beta_1^t}',
    's \\leftarrow \\beta_2 s + (1 - \\beta_2)(g - m)^2 + \\varepsilon, \\quad \\hat s = \\frac{s}{1 - \\beta_2^t}',
    'w \\leftarrow w - \\eta\\, \\frac{\\hat m}{\\sqrt{\\hat s} + \\varepsilon}',
  ],
  summary: 'Strides out where the slope is as it was foreseen, and feels its way where it comes as a surprise.',
  source:
    'J. Zhuang et al., "AdaBelief Optimizer: Adapting Stepsizes by the Belief in Observed Gradients", 2020, ' +
    'algorithm 2.',
  text: [
    'beta1 = 0.9 in [0, 1]',
    'beta2 = 0.999 in [0, 1]',
    'eps = 1e-16 in [1e-16, 1]',
    'weightDecay = 0 in [0, 1]',
    'm = beta1*m + (1 - beta1)*g',
    's = beta2*s + (1 - beta2)*(g - m)^2 + eps',
    'w = w - lr*weightDecay*w',
    'w = w - lr*(m/(1 - beta1^t))/(sqrt(s/(1 - beta2^t)) + eps)',
  ].join('\n'),
};
