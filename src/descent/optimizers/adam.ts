import type { Optimizer } from '../optimizer.ts';
import { learningRate, weightDecayL2 } from './hyper.ts';
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

/** Adam: w ← w − η m̂/(√v̂ + ε), with weight decay as a term of the gradient. */
export const adam: Optimizer = {
  id: 'adam',
  name: 'Adam',
  hyper: [learningRate(1e-3), ...momentHyper, weightDecayL2(0)],
  suggestedLearningRate: 0.05,
  state: momentState,
  divisor: 'v',
  constants: { ...momentConstants, weightDecay: (hyper) => hyper.weightDecay },
  coefficients: momentCoefficients,
  update(w, g, state, at, hyper, t, lr) {
    return w - lr * momentDirection(g + hyper.weightDecay * w, state, at, hyper, t);
  },
  stability: momentStability,
  terms(w, g, state, at, hyper, t, lr) {
    const shown = momentTerms(g + hyper.weightDecay * w, state, at, hyper, t);
    const [, mean, size] = shown;
    return [...shown, { symbol: '\\Delta w', value: (-lr * mean.value) / (size.value + hyper.eps) }];
  },
  rule: [
    'g \\leftarrow \\nabla f(w) + \\lambda w',
    ...momentRule,
    'w \\leftarrow w - \\eta\\, \\frac{\\hat m}{\\sqrt{\\hat v} + \\varepsilon}',
  ],
  summary:
    'Momentum over RMSProp: the average gradient in units of its own size, so that a step is about η long anywhere.',
  source: 'D. Kingma and J. Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1.',
  text: [
    'beta1 = 0.9 in [0, 1]',
    'beta2 = 0.999 in [0, 1]',
    'eps = 1e-8 in [1e-16, 1]',
    'weightDecay = 0 in [0, 1]',
    'g = g + weightDecay*w',
    'm = beta1*m + (1 - beta1)*g',
    'v = beta2*v + (1 - beta2)*g^2',
    'w = w - lr*(m/(1 - beta1^t))/(sqrt(v/(1 - beta2^t)) + eps)',
  ].join('\n'),
};
