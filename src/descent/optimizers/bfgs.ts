import { LEAST_ASKED, lineSearch } from '../line-search.ts';
import type { Optimizer } from '../optimizer.ts';
import { firstTrial } from './hyper.ts';

/** State variables of one parameter. */
const [OWN, CROSS, BEFORE, STEP, ASKED] = [0, 1, 2, 3, 4];
const WIDTH = 5;

/** The slope along a step may be left at this share of what it was: loose, as quasi-Newton steps want it. */
const FLATTER = 0.9;

/** Steps shorter than this share of the place, in unit roundoffs, are rounding and teach nothing. */
const ROUNDING = 16;

/**
 * Takes in how the gradient changed over the last step: H ← (I - ρsyᵀ)H(I - ρysᵀ) + ρssᵀ; without curvature along it nothing.
 * @param shortest step that is one
 */
function learn(state: Float64Array, x: number, y: number, g: Float64Array, shortest: number): void {
  const [sx, sy] = [state[x + STEP], state[y + STEP]];
  const [dx, dy] = [g[0] - state[x + BEFORE], g[1] - state[y + BEFORE]];
  const curvature = sx * dx + sy * dy;
  if (!(curvature > 0) || !(Math.hypot(sx, sy) > shortest)) {
    return;
  }
  if (state[x + OWN] === 0) {
    // The first curvature that is seen is the best guess of all.
    state[x + OWN] = curvature / (dx * dx + dy * dy);
    state[y + OWN] = state[x + OWN];
  }
  const [xx, xy, yy] = [state[x + OWN], state[x + CROSS], state[y + OWN]];
  const [hx, hy] = [xx * dx + xy * dy, xy * dx + yy * dy];
  const rho = 1 / curvature;
  const weight = rho * (1 + rho * (dx * hx + dy * hy));
  state[x + OWN] = xx - 2 * rho * sx * hx + weight * sx * sx;
  state[y + OWN] = yy - 2 * rho * sy * hy + weight * sy * sy;
  state[x + CROSS] = xy - rho * (sx * hy + hx * sy) + weight * sx * sy;
  state[y + CROSS] = state[x + CROSS];
}

/** Back to steepest descent, which is what a matrix of zeros stands for. */
function forget(state: Float64Array, x: number, y: number): void {
  state[x + OWN] = 0;
  state[y + OWN] = 0;
  state[x + CROSS] = 0;
  state[y + CROSS] = 0;
}

/** BFGS: Newton's step with an inverse Hessian that is learnt from gradients, and a line search. */
export const bfgs: Optimizer = {
  id: 'bfgs',
  name: 'BFGS',
  hyper: [firstTrial],
  suggestedLearningRate: 1,
  state: ['own', 'cross', 'before', 'step', 'asked'],
  constants: {},
  coefficients: { first: (_hyper, _t, lr) => lr },
  direction(x, y, g, state, at, _hyper, t, lr, around) {
    const other = at + WIDTH;
    if (t > 1) {
      learn(state, at, other, g, ROUNDING * around.unit * Math.hypot(x, y));
    }
    const [gx, gy] = g;
    let dx = state[at + OWN] * gx + state[at + CROSS] * gy;
    let dy = state[other + CROSS] * gx + state[other + OWN] * gy;
    if (!(dx * gx + dy * gy > 0)) {
      forget(state, at, other);
      [dx, dy] = g;
    }
    const { length, asked } = lineSearch([x, y], [dx, dy], { first: lr, flatter: FLATTER }, g, around);
    if (length === 0) {
      // Nothing is lower along it: what led there is of no use.
      forget(state, at, other);
    }
    state[at + BEFORE] = gx;
    state[other + BEFORE] = gy;
    g[0] = length * dx;
    g[1] = length * dy;
    state[at + STEP] = -g[0];
    state[other + STEP] = -g[1];
    state[at + ASKED] += asked;
  },
  evaluations: { countedIn: 'asked', least: LEAST_ASKED },
  update(w, g) {
    return w - g;
  },
  terms(_w, g) {
    return [{ symbol: '\\Delta w', value: -g }];
  },
  rule: [
    's \\leftarrow w_t - w_{t-1},\\quad y \\leftarrow g_t - g_{t-1},\\quad \\rho \\leftarrow 1/(y^{\\mathsf T} s)',
    'H \\leftarrow (I - \\rho s y^{\\mathsf T}) H (I - \\rho y s^{\\mathsf T}) + \\rho s s^{\\mathsf T}',
    'w \\leftarrow w - \\alpha H g',
  ],
  summary: 'Learns the curvature from gradients and searches along each step: the classic that a new method has to beat.',
  source: 'J. Nocedal and S. Wright, "Numerical Optimization", 2nd ed., 2006, algorithm 6.1.',
};
