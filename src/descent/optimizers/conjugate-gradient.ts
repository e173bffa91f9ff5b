import { lineSearch } from '../line-search.ts';
import type { Optimizer } from '../optimizer.ts';
import { firstTrial } from './hyper.ts';

/** State variables of one parameter. */
const [BEFORE, HEADING, PROMISE, ASKED] = [0, 1, 2, 3];
const WIDTH = 4;

/** The slope along a step is brought down to this share of what it was: conjugate directions need steps that are nearly exact. */
const FLATTER = 0.1;

/** Bounds of the length that is tried first. */
const [SHORTEST, LONGEST] = [1e-10, 1e10];

/** Nonlinear conjugate gradients, of Polak and Ribière with a restart where they would go back, and a line search. */
export const conjugateGradient: Optimizer = {
  id: 'conjugate-gradient',
  name: 'Conjugate gradient',
  hyper: [firstTrial],
  suggestedLearningRate: 1,
  state: ['before', 'heading', 'promise', 'asked'],
  constants: {},
  coefficients: { first: (_hyper, _t, lr) => lr, start: (_hyper, t) => (t === 1 ? 1 : 0) },
  direction(x, y, g, state, at, _hyper, t, lr, around) {
    const other = at + WIDTH;
    const [gx, gy] = g;
    const [px, py] = [state[at + BEFORE], state[other + BEFORE]];
    const past = px * px + py * py;
    const beta = past > 0 ? Math.max(0, (gx * (gx - px) + gy * (gy - py)) / past) : 0;
    let dx = gx + beta * state[at + HEADING];
    let dy = gy + beta * state[other + HEADING];
    if (!(dx * gx + dy * gy > 0)) {
      [dx, dy] = g;
    }
    const slope = dx * gx + dy * gy;
    // As much as the last step was expected to gain.
    const first = t === 1 ? lr : Math.min(LONGEST, Math.max(SHORTEST, state[at + PROMISE] / slope));
    const { length, asked } = lineSearch([x, y], [dx, dy], { first, flatter: FLATTER }, g, around);
    state[at + BEFORE] = gx;
    state[other + BEFORE] = gy;
    state[at + HEADING] = dx;
    state[other + HEADING] = dy;
    state[at + PROMISE] = length * slope;
    state[at + ASKED] += asked;
    g[0] = length * dx;
    g[1] = length * dy;
  },
  evaluations: { countedIn: 'asked' },
  update(w, g) {
    return w - g;
  },
  terms(_w, g) {
    return [{ symbol: '\\Delta w', value: -g }];
  },
  rule: [
    '\\beta \\leftarrow \\max\\!\\left(0, \\frac{g_t^{\\mathsf T}(g_t - g_{t-1})}{g_{t-1}^{\\mathsf T} g_{t-1}}\\right)',
    'd \\leftarrow g + \\beta d',
    'w \\leftarrow w - \\alpha d',
  ],
  summary: 'Each direction spares what the last one gained: no zigzag in a valley, and nothing to store but one direction.',
  source: 'J. Nocedal and S. Wright, "Numerical Optimization", 2nd ed., 2006, equation (5.45).',
};
