import type { Hyper, Optimizer } from '../optimizer.ts';
import { learningRate, weightDecayL2 } from './hyper.ts';
import { momentConstants, momentHyper, momentRule, momentState, squareCorrection, takeIn } from './moments.ts';

/** The momentum μ of update t, which rises from about β₁/2 to β₁. */
const momentumAt = ({ beta1, momentumDecay }: Hyper, t: number): number =>
  beta1 * (1 - 0.5 * 0.96 ** (t * momentumDecay));

/**
 * β₁, ψ, t, μ₁μ₂…μₜ and what ofGradient and ofMean gave, as they were asked for last: all particles of one age ask for
 * the same, and the next update's product is one factor more.
 */
const last = Float64Array.of(Number.NaN, 0, 0, 1, 0, 0);

/** Brings `last` to update t. */
function remember(hyper: Hyper, t: number): Float64Array {
  const known = last[0] === hyper.beta1 && last[1] === hyper.momentumDecay;
  if (known && last[2] === t) {
    return last;
  }
  if (!known || last[2] > t) {
    last.set([hyper.beta1, hyper.momentumDecay, 0, 1]);
  }
  // A product below 2⁻⁶⁰ is as good as 0 in 1 − P, where it is used.
  for (let k = last[2] + 1; k <= t && last[3] > 2 ** -60; k += 1) {
    last[3] *= momentumAt(hyper, k);
  }
  const next = momentumAt(hyper, t + 1);
  last[2] = t;
  last[4] = (1 - momentumAt(hyper, t)) / (1 - last[3]);
  last[5] = next / (1 - last[3] * next);
  return last;
}

/** What the gradient and its average are multiplied by before they are divided by √v̂ + ε, for a learning rate of 1. */
const ofGradient = (hyper: Hyper, t: number): number => remember(hyper, t)[4];
const ofMean = (hyper: Hyper, t: number): number => remember(hyper, t)[5];

/**
 * NAdam: Adam with Nesterov's look ahead, as torch.optim.NAdam has it since its product of momenta was mended: the
 * second part's correction is 1 − μ₁…μₜ₊₁.
 */
export const nadam: Optimizer = {
  id: 'nadam',
  name: 'NAdam',
  hyper: [
    learningRate(2e-3),
    ...momentHyper,
    {
      key: 'momentumDecay',
      name: 'momentum decay',
      symbol: '\\psi',
      default: 4e-3,
      min: 0,
      max: 1e3,
      slider: [0, 1],
      scale: 'linear',
      help: 'How fast the momentum rises from half of β₁ to all of it.',
    },
    weightDecayL2(0),
  ],
  suggestedLearningRate: 0.02,
  state: momentState,
  divisor: 'v',
  constants: { ...momentConstants, weightDecay: (hyper) => hyper.weightDecay },
  coefficients: {
    ofGradient: (hyper, t, lr) => lr * ofGradient(hyper, t) * Math.sqrt(1 - hyper.beta2 ** t),
    ofMean: (hyper, t, lr) => lr * ofMean(hyper, t) * Math.sqrt(1 - hyper.beta2 ** t),
    floor: (hyper, t) => hyper.eps * Math.sqrt(1 - hyper.beta2 ** t),
  },
  update(w, g, state, at, hyper, t, lr) {
    const slope = g + hyper.weightDecay * w;
    takeIn(slope, state, at, hyper);
    const size = Math.sqrt(state[at + 1] / squareCorrection(hyper, t)) + hyper.eps;
    const now = lr * ofGradient(hyper, t) * (slope / size);
    return w - now - lr * ofMean(hyper, t) * (state[at] / size);
  },
  stability: {
    // A gradient whose sign alternates comes through the average as (1 − β₁)/(1 + β₁) of itself.
    scale(state, at, hyper, t) {
      const through = (1 - hyper.beta1) / (1 + hyper.beta1);
      const size = Math.sqrt(state[at + 1] / squareCorrection(hyper, t)) + hyper.eps;
      return (ofGradient(hyper, t) + ofMean(hyper, t) * through) / size;
    },
    bound: () => 2,
  },
  terms(w, g, state, at, hyper, t, lr) {
    const slope = g + hyper.weightDecay * w;
    const size = Math.sqrt(state[at + 1] / (1 - hyper.beta2 ** t));
    const ahead = ofGradient(hyper, t) * slope + ofMean(hyper, t) * state[at];
    return [
      { symbol: 'g', value: slope },
      { symbol: '\\hat m', value: ahead },
      { symbol: '\\sqrt{\\hat v}', value: size },
      { symbol: '\\mu_t', value: momentumAt(hyper, t) },
      { symbol: '\\Delta w', value: (-lr * ahead) / (size + hyper.eps) },
    ];
  },
  rule: [
    'g \\leftarrow \\nabla f(w) + \\lambda w',
    'm \\leftarrow \\beta_1 m + (1 - \\beta_1)\\, g',
    momentRule[1],
    '\\mu_t = \\beta_1 (1 - \\tfrac12\\, 0.96^{t \\psi}), \\quad P_t = \\mu_1 \\mu_2 \\cdots \\mu_t',
    '\\hat m = \\frac{1 - \\mu_t}{1 - P_t}\\, g + \\frac{\\mu_{t+1}}{1 - P_{t+1}}\\, m',
    'w \\leftarrow w - \\eta\\, \\frac{\\hat m}{\\sqrt{\\hat v} + \\varepsilon}',
  ],
  summary: 'Adam that looks ahead as Nesterov does: the newest gradient counts twice, in the average and beside it.',
  source: 'T. Dozat, "Incorporating Nesterov Momentum into Adam", 2016, algorithm 2; as in torch.optim.NAdam.',
};
