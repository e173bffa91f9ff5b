import type { Hyper } from '../descent/optimizer.ts';
import type { Arguments } from './python.ts';

/** An optimizer as PyTorch has it. */
export interface TorchOptimizer {
  /** The class, such as torch.optim.Adam. */
  readonly made: string;
  readonly words: (hyper: Hyper) => Arguments;
  /** What its class refuses or does otherwise for these values, as a sentence; null for nothing. */
  readonly differs?: (hyper: Hyper) => string | null;
}

/**
 * An optimizer that PyTorch has not: a class of its own is written, with a keyword for each hyperparameter (in Python's
 * spelling: weight_decay).
 */
export interface OwnOptimizer {
  readonly name: string;
  /** State tensors, and what each starts as, from the parameter w. */
  readonly state: Readonly<Record<string, string>>;
  /** One update of the parameter w by its gradient g, t = 1 first. */
  readonly update: readonly string[];
}

const ZERO = 'torch.zeros_like(w)';

/** Adam's words. */
const adamWords = ({ lr, beta1, beta2, eps, weightDecay }: Hyper): Arguments => ({
  lr,
  betas: [beta1, beta2],
  eps,
  weight_decay: weightDecay,
});

const MEAN = 'm.copy_(beta1 * m + (1 - beta1) * g)';
const SQUARE = 'v.copy_(beta2 * v + (1 - beta2) * g * g)';

/** How each optimizer is made in PyTorch, by id. One that is not here is told by its rule. */
export const PYTORCH: Readonly<Record<string, TorchOptimizer | OwnOptimizer>> = {
  gd: { made: 'torch.optim.SGD', words: ({ lr, weightDecay }) => ({ lr, weight_decay: weightDecay }) },
  momentum: {
    made: 'torch.optim.SGD',
    words: ({ lr, momentum, dampening, weightDecay }) => ({ lr, momentum, dampening, weight_decay: weightDecay }),
  },
  nesterov: {
    made: 'torch.optim.SGD',
    // Without momentum both forms are gradient descent, and PyTorch refuses this one.
    words: ({ lr, momentum, weightDecay }) => ({ lr, momentum, weight_decay: weightDecay, nesterov: momentum > 0 }),
  },
  rprop: {
    made: 'torch.optim.Rprop',
    words: ({ lr, etaMinus, etaPlus, stepMin, stepMax }) => ({
      lr,
      etas: [etaMinus, etaPlus],
      step_sizes: [stepMin, stepMax],
    }),
    differs: ({ etaMinus, etaPlus }) =>
      etaMinus > 0 && etaMinus < 1 && etaPlus > 1 ? null : 'PyTorch refuses factors other than 0 < shrink < 1 < growth.',
  },
  adagrad: {
    made: 'torch.optim.Adagrad',
    words: ({ lr, lrDecay, initialAccumulator, eps, weightDecay }) => ({
      lr,
      lr_decay: lrDecay,
      initial_accumulator_value: initialAccumulator,
      eps,
      weight_decay: weightDecay,
    }),
  },
  adadelta: {
    made: 'torch.optim.Adadelta',
    words: ({ lr, rho, eps, weightDecay }) => ({ lr, rho, eps, weight_decay: weightDecay }),
  },
  rmsprop: {
    made: 'torch.optim.RMSprop',
    words: ({ lr, alpha, eps, momentum, centered, weightDecay }) => ({
      lr,
      alpha,
      eps,
      momentum,
      centered: centered === 1,
      weight_decay: weightDecay,
    }),
  },
  adam: { made: 'torch.optim.Adam', words: adamWords },
  adamw: { made: 'torch.optim.AdamW', words: adamWords },
  adamax: { made: 'torch.optim.Adamax', words: adamWords },
  amsgrad: { made: 'torch.optim.Adam', words: (hyper) => ({ ...adamWords(hyper), amsgrad: true }) },
  nadam: {
    made: 'torch.optim.NAdam',
    words: (hyper) => ({ ...adamWords(hyper), momentum_decay: hyper.momentumDecay }),
    differs: () => 'PyTorch 1.13 has one factor too many in its product of momenta; later ones are as here.',
  },
  radam: { made: 'torch.optim.RAdam', words: adamWords },
  adabelief: {
    name: 'AdaBelief',
    state: { m: ZERO, s: ZERO },
    update: [
      MEAN,
      's.copy_(beta2 * s + (1 - beta2) * (g - m) ** 2 + eps)',
      'm_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)',
      'w.copy_(w * (1 - lr * weight_decay) - lr * m_hat / (s_hat.sqrt() + eps))',
    ],
  },
  yogi: {
    name: 'Yogi',
    state: { m: 'torch.full_like(w, initial_accumulator)', v: 'torch.full_like(w, initial_accumulator)' },
    update: [
      MEAN,
      'v.copy_(v - (1 - beta2) * torch.sign(v - g * g) * g * g)',
      'm_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)',
      'w.copy_(w - lr * m_hat / (v_hat.sqrt() + eps))',
    ],
  },
  lion: {
    name: 'Lion',
    state: { m: ZERO },
    update: [
      'c = torch.sign(beta1 * m + (1 - beta1) * g)',
      'm.copy_(beta2 * m + (1 - beta2) * g)',
      'w.copy_(w * (1 - lr * weight_decay) - lr * c)',
    ],
  },
  adopt: {
    name: 'ADOPT',
    state: { m: ZERO, v: ZERO },
    update: [
      'if t == 1:',
      '    v.copy_(g * g)',
      '    continue',
      'limit = (t - 1) ** 0.25',
      'n = (g / v.sqrt().clamp(min=eps)).clamp(-limit, limit)',
      'm.copy_(beta1 * m + (1 - beta1) * n)',
      SQUARE,
      'w.copy_(w - lr * m)',
    ],
  },
  ademamix: {
    name: 'AdEMAMix',
    state: { m: ZERO, v: ZERO, s: ZERO },
    update: [
      MEAN,
      SQUARE,
      's.copy_(beta3 * s + (1 - beta3) * g)',
      'm_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)',
      'w.copy_(w - lr * ((m_hat + alpha * s) / (v_hat.sqrt() + eps) + weight_decay * w))',
    ],
  },
  'schedule-free': {
    name: 'ScheduleFreeAdamW',
    state: { x: 'w.clone()', z: 'w.clone()', v: ZERO },
    update: [
      SQUARE,
      'v_hat = v / (1 - beta2**t)',
      'z.copy_(z - lr * (g / (v_hat.sqrt() + eps) + weight_decay * w))',
      'x.copy_((1 - 1 / t) * x + z / t)',
      'w.copy_((1 - beta1) * z + beta1 * x)',
    ],
  },
};
