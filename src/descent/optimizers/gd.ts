import type { Optimizer } from '../optimizer.ts';
import { learningRate, weightDecayL2 } from './hyper.ts';

/** Gradient descent: w ← w − η(∇f + λw). */
export const gd: Optimizer = {
  id: 'gd',
  name: 'Gradient descent',
  hyper: [learningRate(1e-3), weightDecayL2(0)],
  suggestedLearningRate: 0.002,
  state: [],
  constants: { weightDecay: (hyper) => hyper.weightDecay },
  coefficients: { rate: (_hyper, _t, lr) => lr },
  update(w, g, _state, _at, hyper, _t, lr) {
    return w - lr * (g + hyper.weightDecay * w);
  },
  stability: { bound: () => 2 },
  terms(w, g, _state, _at, hyper, _t, lr) {
    const slope = g + hyper.weightDecay * w;
    return [
      { symbol: 'g', value: slope },
      { symbol: '\\Delta w', value: -lr * slope },
    ];
  },
  rule: ['g \\leftarrow \\nabla f(w) + \\lambda w', 'w \\leftarrow w - \\eta\\, g'],
  summary: 'Goes straight downhill, as far as the slope is steep.',
  source: 'A. Cauchy, "Méthode générale pour la résolution des systèmes d’équations simultanées", 1847.',
  text: [
    'weightDecay = 0 in [0, 1]',
    'w = w - lr*(g + weightDecay*w)',
  ].join('\n'),
};
