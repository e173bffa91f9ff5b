import type { Optimizer } from '../optimizer.ts';
import { epsilon, learningRate, weightDecayL2 } from './hyper.ts';

/** AdaDelta: the gradient over its recent size √v, times the recent size √a of the steps d themselves. */
export const adadelta: Optimizer = {
  id: 'adadelta',
  name: 'AdaDelta',
  hyper: [
    { ...learningRate(1), slider: [1e-2, 10] },
    {
      key: 'rho',
      name: 'decay',
      symbol: '\\rho',
      default: 0.9,
      min: 0,
      max: 1,
      slider: [0, 0.9999],
      scale: 'complement',
      help: 'How much of both mean squares survives an update; 1/(1 − ρ) updates are remembered.',
    },
    { ...epsilon(1e-6), help: 'Added within both roots; its own root is about the size of the first steps.' },
    weightDecayL2(0),
  ],
  suggestedLearningRate: 1,
  suggestedHyper: { rho: 0.99, eps: 1e-4 },
  state: ['v', 'a'],
  divisor: 'v',
  constants: {
    rho: (hyper) => hyper.rho,
    oneMinusRho: (hyper) => 1 - hyper.rho,
    eps: (hyper) => hyper.eps,
    weightDecay: (hyper) => hyper.weightDecay,
  },
  coefficients: { rate: (_hyper, _t, lr) => lr },
  update(w, g, state, at, hyper, _t, lr) {
    const { rho, eps } = hyper;
    const slope = g + hyper.weightDecay * w;
    state[at] = rho * state[at] + (1 - rho) * slope * slope;
    const d = (Math.sqrt(state[at + 1] + eps) / Math.sqrt(state[at] + eps)) * slope;
    state[at + 1] = rho * state[at + 1] + (1 - rho) * d * d;
    return w - lr * d;
  },
  stability: {
    scale: (state, at, { eps }) => Math.sqrt(state[at + 1] + eps) / Math.sqrt(state[at] + eps),
    bound: () => 2,
  },
  terms(w, g, state, at, hyper, _t, lr) {
    const { rho, eps } = hyper;
    const slope = g + hyper.weightDecay * w;
    const size = Math.sqrt(state[at] + eps);
    // The old a, from the new one: a = ρ a_old + (1 − ρ)(a_old + ε)(g/size)².
    const share = rho + (1 - rho) * (slope / size) ** 2;
    const reach = share === 0 ? 0 : Math.sqrt((state[at + 1] + rho * eps) / share);
    return [
      { symbol: 'g', value: slope },
      { symbol: '\\sqrt{v + \\varepsilon}', value: size },
      { symbol: 'd', value: (reach * slope) / size },
      { symbol: '\\Delta w', value: (-lr * reach * slope) / size },
    ];
  },
  rule: [
    'g \\leftarrow \\nabla f(w) + \\lambda w',
    'v \\leftarrow \\rho\\, v + (1 - \\rho)\\, g^2',
    'd = \\frac{\\sqrt{a + \\varepsilon}}{\\sqrt{v + \\varepsilon}}\\, g',
    'a \\leftarrow \\rho\\, a + (1 - \\rho)\\, d^2',
    'w \\leftarrow w - \\eta\\, d',
  ],
  summary: 'Has no scale of its own to set: it walks as far as it has lately walked, and so gathers pace slowly.',
  source: 'M. Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012, algorithm 1; as in torch.optim.Adadelta.',
  text: [
    'rho = 0.9 in [0, 1]',
    'eps = 1e-6 in [1e-16, 1]',
    'weightDecay = 0 in [0, 1]',
    'g = g + weightDecay*w',
    'v = rho*v + (1 - rho)*g^2',
    'd = sqrt(a + eps)/sqrt(v + eps)*g',
    'a = rho*a + (1 - rho)*d^2',
    'w = w - lr*d',
  ].join('\n'),
};
