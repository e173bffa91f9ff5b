import type { Schedule } from '../schedule.ts';
import { length, number } from './keys.ts';

/** base · γ^⌊t/stepSize⌋ */
export const step: Schedule = {
  id: 'step',
  name: 'Steps down',
  keys: [
    length('stepSize', 'updates a step', 0.1, 'Updates between two drops.'),
    number('gamma', 'factor', 0.1, 0, 10, 'What each drop multiplies the rate by.'),
  ],
  rate: (base, t, { stepSize, gamma }) => base * gamma ** Math.floor(t / stepSize),
  help: 'Drops by a factor every so many updates.',
  source: 'torch.optim.lr_scheduler.StepLR.',
};
