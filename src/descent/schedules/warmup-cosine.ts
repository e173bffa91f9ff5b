import type { Schedule } from '../schedule.ts';
import { halfCosine, leastRate, length } from './keys.ts';

/**
 * Up in a straight line: base · (t + 1)/warmupSteps; then half a cosine to lrMin, which is reached at t = totalSteps
 * and held.
 */
export const warmupCosine: Schedule = {
  id: 'warmup-cosine',
  name: 'Warm-up, then cosine',
  keys: [
    length('warmupSteps', 'warm-up', 0.1, 'Updates until the full rate.'),
    length('totalSteps', 'length', 1, 'Updates until the least rate, warm-up included.'),
    leastRate,
  ],
  rate(base, t, { warmupSteps, totalSteps, lrMin }) {
    if (t < warmupSteps) {
      return (base * (t + 1)) / warmupSteps;
    }
    return halfCosine(base, lrMin, t < totalSteps ? (t - warmupSteps) / (totalSteps - warmupSteps) : 1);
  },
  help: 'Rises in a straight line, then glides down half a cosine: how large networks are trained.',
  source: 'torch.optim.lr_scheduler.SequentialLR of LinearLR and CosineAnnealingLR.',
};
