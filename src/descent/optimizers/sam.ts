import type { HyperSpec, Optimizer, Surroundings } from '../optimizer.ts';
import { gd } from './gd.ts';
import { learningRate } from './hyper.ts';

/** Added to the norm before the division. */
const MARGIN = 1e-12;

const radius: HyperSpec = {
  key: 'rho',
  name: 'radius',
  symbol: '\\rho',
  default: 0.05,
  min: 0,
  max: 1e3,
  slider: [0, 1],
  scale: 'linear',
  help: 'How far uphill the gradient is taken: hollows narrower than this are not felt.',
};

function uphill(x: number, y: number, g: Float64Array, rho: number, around: Surroundings): void {
  const norm = Math.hypot(g[0], g[1]) + MARGIN;
  around.gradient(x + (rho * g[0]) / norm, y + (rho * g[1]) / norm, g);
}

/**
 * Sharpness-aware minimization over any optimizer: its gradient is taken where the loss is worst nearby,
 * g ← ∇f(w + ρ∇f(w)/‖∇f(w)‖). The kernel is the base's, with `directed` of sam.wgsl.
 * @param base one that uses the gradient as it comes (RangeError else)
 */
export function samOver(base: Optimizer): Optimizer {
  if (base.direction) {
    throw new RangeError(`${base.name} has a direction of its own; sharpness-aware minimization needs a base without.`);
  }
  return {
    ...base,
    id: 'sam',
    base,
    name: `SAM over ${base.name}`,
    hyper: [...base.hyper, radius],
    constants: { ...base.constants, rho: (hyper) => hyper.rho },
    direction(x, y, g, _state, _at, hyper, _t, _lr, around) {
      uphill(x, y, g, hyper.rho, around);
    },
    evaluations: 1,
    rule: ['g \\leftarrow \\nabla f\\!\\left(w + \\rho \\frac{\\nabla f(w)}{\\|\\nabla f(w)\\|}\\right)', ...base.rule],
    text: undefined,
    wgsl: undefined,
    summary: 'Takes the gradient a little uphill, where the loss is worst nearby: narrow hollows do not hold it.',
    source: 'P. Foret et al., "Sharpness-Aware Minimization for Efficiently Improving Generalization", 2021, algorithm 1.',
  };
}

/** Gradient descent and nothing else. */
const plain: Optimizer = {
  ...gd,
  hyper: [learningRate(1e-3)],
  constants: { weightDecay: () => 0 },
  update: (w, g, _state, _at, _hyper, _t, lr) => w - lr * g,
  terms: (_w, g, _state, _at, _hyper, _t, lr) => [
    { symbol: 'g', value: g },
    { symbol: '\\Delta w', value: -lr * g },
  ],
};

/** Over plain gradient descent: what `sam` alone means. */
export const sam: Optimizer = {
  ...samOver(plain),
  name: 'SAM',
  rule: [
    'g \\leftarrow \\nabla f\\!\\left(w + \\rho \\frac{\\nabla f(w)}{\\|\\nabla f(w)\\|}\\right)',
    'w \\leftarrow w - \\eta\\, g',
  ],
};
