import type { Optimizer } from '../optimizer.ts';
import { accumulatorStart, epsilon, learningRate } from './hyper.ts';
import {
  meanCorrection,
  momentCoefficients,
  momentConstants,
  momentDecays,
  momentRule,
  momentStability,
  momentState,
  momentTerms,
  squareCorrection,
} from './moments.ts';

/**
 * Yogi: Adam whose v moves towards g² by a share of g², rather than of their difference. As in optax, m starts as v
 * does.
 */
export const yogi: Optimizer = {
  id: 'yogi',
  name: 'Yogi',
  hyper: [
    learningRate(1e-2),
    ...momentDecays,
    epsilon(1e-3),
    { ...accumulatorStart(1e-6), help: 'What both averages start with: the larger, the shorter the first steps.' },
  ],
  suggestedLearningRate: 0.05,
  state: momentState,
  divisor: 'v',
  constants: momentConstants,
  coefficients: { ...momentCoefficients, start: (hyper, t) => (t === 1 ? hyper.initialAccumulator : 0) },
  update(w, g, state, at, hyper, t, lr) {
    const { beta1, beta2, eps } = hyper;
    if (t === 1) {
      state.fill(hyper.initialAccumulator, at, at + 2);
    }
    const square = g * g;
    state[at] = beta1 * state[at] + (1 - beta1) * g;
    state[at + 1] -= (1 - beta2) * Math.sign(state[at + 1] - square) * square;
    const size = Math.sqrt(state[at + 1] / squareCorrection(hyper, t)) + eps;
    return w - lr * (state[at] / meanCorrection(hyper, t) / size);
  },
  stability: momentStability,
  terms(_w, g, state, at, hyper, t, lr) {
    const shown = momentTerms(g, state, at, hyper, t);
    const [, mean, size] = shown;
    return [...shown, { symbol: '\\Delta w', value: (-lr * mean.value) / (size.value + hyper.eps) }];
  },
  rule: [
    'g \\leftarrow \\nabla f(w)',
    momentRule[0],
    'v \\leftarrow v - (1 - \\beta_2)\\operatorname{sgn}(v - g^2)\\, g^2, \\quad \\hat v = \\frac{v}{1 - \\beta_2^t}',
    'w \\leftarrow w - \\eta\\, \\frac{\\hat m}{\\sqrt{\\hat v} + \\varepsilon}',
  ],
  summary: 'Adam that forgets a steep past only slowly: behind a cliff it does not leap ahead at once.',
  source: 'M. Zaheer et al., "Adaptive Methods for Nonconvex Optimization", 2018, algorithm 2; as in optax.yogi.',
  text: [
    'beta1 = 0.9 in [0, 1]',
    'beta2 = 0.999 in [0, 1]',
    'eps = 1e-3 in [1e-16, 1]',
    'initialAccumulator = 1e-6 in [0, 1000]',
    'init m = initialAccumulator',
    'init v = initialAccumulator',
    'm = beta1*m + (1 - beta1)*g',
    'v = v - (1 - beta2)*sign(v - g^2)*g^2',
    'w = w - lr*(m/(1 - beta1^t))/(sqrt(v/(1 - beta2^t)) + eps)',
  ].join('\n'),
};
