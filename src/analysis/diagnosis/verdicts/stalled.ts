import type { Curve } from '../curve.ts';
import { inRun, inWindow, type Verdict } from '../verdict.ts';

/** A gradient below this share of the typical one is small. */
const SLOPE = 0.02;

/** Or below this share, with a learning rate that would lead a tenth of the domain's width on typical ground: it is not the rate. */
const LOW = 0.1;
const REACH = 0.1;

/** The level has fallen by less than this share in the window. */
const FALL = 0.005;

/** Nor does it go up or down otherwise: by so many e-folds, or in so many of the updates. */
const LEVEL = 0.02;
const RISES = 0.3;
const ROUNDING = 1e-7;

/** A learning rate that its schedule has brought below this share of its largest is why nothing moves, and not the ground. */
const DEAD = 0.01;

/** So much of the first level is left. */
const HIGH = 0.02;

/** Where only the losses are known, so much of the first must be left: lower down it may be the bottom. */
export const MUCH = 0.3;

/** Whether a curve falls all the time at one small pace, out of its scatter: that is no plateau. */
export function steady(curve: Curve): boolean {
  const total = Math.log(curve.start / curve.end);
  const each = -curve.trend / Math.max(1, curve.window[1] - curve.window[0]);
  const ofPace = (each * curve.updates) / total;
  return total > LEAST && -curve.trend > 3 * curve.scatter && ofPace > 1 / 3 && ofPace < 3;
}

/** e-folds of a whole run below which it has not fallen. */
const LEAST = 1e-4;

/** The ground is flat, high up. */
export const stalled: Verdict = {
  id: 'stalled',
  name: 'stalled on a plateau',
  healthy: false,
  rule:
    `The gradient is below ${100 * SLOPE} % of the landscape’s typical one, or below ${100 * LOW} % with a learning rate that would lead ` +
    `${100 * REACH} % of the domain’s width on typical ground; the loss fell by less than ${100 * FALL} %, and ${100 * HIGH} % of its first level or more is left.`,
  holds({ curve, motion }) {
    if (curve.gone || (motion && curve.end < (1 - FALL) * curve.before) || curve.end < HIGH * curve.start) {
      return false;
    }
    if (!motion) {
      return Math.abs(curve.trend) < Math.max(LEVEL, curve.scatter) && curve.end > MUCH * curve.start && !steady(curve);
    }
    const level = Math.abs(curve.trend) < LEVEL && (curve.rises < RISES || curve.scatter < ROUNDING);
    const slope = motion.slope / motion.scales.slope;
    return (
      level &&
      (slope < SLOPE ||
        (slope < LOW && motion.reach > REACH) ||
        (motion.travelled === 0 && motion.rate > DEAD * motion.largestRate))
    );
  },
  facts(findings) {
    const { curve, motion } = findings;
    return [
      ...(motion
        ? [
            inWindow(
              findings,
              'gradient norm over the typical one',
              motion.slope / motion.scales.slope,
              motion.reach > REACH ? LOW : SLOPE,
            ),
            inWindow(findings, 'way, in widths of the domain', motion.travelled),
          ]
        : []),
      inWindow(findings, 'fall of the loss in e-folds', -curve.trend, FALL),
      inRun(findings, 'share of the first loss that is left', curve.end / curve.start, HIGH),
    ];
  },
  cause: ({ motion }) =>
    motion?.stopped
      ? 'It was stopped on purpose before it came to a minimum.'
      : motion && motion.slope > LOW * motion.scales.slope
        ? 'Its search finds nothing lower along the direction that it takes, as on a kink, and so it stands still.'
        : 'The ground is flat there, so steps that are proportional to the slope are next to none.',
  cures: () => ['adaptive', 'normalize', 'rate-up', 'momentum', 'start'],
};
