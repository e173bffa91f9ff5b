import type { HyperSpec, Optimizer } from '../optimizer.ts';
import { learningRate } from './hyper.ts';

/** A limit of the length of a step. */
const limit = (key: string, name: string, symbol: string, standard: number, help: string): HyperSpec => ({
  key,
  name,
  symbol,
  default: standard,
  min: 0,
  max: 1e30,
  slider: [1e-8, 100],
  scale: 'log',
  help,
});

/**
 * Rprop: the sign of the gradient alone, over a length s of each coordinate's own, which grows while the sign lasts.
 *
 * The learning rate is the first length only; a schedule or a later change of it has no effect.
 */
export const rprop: Optimizer = {
  id: 'rprop',
  name: 'Rprop',
  hyper: [
    { ...learningRate(1e-2), help: 'The length of the first update; from then on each coordinate finds its own.' },
    {
      key: 'etaMinus',
      name: 'shrink',
      symbol: '\\eta^-',
      default: 0.5,
      min: 0,
      max: 1,
      slider: [0.1, 0.99],
      scale: 'linear',
      help: 'What a length is multiplied by when the sign of the slope has turned.',
    },
    {
      key: 'etaPlus',
      name: 'growth',
      symbol: '\\eta^+',
      default: 1.2,
      min: 1,
      max: 1e3,
      slider: [1, 2],
      scale: 'linear',
      help: 'What a length is multiplied by when the sign of the slope has stayed.',
    },
    limit('stepMin', 'shortest', 's_{\\min}', 1e-6, 'No length becomes shorter.'),
    limit('stepMax', 'longest', 's_{\\max}', 50, 'No length becomes longer.'),
  ],
  suggestedLearningRate: 0.05,
  state: ['s', 'p'],
  constants: {
    etaMinus: (hyper) => hyper.etaMinus,
    etaPlus: (hyper) => hyper.etaPlus,
    stepMin: (hyper) => hyper.stepMin,
    stepMax: (hyper) => hyper.stepMax,
  },
  coefficients: { start: (_hyper, t, lr) => (t === 1 ? lr : 0) },
  update(w, g, state, at, hyper, t, lr) {
    const turn = g * state[at + 1];
    let factor = 1;
    if (turn > 0) {
      factor = hyper.etaPlus;
    } else if (turn < 0) {
      factor = hyper.etaMinus;
    }
    const length = (t === 1 ? lr : state[at]) * factor;
    state[at] = Math.min(Math.max(length, hyper.stepMin), hyper.stepMax);
    state[at + 1] = turn < 0 ? 0 : g;
    return w - Math.sign(state[at + 1]) * state[at];
  },
  terms(_w, g, state, at) {
    return [
      { symbol: 'g', value: g },
      { symbol: 's', value: state[at] },
      { symbol: '\\Delta w', value: -Math.sign(state[at + 1]) * state[at] },
    ];
  },
  rule: [
    'g \\leftarrow \\nabla f(w), \\quad c = g\\, p',
    's \\leftarrow \\eta^+ s \\;\\; (c > 0), \\quad s \\leftarrow \\eta^- s \\;\\; (c < 0)',
    's \\leftarrow \\min(\\max(s,\\, s_{\\min}),\\, s_{\\max})',
    'g \\leftarrow 0 \\;\\; (c < 0), \\quad p \\leftarrow g',
    'w \\leftarrow w - s\\, \\operatorname{sgn}(g)',
  ],
  summary: 'Asks of a slope only which way it leads, and strides out as long as the answer stays the same.',
  source:
    'M. Riedmiller and H. Braun, "A Direct Adaptive Method for Faster Backpropagation Learning: The RPROP ' +
    'Algorithm", 1993, equations 4 and 5; as in torch.optim.Rprop.',
  text: [
    'etaMinus = 0.5 in [0, 1]',
    'etaPlus = 1.2 in [1, 10]',
    'stepMin = 1e-6 in [0, 1]',
    'stepMax = 50 in [0, 1000]',
    'init s = lr',
    'c = sign(g)*sign(p)',
    's = s*(1 + max(c, 0)*(etaPlus - 1) + min(c, 0)*(1 - etaMinus))',
    's = min(max(s, stepMin), stepMax)',
    'p = g*min(1, 1 + c)',
    'w = w - sign(p)*s',
  ].join('\n'),
};
