import type { Schedule } from '../schedule.ts';
import { halfCosine, leastRate, length } from './keys.ts';

/**
 * Half a cosine from base to lrMin in tMax updates; as in torch not held there, so that the rate rises again
 * afterwards.
 */
export const cosine: Schedule = {
  id: 'cosine',
  name: 'Cosine',
  keys: [length('tMax', 'length', 1, 'Updates from the full rate to the least; beyond, it rises again.'), leastRate],
  rate: (base, t, { tMax, lrMin }) => halfCosine(base, lrMin, t / tMax),
  help: 'Glides down half a cosine: slowly at first, fast in the middle, slowly at last.',
  source: 'I. Loshchilov and F. Hutter, "SGDR", 2017, equation 5; torch.optim.lr_scheduler.CosineAnnealingLR.',
};
