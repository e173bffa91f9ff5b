import type { Curve } from '../curve.ts';
import type { Motion } from '../motion.ts';
import { inWindow, type Verdict } from '../verdict.ts';

/** Noise from half the gradient's length on hides where downhill is. */
export const LOUD = 0.5;

/** What noise holds the loss up by matters from this share of the first level on. */
export const HELD_UP = 1e-3;

/** So many of the updates of a shaken run raise the loss; of one that descends, fewer. */
const RISES = 0.3;

/** The loss of a shaken run scatters by so many e-folds; that of a smooth one far less. */
export const SCATTER = 0.1;

/** Without the gradient's noise known: losses turn at random in half of the updates or more, a third at the least. */
export const TURNS = 0.35;

/** Whether noise carries the run about as far as it would descend, and holds the loss up. */
export function shaken(motion: Motion, curve: Curve): boolean {
  return motion.noise >= LOUD && curve.rises >= RISES && motion.level > HELD_UP * curve.start;
}

/** A scatter that repeats so well is a swing. */
export const RHYTHM = 0.5;

/** The loss jitters like a heart monitor and goes nowhere. */
export const noisy: Verdict = {
  id: 'noise',
  name: 'heart-monitor noise',
  healthy: false,
  rule: `The noise is at least ${LOUD} times as long as the gradient, ${100 * RISES} % of the updates or more raise the loss, and it is held up at ${HELD_UP} of its first level or more.`,
  holds({ curve, motion }) {
    if (curve.gone) {
      return false;
    }
    return motion
      ? shaken(motion, curve)
      : curve.turns >= TURNS &&
          curve.scatter >= SCATTER &&
          curve.rhythm < RHYTHM &&
          Math.abs(curve.trend) < 2 * curve.scatter;
  },
  facts(findings) {
    const { curve, motion } = findings;
    return [
      ...(motion ? [inWindow(findings, 'noise over gradient', motion.noise, LOUD)] : []),
      inWindow(findings, 'fall of the loss in e-folds', -curve.trend, curve.scatter),
      inWindow(findings, 'scatter of the loss in e-folds', curve.scatter, SCATTER),
      inWindow(findings, 'share of updates that raise the loss', curve.rises),
    ];
  },
  cause: ({ motion }) =>
    motion
      ? 'The noise of the gradients is as long as the gradients themselves: steps of this length carry the run about as fast as it descends.'
      : 'The losses jump at random from one step to the next, and no trend stands out of that.',
  cures: () => ['less-noise', 'ema', 'rate-tenth', 'schedule'],
};
