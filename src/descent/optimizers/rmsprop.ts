import type { Hyper, Optimizer } from '../optimizer.ts';
import { epsilon, learningRate, momentumDecay, weightDecayL2 } from './hyper.ts';

/** Share of a new squared deviation that the average v takes in. */
const intake = (hyper: Hyper): number => (1 - hyper.alpha) * (hyper.centered === 1 ? hyper.alpha : 1);

/**
 * RMSProp: each coordinate's gradient divided by its recent size √v.
 *
 * Centred, torch.optim.RMSprop keeps E = αE + (1 − α)g² and a = αa + (1 − α)g and divides by √(E − a²), a difference
 * that rounding can make negative. The same quantity follows v ← αv + α(1 − α)(g − a)² (old a) without a cancellation,
 * so `v` is here the mean square, about the average `a` where centred.
 */
export const rmsprop: Optimizer = {
  id: 'rmsprop',
  name: 'RMSProp',
  hyper: [
    learningRate(1e-2),
    {
      key: 'alpha',
      name: 'decay',
      symbol: '\\alpha',
      default: 0.99,
      min: 0,
      max: 1,
      slider: [0, 0.9999],
      scale: 'complement',
      help: 'How much of the mean square survives an update; 1/(1 − α) updates are remembered.',
    },
    epsilon(1e-8),
    momentumDecay(0),
    {
      key: 'centered',
      name: 'centred',
      symbol: 'c',
      default: 0,
      min: 0,
      max: 1,
      slider: [0, 1],
      scale: 'switch',
      help: 'Divides by the spread of the gradient about its average, rather than by its size.',
    },
    weightDecayL2(0),
  ],
  suggestedLearningRate: 0.02,
  state: ['v', 'a', 'b'],
  divisor: 'v',
  constants: {
    alpha: (hyper) => hyper.alpha,
    intake,
    centered: (hyper) => hyper.centered,
    follow: (hyper) => hyper.centered * (1 - hyper.alpha),
    eps: (hyper) => hyper.eps,
    momentum: (hyper) => hyper.momentum,
    weightDecay: (hyper) => hyper.weightDecay,
  },
  coefficients: { rate: (_hyper, _t, lr) => lr },
  update(w, g, state, at, hyper, _t, lr) {
    const slope = g + hyper.weightDecay * w;
    const deviation = hyper.centered === 1 ? slope - state[at + 1] : slope;
    state[at] = hyper.alpha * state[at] + intake(hyper) * deviation * deviation;
    if (hyper.centered === 1) {
      state[at + 1] = hyper.alpha * state[at + 1] + (1 - hyper.alpha) * slope;
    }
    state[at + 2] = hyper.momentum * state[at + 2] + slope / (Math.sqrt(state[at]) + hyper.eps);
    return w - lr * state[at + 2];
  },
  stability: {
    scale: (state, at, hyper) => 1 / (Math.sqrt(state[at]) + hyper.eps),
    bound: ({ momentum }) => 2 * (1 + momentum),
  },
  terms(w, g, state, at, hyper, _t, lr) {
    return [
      { symbol: 'g', value: g + hyper.weightDecay * w },
      { symbol: '\\sqrt v', value: Math.sqrt(state[at]) },
      { symbol: 'b', value: state[at + 2] },
      { symbol: '\\Delta w', value: -lr * state[at + 2] },
    ];
  },
  rule: [
    'g \\leftarrow \\nabla f(w) + \\lambda w',
    'v \\leftarrow \\alpha\\, v + (1 - \\alpha)\\, g^2',
    'b \\leftarrow \\mu\\, b + \\frac{g}{\\sqrt v + \\varepsilon}',
    'w \\leftarrow w - \\eta\\, b',
  ],
  summary:
    'Measures each direction’s slope in units of its own recent size, so that steep and gentle ones go equally fast.',
  source:
    'T. Tieleman and G. Hinton, "Neural Networks for Machine Learning", lecture 6.5, 2012; as in torch.optim.RMSprop.',
  text: [
    'alpha = 0.99 in [0, 1]',
    'eps = 1e-8 in [1e-16, 1]',
    'momentum = 0 in [0, 1]',
    'centered = 0 in [0, 1]',
    'weightDecay = 0 in [0, 1]',
    'g = g + weightDecay*w',
    'd = g - centered*a',
    'v = alpha*v + (1 - alpha)*(1 - centered*(1 - alpha))*d^2',
    'a = a + centered*(1 - alpha)*d',
    'b = momentum*b + g/(sqrt(v) + eps)',
    'w = w - lr*b',
  ].join('\n'),
};
