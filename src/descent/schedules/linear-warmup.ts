import type { Schedule } from '../schedule.ts';
import { length, number } from './keys.ts';

/** base · (startFactor + (1 − startFactor) · min(t, warmupSteps)/warmupSteps) */
export const linearWarmup: Schedule = {
  id: 'linear-warmup',
  name: 'Linear warm-up',
  keys: [
    length('warmupSteps', 'warm-up', 0.1, 'Updates until the full rate.'),
    number('startFactor', 'start', 1 / 3, 0, 1, 'The share of the full rate at the first update.'),
  ],
  rate: (base, t, { warmupSteps, startFactor }) =>
    base * (startFactor + ((1 - startFactor) * Math.min(t, warmupSteps)) / warmupSteps),
  help: 'Rises in a straight line to the full rate, then stays.',
  source: 'torch.optim.lr_scheduler.LinearLR with end_factor 1.',
};
