import type { Schedule } from '../schedule.ts';
import { length, number } from './keys.ts';

/** base · (1 − min(t, totalSteps)/totalSteps)^power */
export const polynomial: Schedule = {
  id: 'polynomial',
  name: 'Polynomial',
  keys: [
    length('totalSteps', 'length', 1, 'Updates until the rate is 0.'),
    number('power', 'power', 1, 0, 100, '1 falls in a straight line, 2 in a parabola.'),
  ],
  rate: (base, t, { totalSteps, power }) => base * (1 - Math.min(t, totalSteps) / totalSteps) ** power,
  help: 'Falls to 0 along a power of the time that is left.',
  source: 'torch.optim.lr_scheduler.PolynomialLR.',
};
