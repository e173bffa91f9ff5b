import type { Schedule } from '../schedule.ts';
import { length } from './keys.ts';

/** base · min((t + 1)/warmupSteps, √(warmupSteps/(t + 1))) */
export const inverseSqrt: Schedule = {
  id: 'inverse-sqrt',
  name: 'Inverse square root',
  keys: [length('warmupSteps', 'warm-up', 0.1, 'Updates until the full rate.')],
  rate: (base, t, { warmupSteps }) => base * Math.min((t + 1) / warmupSteps, Math.sqrt(warmupSteps / (t + 1))),
  help: 'Rises in a straight line, then falls as one over the root of the time: it never ends.',
  source:
    'A. Vaswani et al., "Attention Is All You Need", 2017, equation 3, scaled so that the highest rate is the base.',
};
