import type { Hyper, Optimizer } from '../optimizer.ts';
import { averageDecay, learningRate, weightDecayDecoupled } from './hyper.ts';
import { meanCorrection, momentConstants, momentHyper, momentRule, momentStability, squareCorrection, takeIn } from './moments.ts';

/** η(m̂ + αs)/(√v̂ + ε), from the state (m, v, s) after an update. */
function pull(state: Float64Array, at: number, hyper: Hyper, t: number): number {
  const mixed = state[at] / meanCorrection(hyper, t) + hyper.alpha * state[at + 2];
  return mixed / (Math.sqrt(state[at + 1] / squareCorrection(hyper, t)) + hyper.eps);
}

/**
 * AdEMAMix: AdamW with a second, slow average s of the gradient beside the fast one; without the paper's optional
 * schedules of α and β₃.
 */
export const ademamix: Optimizer = {
  id: 'ademamix',
  name: 'AdEMAMix',
  hyper: [
    learningRate(1e-3),
    ...momentHyper,
    averageDecay('beta3', 'decay of s', '\\beta_3', 0.9999, 'How long the slow average of the gradient remembers.'),
    {
      key: 'alpha',
      name: 'share of s',
      symbol: '\\alpha',
      default: 5,
      min: 0,
      max: 1e3,
      slider: [0, 20],
      scale: 'linear',
      help: 'How much of the slow average is added to the fast one; 0 is AdamW.',
    },
    weightDecayDecoupled(0),
  ],
  suggestedLearningRate: 0.1,
  state: ['m', 'v', 's'],
  divisor: 'v',
  constants: {
    ...momentConstants,
    beta3: (hyper) => hyper.beta3,
    oneMinusBeta3: (hyper) => 1 - hyper.beta3,
    alpha: (hyper) => hyper.alpha,
    eps: (hyper) => hyper.eps,
    weightDecay: (hyper) => hyper.weightDecay,
  },
  coefficients: {
    rate: (_hyper, _t, lr) => lr,
    ofMean: (hyper, t) => 1 / (1 - hyper.beta1 ** t),
    ofRoot: (hyper, t) => 1 / Math.sqrt(1 - hyper.beta2 ** t),
  },
  update(w, g, state, at, hyper, t, lr) {
    takeIn(g, state, at, hyper);
    state[at + 2] = hyper.beta3 * state[at + 2] + (1 - hyper.beta3) * g;
    return w - lr * (pull(state, at, hyper, t) + hyper.weightDecay * w);
  },
  // The slow average hardly answers within a swing.
  stability: momentStability,
  terms(w, _g, state, at, hyper, t, lr) {
    return [
      { symbol: '\\hat m', value: state[at] / (1 - hyper.beta1 ** t) },
      { symbol: '\\alpha s', value: hyper.alpha * state[at + 2] },
      { symbol: '\\sqrt{\\hat v}', value: Math.sqrt(state[at + 1] / (1 - hyper.beta2 ** t)) },
      { symbol: '\\Delta w', value: -lr * (pull(state, at, hyper, t) + hyper.weightDecay * w) },
    ];
  },
  rule: [
    'g \\leftarrow \\nabla f(w)',
    ...momentRule,
    's \\leftarrow \\beta_3 s + (1 - \\beta_3)\\, g',
    'w \\leftarrow w - \\eta \\left( \\frac{\\hat m + \\alpha s}{\\sqrt{\\hat v} + \\varepsilon} + \\lambda w \\right)',
  ],
  summary: 'Two memories: a quick one that follows each bend, and a slow one that still knows gradients long past.',
  source:
    'M. Pagliardini, P. Ablin and D. Grangier, "The AdEMAMix Optimizer: Better, Faster, Older", 2024, algorithm 1.',
};
