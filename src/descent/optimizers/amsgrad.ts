import type { Optimizer } from '../optimizer.ts';
import { learningRate, weightDecayL2 } from './hyper.ts';
import {
  averagedBound,
  meanCorrection,
  momentCoefficients,
  momentConstants,
  momentHyper,
  momentRule,
  momentState,
  momentTerms,
  squareCorrection,
  takeIn,
} from './moments.ts';

/** AMSGrad: Adam that divides by the largest v so far, so that no coordinate's rate ever rises again. */
export const amsgrad: Optimizer = {
  id: 'amsgrad',
  name: 'AMSGrad',
  hyper: [learningRate(1e-3), ...momentHyper, weightDecayL2(0)],
  suggestedLearningRate: 0.1,
  state: [...momentState, 'vmax'],
  divisor: 'vmax',
  constants: { ...momentConstants, weightDecay: (hyper) => hyper.weightDecay },
  coefficients: momentCoefficients,
  update(w, g, state, at, hyper, t, lr) {
    takeIn(g + hyper.weightDecay * w, state, at, hyper);
    state[at + 2] = Math.max(state[at + 2], state[at + 1]);
    const size = Math.sqrt(state[at + 2]) / Math.sqrt(squareCorrection(hyper, t)) + hyper.eps;
    return w - (lr / meanCorrection(hyper, t)) * (state[at] / size);
  },
  stability: {
    scale: (state, at, hyper, t) => 1 / (Math.sqrt(state[at + 2] / squareCorrection(hyper, t)) + hyper.eps),
    bound: averagedBound,
  },
  terms(w, g, state, at, hyper, t, lr) {
    const [slope, mean] = momentTerms(g + hyper.weightDecay * w, state, at, hyper, t);
    const size = Math.sqrt(state[at + 2] / (1 - hyper.beta2 ** t));
    return [
      slope,
      mean,
      { symbol: '\\sqrt{\\hat v_{\\max}}', value: size },
      { symbol: '\\Delta w', value: (-lr * mean.value) / (size + hyper.eps) },
    ];
  },
  rule: [
    'g \\leftarrow \\nabla f(w) + \\lambda w',
    momentRule[0],
    'v \\leftarrow \\beta_2 v + (1 - \\beta_2)\\, g^2',
    'v_{\\max} \\leftarrow \\max(v_{\\max},\\, v), \\quad \\hat v_{\\max} = \\frac{v_{\\max}}{1 - \\beta_2^t}',
    'w \\leftarrow w - \\eta\\, \\frac{\\hat m}{\\sqrt{\\hat v_{\\max}} + \\varepsilon}',
  ],
  summary: 'Adam that never forgets the steepest it has been: it cannot speed up again and leap out of a minimum.',
  source:
    'S. Reddi, S. Kale and S. Kumar, "On the Convergence of Adam and Beyond", 2018, algorithm 2; ' +
    'as in torch.optim.Adam(amsgrad=True).',
  text: [
    'beta1 = 0.9 in [0, 1]',
    'beta2 = 0.999 in [0, 1]',
    'eps = 1e-8 in [1e-16, 1]',
    'weightDecay = 0 in [0, 1]',
    'g = g + weightDecay*w',
    'm = beta1*m + (1 - beta1)*g',
    'v = beta2*v + (1 - beta2)*g^2',
    'vmax = max(vmax, v)',
    'w = w - lr*(m/(1 - beta1^t))/(sqrt(vmax/(1 - beta2^t)) + eps)',
  ].join('\n'),
};
