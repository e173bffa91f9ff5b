import type { Schedule } from '../schedule.ts';
import { halfCosine, length, number } from './keys.ts';

/**
 * Up half a cosine from maxLr/divFactor to maxLr, and down another to maxLr/(divFactor · finalDivFactor), which is
 * held. The turn is at t = pctStart · totalSteps − 1, which need not be whole. With maxLr = 0 the lane's own rate is
 * the highest; else it is ignored, as in torch.
 */
export const oneCycle: Schedule = {
  id: 'one-cycle',
  name: 'One cycle',
  keys: [
    number('maxLr', 'highest rate', 0, 0, 1e30, 'The rate at the top; 0 is the lane’s own rate.'),
    length('totalSteps', 'length', 1, 'Updates of the whole cycle.'),
    number('pctStart', 'share of the rise', 0.3, 0, 1, 'The share of the cycle in which the rate rises.'),
    number('divFactor', 'first divisor', 25, 1, 1e30, 'Highest rate over the first one.'),
    number('finalDivFactor', 'last divisor', 1e4, 1, 1e30, 'First rate over the last one.'),
  ],
  rate(base, t, { maxLr, totalSteps, pctStart, divFactor, finalDivFactor }) {
    const high = maxLr > 0 ? maxLr : base;
    const low = high / divFactor;
    const end = low / finalDivFactor;
    const last = totalSteps - 1;
    const turn = pctStart * totalSteps - 1;
    if (t <= turn) {
      return halfCosine(low, high, turn > 0 ? t / turn : 1);
    }
    return halfCosine(high, end, t < last ? (t - turn) / (last - turn) : 1);
  },
  help: 'One rise and one long fall, far below where it began.',
  source: 'L. Smith and N. Topin, "Super-Convergence", 2019; torch.optim.lr_scheduler.OneCycleLR (cosine, two phases).',
};
