import type { Hyper, Optimizer } from '../optimizer.ts';
import { averageDecay, learningRate, weightDecayDecoupled } from './hyper.ts';
import { momentHyper, momentStability, squareCorrection } from './moments.ts';

/** The step of z: η times the normed gradient and the decay, from v after the update. */
function stride(w: number, g: number, v: number, hyper: Hyper, t: number, lr: number): number {
  return lr * (g / (Math.sqrt(v / squareCorrection(hyper, t)) + hyper.eps) + hyper.weightDecay * w);
}

/**
 * Schedule-Free AdamW: z walks, x is the average of all its places, and the gradient is taken between them, at
 * w = (1 − β₁)z + β₁x, which is what is drawn.
 *
 * The state d is z − w, which starts at 0 as all state does; x is w + (1 − 1/β₁)d. The average weighs all places alike:
 * the paper's weights for a constant learning rate, as in the package schedulefree since it corrects v.
 */
export const scheduleFree: Optimizer = {
  id: 'schedule-free',
  name: 'Schedule-Free AdamW',
  hyper: [
    learningRate(2.5e-3),
    {
      ...averageDecay('beta1', 'pull of the average', '\\beta_1', 0.9, 'Where the gradient is taken: 0 at z, 1 at x.'),
      slider: [0, 0.99],
    },
    ...momentHyper.slice(1),
    weightDecayDecoupled(0),
  ],
  suggestedLearningRate: 0.2,
  state: ['d', 'v'],
  divisor: 'v',
  constants: {
    beta1: (hyper) => hyper.beta1,
    oneMinusBeta1: (hyper) => 1 - hyper.beta1,
    beta2: (hyper) => hyper.beta2,
    oneMinusBeta2: (hyper) => 1 - hyper.beta2,
    eps: (hyper) => hyper.eps,
    weightDecay: (hyper) => hyper.weightDecay,
  },
  coefficients: {
    rate: (_hyper, _t, lr) => lr,
    ofRoot: (hyper, t) => 1 / Math.sqrt(1 - hyper.beta2 ** t),
    share: (_hyper, t) => 1 / t,
  },
  update(w, g, state, at, hyper, t, lr) {
    const { beta1, beta2 } = hyper;
    const v = beta2 * state[at + 1] + (1 - beta2) * g * g;
    const move = stride(w, g, v, hyper, t, lr);
    const old = state[at];
    const distance = (1 - 1 / t) * (old - beta1 * move);
    state[at] = distance;
    state[at + 1] = v;
    return w + (old - distance) - move;
  },
  // Only the share 1 − β₁ of z is where the gradient is taken; the average follows slowly.
  stability: { ...momentStability, bound: ({ beta1 }) => 2 / (1 - beta1) },
  terms(w, g, state, at, hyper, t, lr) {
    const move = stride(w, g, state[at + 1], hyper, t, lr);
    const old = t === 1 ? 0 : state[at] / (1 - 1 / t) + hyper.beta1 * move;
    return [
      { symbol: 'g', value: g },
      { symbol: '\\sqrt{\\hat v}', value: Math.sqrt(state[at + 1] / (1 - hyper.beta2 ** t)) },
      { symbol: 'z - w', value: state[at] },
      { symbol: '\\Delta w', value: old - state[at] - move },
    ];
  },
  rule: [
    'w = (1 - \\beta_1)\\, z + \\beta_1 x, \\quad g \\leftarrow \\nabla f(w)',
    'v \\leftarrow \\beta_2 v + (1 - \\beta_2)\\, g^2, \\quad \\hat v = \\frac{v}{1 - \\beta_2^t}',
    'z \\leftarrow z - \\eta \\left( \\frac{g}{\\sqrt{\\hat v} + \\varepsilon} + \\lambda w \\right)',
    'x \\leftarrow (1 - \\tfrac1t)\\, x + \\tfrac1t\\, z',
    'w \\leftarrow (1 - \\beta_1)\\, z + \\beta_1 x',
  ],
  summary: 'Averages all the places it has been in the place of a falling rate, so that nobody need say when it ends.',
  source:
    'A. Defazio et al., "The Road Less Scheduled", 2024, algorithm 1; weights and v̂ as in ' +
    'schedulefree.AdamWScheduleFree.',
};
