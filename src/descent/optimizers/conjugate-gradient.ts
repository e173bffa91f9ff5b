import { LEAST_ASKED, lineSearch } from '../line-search.ts';
import type { Optimizer } from '../optimizer.ts';
import { firstTrial } from './hyper.ts';

/** State variables of one parameter. */
const [BEFORE, HEADING, LENGTH, ASKED] = [0, 1, 2, 3];
const WIDTH = 4;

/** The slope along a step is brought down to this share of what it was: conjugate directions need steps that are nearly exact. */
const FLATTER = 0.1;

/** The first place that is tried is at most so many times as far as the last step went. */
const GROWTH = 10;

/** Nonlinear conjugate gradients, of Polak and Ribière with a restart where they would go back, and a line search. */
export const conjugateGradient: Optimizer = {
  id: 'conjugate-gradient',
  name: 'Conjugate gradient',
  hyper: [firstTrial],
  suggestedLearningRate: 1,
  state: ['before', 'heading', 'length', 'asked'],
  constants: {},
  coefficients: { first: (_hyper, _t, lr) => lr },
  direction(x, y, g, state, at, _hyper, _t, lr, around) {
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
    const [hx, hy] = [state[at + HEADING], state[other + HEADING]];
    const last = state[at + LENGTH];
    // To the bottom, by the curvature along the last step; where that had none, as much as it was expected to gain.
    const curvature = (hx * (px - gx) + hy * (py - gy)) / (last * (hx * hx + hy * hy));
    const newton = slope / (curvature * (dx * dx + dy * dy));
    const wanted = newton > 0 ? newton : (last * (hx * px + hy * py)) / slope;
    const trial = Math.min(wanted, (GROWTH * last * Math.hypot(hx, hy)) / Math.hypot(dx, dy));
    const first = trial > 0 && trial < Number.POSITIVE_INFINITY ? trial : lr;
    const { length, asked } = lineSearch([x, y], [dx, dy], { first, flatter: FLATTER }, g, around);
    state[at + BEFORE] = gx;
    state[other + BEFORE] = gy;
    state[at + HEADING] = dx;
    state[other + HEADING] = dy;
    state[at + LENGTH] = length;
    state[at + ASKED] += asked;
    g[0] = length * dx;
    g[1] = length * dy;
  },
  evaluations: { countedIn: 'asked', least: LEAST_ASKED },
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
