import type { Schedule } from '../schedule.ts';
import { number } from './keys.ts';

/** base · γᵗ */
export const exponential: Schedule = {
  id: 'exponential',
  name: 'Exponential',
  keys: [number('gamma', 'factor', 0.95, 0, 10, 'What each update multiplies the rate by.')],
  rate: (base, t, { gamma }) => base * gamma ** t,
  help: 'Falls by the same factor with every update.',
  source: 'torch.optim.lr_scheduler.ExponentialLR.',
};
