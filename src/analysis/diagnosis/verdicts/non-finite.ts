import { inRun, type Verdict } from '../verdict.ts';
import { SUSTAINED } from './diverging.ts';

/** The loss or a place is no number that can be computed with, and it came at once. */
export const nonFinite: Verdict = {
  id: 'non-finite',
  name: 'non-finite',
  healthy: false,
  rule: `A loss or place left the number range, after fewer than ${SUSTAINED} updates of climbing: a leap, or a value that is not defined. A longer climb is a divergence.`,
  holds: ({ curve }) => curve.gone && curve.climb < SUSTAINED,
  facts(findings) {
    const { curve, motion } = findings;
    return [
      inRun(findings, 'last loss', curve.losses[curve.losses.length - 1]),
      inRun(findings, 'updates until then', curve.updates),
      inRun(findings, 'updates that it climbed', curve.climb, SUSTAINED),
      ...(motion ? [inRun(findings, 'learning rate × sharpness before', motion.sharpness, motion.bound)] : []),
    ];
  },
  cause({ curve, motion }) {
    const last = curve.losses[curve.losses.length - 1];
    if (last === -Infinity || (motion && curve.end < 1e-6 * curve.start && curve.rises < 0.1)) {
      return 'The loss has no lower bound there: it fell until the numbers ended.';
    }
    if (Number.isNaN(last) && !(motion && motion.sharpness > motion.bound)) {
      return 'The loss is not defined where an update led: a logarithm or root of a negative number, or 0/0.';
    }
    return 'One update was so long that it led out of the number range within a few steps: the learning rate is far too high for the slope there.';
  },
  cures: () => ['rate-tenth', 'clip', 'normalize', 'start'],
};
