import type { Hyper, Optimizer } from '../optimizer.ts';
import { learningRate, weightDecayL2 } from './hyper.ts';
import {
  averagedBound,
  meanCorrection,
  momentConstants,
  momentHyper,
  momentRule,
  momentState,
  momentTerms,
  squareCorrection,
  takeIn,
} from './moments.ts';

/** How many gradients the average v amounts to after update t, given 1 − β₂ᵗ; at first less than 5 for any β₂. */
const lengthAt = ({ beta2 }: Hyper, t: number, corrected: number): number =>
  2 / (1 - beta2) - 1 - (2 * t * (1 - corrected)) / corrected;

/** The factor r of a length that v can be trusted with, or 0. */
function rectification(hyper: Hyper, t: number, corrected: number): number {
  const longest = 2 / (1 - hyper.beta2) - 1;
  const length = lengthAt(hyper, t, corrected);
  return length > 5 ? Math.sqrt(((length - 4) * (length - 2) * longest) / ((longest - 4) * (longest - 2) * length)) : 0;
}

/** RAdam: Adam that goes by the averaged gradient alone until the mean square v rests on enough of them. */
export const radam: Optimizer = {
  id: 'radam',
  name: 'RAdam',
  hyper: [learningRate(1e-3), ...momentHyper, weightDecayL2(0)],
  suggestedLearningRate: 0.01,
  suggestedHyper: { beta2: 0.99 },
  state: momentState,
  divisor: 'v',
  constants: { ...momentConstants, weightDecay: (hyper) => hyper.weightDecay },
  coefficients: {
    size(hyper, t, lr) {
      const corrected = 1 - hyper.beta2 ** t;
      const r = rectification(hyper, t, corrected);
      return (lr * (r > 0 ? r * Math.sqrt(corrected) : 1)) / (1 - hyper.beta1 ** t);
    },
    // The denominator `trust` √v + `floor` is 1 as long as v is not to be trusted.
    trust: (hyper, t) => (rectification(hyper, t, 1 - hyper.beta2 ** t) > 0 ? 1 : 0),
    floor: (hyper, t) => (rectification(hyper, t, 1 - hyper.beta2 ** t) > 0 ? hyper.eps : 1),
  },
  update(w, g, state, at, hyper, t, lr) {
    takeIn(g + hyper.weightDecay * w, state, at, hyper);
    const mean = state[at] / meanCorrection(hyper, t);
    const corrected = squareCorrection(hyper, t);
    const r = rectification(hyper, t, corrected);
    if (r === 0) {
      return w - lr * mean;
    }
    return w - lr * mean * r * (Math.sqrt(corrected) / (Math.sqrt(state[at + 1]) + hyper.eps));
  },
  stability: {
    scale(state, at, hyper, t) {
      const corrected = squareCorrection(hyper, t);
      const r = rectification(hyper, t, corrected);
      return r === 0 ? 1 : (r * Math.sqrt(corrected)) / (Math.sqrt(state[at + 1]) + hyper.eps);
    },
    bound: averagedBound,
  },
  terms(w, g, state, at, hyper, t, lr) {
    const [slope, mean, size] = momentTerms(g + hyper.weightDecay * w, state, at, hyper, t);
    const corrected = 1 - hyper.beta2 ** t;
    const r = rectification(hyper, t, corrected);
    const scale = r === 0 ? 1 : (r * Math.sqrt(corrected)) / (Math.sqrt(state[at + 1]) + hyper.eps);
    return [slope, mean, { symbol: 'r', value: r }, size, { symbol: '\\Delta w', value: -lr * mean.value * scale }];
  },
  rule: [
    'g \\leftarrow \\nabla f(w) + \\lambda w',
    ...momentRule,
    '\\rho_\\infty = \\frac{2}{1 - \\beta_2} - 1',
    '\\rho = \\rho_\\infty - \\frac{2 t \\beta_2^t}{1 - \\beta_2^t}',
    'r = \\sqrt{\\frac{(\\rho - 4)(\\rho - 2)\\,\\rho_\\infty}{(\\rho_\\infty - 4)(\\rho_\\infty - 2)\\,\\rho}}',
    'w \\leftarrow w - \\eta\\, \\hat m \\quad (\\rho \\le 5)',
    'w \\leftarrow w - \\eta\\, r\\, \\sqrt{1 - \\beta_2^t}\\, \\frac{\\hat m}{\\sqrt v + \\varepsilon} \\quad (\\rho > 5)',
  ],
  summary: 'Adam with a warm-up of its own: plain momentum at first, and longer steps as the mean square settles.',
  source:
    'L. Liu et al., "On the Variance of the Adaptive Learning Rate and Beyond", 2020, algorithm 2; ' +
    'as in torch.optim.RAdam.',
};
