import { LOUD, shaken } from './noise.ts';
import { FLIPS } from './oscillating.ts';
import { inRun, inWindow, type Verdict } from '../verdict.ts';

/** So many spikes are no accident. */
const SPIKES = 2;

/** One spike counts when it is at least so many times the loss around it and this share of the first level. */
const TALL = 20;
const MATTERS = 0.01;

/** Noise of which one throw in a thousand is so many times as long as usual has heavy tails; a normal's is 3.2 times. */
const HEAVY = 5;

/** Sudden jumps of the loss, after which it comes back. */
export const spiking: Verdict = {
  id: 'spiking',
  name: 'spiking',
  healthy: false,
  rule:
    `At least ${SPIKES} losses stand out by 6 upper deviations and 4 times from those around (or one by ${TALL} times), and the ` +
    `run goes on after them; or noise shakes the run or throws it to twice the loss at once, and one throw in a thousand is ${HEAVY} times as long as usual.`,
  holds({ curve, motion }) {
    if (curve.gone) {
      return false;
    }
    const tall = curve.spikes.filter(({ times, share }) => times >= TALL && share >= MATTERS);
    const many = curve.spikes.filter(({ share }) => share >= MATTERS).length >= SPIKES || tall.length > 0;
    if (!motion) {
      return many;
    }
    const heavy =
      motion.tail >= HEAVY && motion.noise * motion.tail >= 1 && (shaken(motion, curve) || curve.leaps >= 1);
    // What goes to and fro all the time is an oscillation, however it beats.
    const steady = motion.noise < LOUD && motion.flips >= FLIPS;
    // Nor is it a spike where a normal's noise passes close by the bottom and away again.
    const normal = motion.noise >= LOUD && motion.tail < HEAVY;
    return heavy || (many && !steady && !normal);
  },
  facts(findings) {
    const { curve, motion } = findings;
    const tallest = curve.spikes.reduce((most, { times }) => Math.max(most, times), 0);
    return [
      inRun(findings, 'spikes', curve.spikes.length, SPIKES),
      inRun(findings, 'tallest, over the loss around it', tallest),
      ...(motion && motion.tail > 0 ? [inRun(findings, 'rare noise over usual noise', motion.tail, HEAVY)] : []),
      inWindow(findings, 'scatter of the loss in e-folds', curve.scatter),
    ];
  },
  cause: ({ motion }) =>
    motion && motion.tail > HEAVY
      ? 'The noise of the gradient has heavy tails: now and then one gradient is many times as long as usual and throws the run off.'
      : 'Now and then a step meets a gradient many times as steep as usual, as at a cliff, and is thrown off.',
  cures: () => ['clip', 'rate-tenth', 'normalize', 'ema', 'less-noise', 'schedule'],
};
