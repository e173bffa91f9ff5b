import { LOUD, RHYTHM } from './noise.ts';
import { inWindow, type Verdict } from '../verdict.ts';

/** Steps go back across in so many of the updates: a period of eight or fewer. */
export const FLIPS = 0.25;

/** So much of the level is height on the valley's walls. */
const ACROSS = 0.1;

/** Updates that raise the loss, as a share; a descent that merely overshoots once raises it less often. */
const RISES = 0.2;

/** So near to the edge of stability, nearly every step goes back across, though the loss may still fall. */
const EDGE = 0.9;
const BACK = 0.8;
const MOSTLY = 0.5;

/** A swing about the bottom within this share of the first level is of no account. */
const MATTERS = 3e-3;

/** Without a fall beyond its scatter, and so many turns, it goes nowhere. */
const NOWHERE = { rises: 0.3, turns: 0.2, scatter: 0.05, slope: 0.1 } as const;

/** Steps that lead across a valley and back. */
export const oscillating: Verdict = {
  id: 'oscillating',
  name: 'oscillating across a valley',
  healthy: false,
  rule:
    `At least ${100 * FLIPS} % of the updates go back along the sharpest direction, ${100 * RISES} % raise the loss, and ${100 * ACROSS} % of ` +
    `the level is height on the walls; or it is within ${100 - 100 * EDGE} % of the edge of stability and ${100 * BACK} % go back; or the loss ` +
    `goes up and down without falling, or beyond the edge of stability; with ${MATTERS} of the first level or more left to gain.`,
  holds({ curve, motion }) {
    if (curve.gone) {
      return false;
    }
    const nowhere =
      curve.rises >= NOWHERE.rises &&
      curve.turns >= NOWHERE.turns &&
      (curve.swing >= MATTERS || (motion !== null && motion.slope > NOWHERE.slope * motion.scales.slope)) &&
      -curve.trend < Math.max(0.1, curve.scatter);
    if (!motion) {
      return curve.rhythm >= RHYTHM && curve.scatter >= NOWHERE.scatter && -curve.trend < Math.max(1, curve.scatter);
    }
    const matters =
      Math.max(curve.swing, Math.min(motion.left, Math.max(curve.before, curve.end) / curve.start)) >= MATTERS;
    if (motion.noise >= LOUD || !matters) {
      return false;
    }
    const steep = motion.slope > NOWHERE.slope * motion.scales.slope;
    const ringing =
      motion.flips >= FLIPS &&
      curve.rises >= RISES &&
      (motion.across >= ACROSS || (motion.flips >= BACK && (steep || curve.scatter >= NOWHERE.scatter)));
    const edge = motion.sharpness >= EDGE * motion.bound && motion.flips >= BACK && motion.across >= MOSTLY;
    const bouncing = motion.sharpness > motion.bound && curve.rises >= NOWHERE.rises && curve.turns >= NOWHERE.turns;
    // Between walls of the same height the loss is the same at both ends of a swing.
    const toAndFro = motion.flips >= BACK && steep && Math.abs(curve.trend) < 0.1;
    return ringing || edge || bouncing || toAndFro || nowhere;
  },
  facts(findings) {
    const { curve, motion } = findings;
    return [
      ...(motion
        ? [
            inWindow(
              findings,
              motion.exact ? 'learning rate × sharpness' : 'step over slope × sharpness',
              motion.sharpness,
              motion.bound,
            ),
            inWindow(findings, 'share of updates that went back across', motion.flips),
          ]
        : []),
      inWindow(findings, 'share of updates that raise the loss', curve.rises),
      inWindow(findings, 'fall of the loss in e-folds', -curve.trend, curve.scatter),
    ];
  },
  cause: ({ motion }) =>
    motion
      ? `The step across the valley is too long: learning rate × sharpness is ${motion.sharpness.toPrecision(3)}, and ${motion.bound.toPrecision(3)} is where it stops being stable.`
      : 'Steps go to and fro over the same valley: the learning rate is close to what its steepest curvature bears.',
  // Where scales adapt, a shorter step swings as far in its own units: it must end at zero.
  cures: ({ motion }) =>
    motion && !motion.linear
      ? ['schedule', 'rate-tenth', 'rate-half', 'momentum']
      : ['rate-half', 'rate-tenth', 'momentum', 'schedule', 'adaptive'],
};
