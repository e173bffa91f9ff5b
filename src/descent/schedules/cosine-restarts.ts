import type { Schedule } from '../schedule.ts';
import { halfCosine, leastRate, length } from './keys.ts';

/** Place in a geometric series of cycles of t0, t0·tMult, t0·tMult², …: the share of the present one that is over. */
function shareOfCycle(t: number, t0: number, tMult: number): number {
  if (tMult === 1) {
    return (t % t0) / t0;
  }
  let left = t;
  let cycle = t0;
  while (left >= cycle) {
    left -= cycle;
    cycle *= tMult;
  }
  return left / cycle;
}

/**
 * Half a cosine from base to lrMin, over and over; each cycle tMult times as long as the one before, the first t0
 * updates.
 */
export const cosineRestarts: Schedule = {
  id: 'cosine-restarts',
  name: 'Cosine with restarts',
  keys: [
    length('t0', 'first cycle', 0.25, 'Updates of the first cycle.'),
    {
      key: 'tMult',
      name: 'lengthening',
      default: () => 1,
      min: 1,
      max: 1000,
      integer: true,
      help: 'How many times as long each cycle is as the one before.',
    },
    leastRate,
  ],
  rate: (base, t, { t0, tMult, lrMin }) => halfCosine(base, lrMin, shareOfCycle(t, t0, tMult)),
  help: 'Glides down and jumps back to the full rate, again and again: each jump may leave a poor minimum.',
  source: 'I. Loshchilov and F. Hutter, "SGDR", 2017; torch.optim.lr_scheduler.CosineAnnealingWarmRestarts.',
};
