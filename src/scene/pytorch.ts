import type { Hyper, Optimizer } from '../descent/optimizer.ts';
import { findOptimizer, hyperDefaults } from '../descent/optimizers/index.ts';
import { findSchedule } from '../descent/schedules/index.ts';
import { optimizerOf } from './compiled.ts';
import { float, indented, keywords, snake } from './python.ts';
import { type OwnOptimizer, PYTORCH, type TorchOptimizer } from './pytorch-optimizers.ts';
import { PYTORCH_SCHEDULES } from './pytorch-schedules.ts';
import type { ClipChoice, Conditioning, Lane, ScheduleChoice } from './scene.ts';

/** Clipping, by kind. */
const CLIPS: Readonly<Record<ClipChoice['kind'], (limit: string) => readonly string[]>> = {
  norm: (limit) => [`torch.nn.utils.clip_grad_norm_(parameters, max_norm=${limit})`],
  value: (limit) => [`torch.nn.utils.clip_grad_value_(parameters, clip_value=${limit})`],
  normalize: (limit) => [
    'norm = torch.sqrt(sum((w.grad ** 2).sum() for w in parameters))',
    'for w in parameters:',
    `    w.grad.mul_(${limit} / (norm + 1e-6))`,
  ],
};

/** What is not written out, in words. */
const LEFT_OUT = {
  noise: 'noise on the gradients',
  ema: 'the average of the weights',
  recover: 'spike recovery',
  stop: 'stopping',
  bounded: 'the bounds of the domain',
} as const satisfies Partial<Record<keyof Conditioning, string>>;

/** A remark on what a lane has and the text has not. */
function remarks(lane: Lane): string[] {
  const kinds = Object.keys(LEFT_OUT) as (keyof typeof LEFT_OUT)[];
  const left = kinds.filter((kind) => lane[kind] !== null && lane[kind] !== false).map((kind) => LEFT_OUT[kind]);
  return left.length > 0 ? [`# Left out: ${left.join(', ')}.`] : [];
}

/** Lines that make an optimizer of torch.optim. */
function torchLines({ made, words, differs }: TorchOptimizer, hyper: Hyper): string[] {
  const note = differs?.(hyper);
  return [...(note ? [`# ${note}`] : []), `optimizer = ${made}(parameters, ${keywords(words(hyper))})`];
}

/** Lines that write an optimizer's class, and make one. */
function ownLines({ name, state, update }: OwnOptimizer, optimizer: Optimizer, hyper: Hyper): string[] {
  const keys = optimizer.hyper.map(({ key }) => snake(key));
  const tensors = Object.keys(state);
  const starts = Object.entries(state).map(([tensor, start]) => `${tensor}=${start}`);
  const words = Object.fromEntries(optimizer.hyper.map(({ key }) => [snake(key), hyper[key]]));
  return [
    '',
    `class ${name}(torch.optim.Optimizer):`,
    `    """${optimizer.name}, which torch.optim has not."""`,
    '',
    '    def __init__(self, params, **settings):',
    '        super().__init__(params, settings)',
    '',
    '    @torch.no_grad()',
    '    def step(self):',
    '        for group in self.param_groups:',
    `            ${keys.join(', ')} = (group[key] for key in (${keys.map((key) => `"${key}"`).join(', ')}))`,
    '            for w in group["params"]:',
    '                g, state = w.grad, self.state[w]',
    '                if g is None:',
    '                    continue',
    '                if not state:',
    `                    state.update(t=0, ${starts.join(', ')})`,
    '                state["t"] += 1',
    `                t, ${tensors.join(', ')} = state["t"], ${tensors.map((tensor) => `state["${tensor}"]`).join(', ')}`,
    ...indented(update, 4),
    '',
    '',
    `optimizer = ${name}(parameters, ${keywords(words)})`,
  ];
}

/** Lines that make a schedule: PyTorch's own class where there is one and no warm-up, else a function of ours. */
function scheduleLines({ id, keys: set, warmup }: ScheduleChoice, lr: number, steps: number): string[] {
  const recipe = PYTORCH_SCHEDULES[id];
  const specs = findSchedule(id).keys;
  const keys = Object.fromEntries(specs.map((spec) => [spec.key, set[spec.key] ?? spec.default(steps)]));
  const values = specs.map(({ key }) => `${key}=${keys[key]}`).join(', ');
  if (!recipe) {
    return [`# The schedule ${id} (${values}) has no PyTorch version here; a constant rate is used instead.`];
  }
  const made = warmup > 0 ? null : recipe.made(keys, lr, steps);
  if (made) {
    return [`scheduler = torch.optim.lr_scheduler.${made}`];
  }
  const own = lr === 0 && ((keys.lrMin ?? 0) > 0 || (keys.maxLr ?? 0) > 0);
  const rise = [`if t < ${warmup}:`, `    return (t + 1) / ${warmup}`, `t -= ${warmup}`];
  return [
    '',
    '',
    ...(own ? [`# A multiple of 0 is 0: the rates of its own (${values}) are not reached.`] : []),
    'def factor(t):',
    `    """What the learning rate is multiplied by in update t = 0, 1, …: ${[...(warmup > 0 ? ['a warm-up, then'] : []), id].join(' ')}."""`,
    ...indented([...(warmup > 0 ? rise : []), ...recipe.factor(keys, lr)], 1),
    '',
    '',
    'scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, factor)',
  ];
}

/** Lines that compute the gradient as the optimizer gets it. */
function gradientLines(clip: ClipChoice | null): string[] {
  return ['optimizer.zero_grad()', 'loss().backward()', ...(clip ? CLIPS[clip.kind](float(clip.limit)) : [])];
}

/** The same, where the loss is worst nearby: sharpness-aware minimization. */
function uphillLines(clip: ClipChoice | null, rho: number): string[] {
  return [
    ...gradientLines(clip),
    '# Uphill by rho, where the gradient is taken that counts, and back.',
    'here = [w.detach().clone() for w in parameters]',
    'norm = torch.sqrt(sum((w.grad ** 2).sum() for w in parameters))',
    'with torch.no_grad():',
    '    for w in parameters:',
    `        w.add_(${float(rho)} * w.grad / (norm + 1e-12))`,
    ...gradientLines(clip),
    'with torch.no_grad():',
    '    for w, place in zip(parameters, here):',
    '        w.copy_(place)',
  ];
}

/** What is told of an optimizer that the table does not have: its rule, and the values. */
function ruleLines({ name, rule }: Optimizer, hyper: Hyper): string[] {
  const values = Object.entries(hyper).map(([key, value]) => `${snake(key)}=${float(value)}`);
  return [
    `# PyTorch has no ${name}, and it is not written out here. Its rule, as TeX:`,
    ...rule.map((line) => `#     ${line}`),
    `# with ${values.join(', ')}`,
  ];
}

/**
 * Python that makes a lane's optimizer, schedule and clipping with PyTorch and runs them, ready to be pasted where
 * `parameters` is a list of tensors and `loss()` computes their loss. What was changed in mid-run is not in it.
 * @param lane valid: its optimizer and schedule are registered
 * @param steps the run's length in updates, on which a schedule's defaults depend
 * @param recipes how optimizers are made; one that is not among them is told by its rule
 */
export function pytorchOf(lane: Lane, steps: number, recipes: typeof PYTORCH = PYTORCH): string {
  const optimizer = optimizerOf(lane);
  const hyper = { ...hyperDefaults(optimizer), ...lane.hyper };
  const base = optimizer.base ?? optimizer;
  const recipe = recipes[base.id];
  if (!recipe) {
    return `${ruleLines(optimizer, hyper).join('\n')}\n`;
  }
  const words = { ...hyperDefaults(findOptimizer(base.id)), ...hyper };
  const made = 'made' in recipe ? torchLines(recipe, words) : ownLines(recipe, base, words);
  const schedule = lane.schedule ? scheduleLines(lane.schedule, hyper.lr, steps) : [];
  const scheduled = schedule.some((line) => line.startsWith('scheduler ='));
  const body = [...made, ...schedule];
  const lines = [
    `# ${optimizer.name}, as it is set in Thalweg.`,
    '# `parameters` is a list of tensors, and `loss()` computes the loss from them.',
    ...remarks(lane),
    ...(body.some((line) => line.includes('math.')) ? ['import math', ''] : []),
    'import torch',
    '',
    ...body,
    '',
    `for _ in range(${steps}):`,
    ...indented(optimizer.base ? uphillLines(lane.clip, hyper.rho) : gradientLines(lane.clip), 1),
    '    optimizer.step()',
    ...(scheduled ? ['    scheduler.step()'] : []),
  ];
  return `${lines.join('\n')}\n`;
}
