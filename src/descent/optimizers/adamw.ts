import type { Optimizer } from '../optimizer.ts';
import { learningRate, weightDecayDecoupled } from './hyper.ts';
import {
  momentCoefficients,
  momentConstants,
  momentDirection,
  momentHyper,
  momentRule,
  momentStability,
  momentState,
  momentTerms,
} from './moments.ts';

/** AdamW: Adam after w ← (1 − ηλ)w, so that the decay is not divided by √v̂. */
export const adamw: Optimizer = {
  id: 'adamw',
  name: 'AdamW',
  hyper: [learningRate(1e-3), ...momentHyper, weightDecayDecoupled(1e-2)],
  suggestedLearningRate: 0.05,
  state: momentState,
  divisor: 'v',
  constants: momentConstants,
  // The decay on its own: 1 − ηλ in float32 would keep few of its digits.
  coefficients: { ...momentCoefficients, decay: (hyper, _t, lr) => lr * hyper.weightDecay },
  update(w, g, state, at, hyper, t, lr) {
    return w * (1 - lr * hyper.weightDecay) - lr * momentDirection(g, state, at, hyper, t);
  },
  stability: momentStability,
  terms(w, g, state, at, hyper, t, lr) {
    const shown = momentTerms(g, state, at, hyper, t);
    const [, mean, size] = shown;
    const decay = -lr * hyper.weightDecay * w;
    return [
      ...shown,
      { symbol: '-\\eta\\lambda w', value: decay },
      { symbol: '\\Delta w', value: decay - (lr * mean.value) / (size.value + hyper.eps) },
    ];
  },
  rule: [
    'g \\leftarrow \\nabla f(w)',
    'w \\leftarrow w - \\eta\\lambda\\, w',
    ...momentRule,
    'w \\leftarrow w - \\eta\\, \\frac{\\hat m}{\\sqrt{\\hat v} + \\varepsilon}',
  ],
  summary: 'Adam with a weight decay that pulls all parameters alike, however large their gradients are.',
  source:
    'I. Loshchilov and F. Hutter, "Decoupled Weight Decay Regularization", 2019, algorithm 2; as torch.optim.AdamW.',
  text: [
    'beta1 = 0.9 in [0, 1]',
    'beta2 = 0.999 in [0, 1]',
    'eps = 1e-8 in [1e-16, 1]',
    'weightDecay = 0.01 in [0, 1]',
    'm = beta1*m + (1 - beta1)*g',
    'v = beta2*v + (1 - beta2)*g^2',
    'w = w - lr*weightDecay*w',
    'w = w - lr*(m/(1 - beta1^t))/(sqrt(v/(1 - beta2^t)) + eps)',
  ].join('\n'),
};
