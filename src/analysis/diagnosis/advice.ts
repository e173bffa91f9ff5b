import type { Findings } from './verdict.ts';

/** What to do about a run of one's own, of which only the losses are known. */
export interface Advice {
  readonly change: string;
  readonly because: string;
}

const LOWER: Advice = {
  change: 'a tenth of the learning rate',
  because: 'Shorter steps stay below what the curvature bears.',
};
const CLIP: Advice = {
  change: 'gradient clipping',
  because: 'A gradient many times as long as usual then cannot throw the run off.',
};
const WARM: Advice = {
  change: 'warm-up and decay of the learning rate',
  because: 'Most runs blow up in their steep beginning, and noise dies away with the rate.',
};
const BATCH: Advice = {
  change: 'larger batches',
  because: 'The noise of a gradient falls with the root of the batch.',
};
const AVERAGE: Advice = {
  change: 'an average of the weights (EMA)',
  because: 'The average lies nearer to the bottom than the places that scatter about it.',
};
const RAISE: Advice = {
  change: 'three times the learning rate',
  because: 'As long as the loss falls smoothly, longer steps are free.',
};
const ADAPTIVE: Advice = {
  change: 'an adaptive optimizer',
  because: 'It measures gradients in units of their own size, and crosses flat ground.',
};

/** By the id of the verdict. */
const ADVICE: Readonly<Record<string, readonly Advice[]>> = {
  diverging: [LOWER, CLIP, WARM],
  'non-finite': [
    LOWER,
    CLIP,
    {
      change: 'a look at the data and the loss',
      because: 'A logarithm of zero or a division by zero gives what no learning rate cures.',
    },
  ],
  spiking: [CLIP, LOWER, AVERAGE],
  noise: [BATCH, AVERAGE, WARM],
  oscillating: [
    {
      change: 'half the learning rate',
      because: 'Half the step no longer reaches the other wall of the valley at the same height.',
    },
    WARM,
  ],
  stalled: [
    ADAPTIVE,
    RAISE,
    {
      change: 'another initialization',
      because: 'Where activations saturate, the gradient is gone whatever the learning rate.',
    },
  ],
  crawling: [RAISE, ADAPTIVE],
};

/** What may help, the best first. */
export function adviceFor(id: string, { validation }: Findings): readonly Advice[] {
  if (id === 'overfitting' && validation) {
    return [
      {
        change: `stop at step ${validation.bestStep}`,
        because: `The validation loss is least there: ${Number(validation.best.toPrecision(4))}.`,
      },
      {
        change: 'more data or stronger regularization',
        because: 'What is learnt by heart then pays less than what holds in general.',
      },
    ];
  }
  return ADVICE[id] ?? [];
}
