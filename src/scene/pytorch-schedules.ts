import { float } from './python.ts';

/** Values of all of a schedule's keys. */
type Keys = Readonly<Record<string, number>>;

/** A schedule in PyTorch. */
export interface TorchSchedule {
  /**
   * The class of torch.optim.lr_scheduler and its words, for a run of so many updates; null where PyTorch has none, or
   * its own does something else or fails for these values.
   */
  readonly made: (keys: Keys, lr: number, steps: number) => string | null;
  /**
   * The same as Python: the body of a function that gives the rate of update t = 0, 1, … as a multiple of the learning
   * rate. Rates of the schedule's own are divided by `lr`, which is not 0 then.
   */
  readonly factor: (keys: Keys, lr: number) => readonly string[];
}

/** A rate as a multiple of the learning rate; a rate of 0 is 0 of any. */
const ratio = (rate: number, lr: number): string => (rate === 0 || lr === 0 ? '0.0' : `${float(rate)} / ${float(lr)}`);

/** Half a cosine between two rates. */
const glide = (from: string, to: string): string => `${to} + (${from} - ${to}) * (1 + math.cos(math.pi * share)) / 2`;

/** How each schedule is made in PyTorch, by id. */
export const PYTORCH_SCHEDULES: Readonly<Record<string, TorchSchedule>> = {
  constant: {
    made: () => 'ConstantLR(optimizer, factor=1.0)',
    factor: () => ['return 1.0'],
  },
  step: {
    made: ({ stepSize, gamma }) => `StepLR(optimizer, step_size=${stepSize}, gamma=${float(gamma)})`,
    factor: ({ stepSize, gamma }) => [`return ${float(gamma)} ** (t // ${stepSize})`],
  },
  exponential: {
    made: ({ gamma }) => `ExponentialLR(optimizer, gamma=${float(gamma)})`,
    factor: ({ gamma }) => [`return ${float(gamma)} ** t`],
  },
  cosine: {
    made: ({ tMax, lrMin }) => `CosineAnnealingLR(optimizer, T_max=${tMax}, eta_min=${float(lrMin)})`,
    factor: ({ tMax, lrMin }, lr) => [
      `share, least = t / ${tMax}, ${ratio(lrMin, lr)}`,
      `return ${glide('1', 'least')}`,
    ],
  },
  'cosine-restarts': {
    made: ({ t0, tMult, lrMin }) =>
      `CosineAnnealingWarmRestarts(optimizer, T_0=${t0}, T_mult=${tMult}, eta_min=${float(lrMin)})`,
    factor: ({ t0, tMult, lrMin }, lr) => [
      `cycle = ${t0}`,
      'while t >= cycle:',
      `    t, cycle = t - cycle, cycle * ${tMult}`,
      `share, least = t / cycle, ${ratio(lrMin, lr)}`,
      `return ${glide('1', 'least')}`,
    ],
  },
  'linear-warmup': {
    // From 0 PyTorch's LinearLR, which goes on from the rate before, does not come away.
    made: ({ warmupSteps, startFactor }) =>
      startFactor > 0 ? `LinearLR(optimizer, start_factor=${float(startFactor)}, total_iters=${warmupSteps})` : null,
    factor: ({ warmupSteps, startFactor }) => [
      `return ${float(startFactor)} + (1 - ${float(startFactor)}) * min(t, ${warmupSteps}) / ${warmupSteps}`,
    ],
  },
  'warmup-cosine': {
    made: () => null,
    factor: ({ warmupSteps, totalSteps, lrMin }, lr) => [
      `if t < ${warmupSteps}:`,
      `    return (t + 1) / ${warmupSteps}`,
      `share = (t - ${warmupSteps}) / ${totalSteps - warmupSteps} if t < ${totalSteps} else 1.0`,
      `least = ${ratio(lrMin, lr)}`,
      `return ${glide('1', 'least')}`,
    ],
  },
  'one-cycle': {
    // PyTorch's refuses to go on after its end, and to turn at the very first update.
    made: ({ maxLr, totalSteps, pctStart, divFactor, finalDivFactor }, lr, steps) =>
      steps <= totalSteps && pctStart * totalSteps !== 1
        ? `OneCycleLR(optimizer, max_lr=${float(maxLr > 0 ? maxLr : lr)}, total_steps=${totalSteps}, ` +
          `pct_start=${float(pctStart)}, div_factor=${float(divFactor)}, final_div_factor=${float(finalDivFactor)}, ` +
          'cycle_momentum=False)'
        : null,
    factor: ({ maxLr, totalSteps, pctStart, divFactor, finalDivFactor }, lr) => [
      `top = ${maxLr > 0 ? ratio(maxLr, lr) : '1.0'}`,
      `low = top / ${float(divFactor)}`,
      `end = low / ${float(finalDivFactor)}`,
      `turn, last = ${float(pctStart)} * ${totalSteps} - 1, ${totalSteps - 1}`,
      'if t <= turn:',
      '    share = t / turn if turn > 0 else 1.0',
      `    return ${glide('low', 'top')}`,
      'share = (t - turn) / (last - turn) if t < last else 1.0',
      `return ${glide('top', 'end')}`,
    ],
  },
  polynomial: {
    made: ({ totalSteps, power }) => `PolynomialLR(optimizer, total_iters=${totalSteps}, power=${float(power)})`,
    factor: ({ totalSteps, power }) => [`return (1 - min(t, ${totalSteps}) / ${totalSteps}) ** ${float(power)}`],
  },
  'inverse-sqrt': {
    made: () => null,
    factor: ({ warmupSteps }) => [`return min((t + 1) / ${warmupSteps}, math.sqrt(${warmupSteps} / (t + 1)))`],
  },
};
