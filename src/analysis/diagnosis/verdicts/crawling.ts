import { type Findings, inRun, inWindow, type Verdict } from '../verdict.ts';

/** At its pace the whole budget would lower the level by less than so many e-folds. */
const PACE = 0.1;

/** So much of the first level is left to gain; nearer to the bottom of a hollow the end of any descent is slow. */
const LEFT = 0.01;

/** The learning rate could be so many times as high and be stable. */
export const HEADROOM = 10;

/** e-folds that the whole budget gives at the pace of the window, or has given. */
function pace({ curve }: Findings): number {
  const each = -curve.trend / Math.max(1, curve.window[1] - curve.window[0]);
  return Math.max(
    each * Math.max(curve.budget, curve.updates),
    Math.log(curve.start / Math.max(curve.end, Number.MIN_VALUE)),
  );
}

/** Whether a learning rate many times as high would be stable, and this one leads nowhere within the budget. */
function timid({ curve, motion }: Findings): boolean {
  if (!motion) {
    return false;
  }
  const way = motion.moved * Math.max(1, curve.budget / Math.max(1, curve.updates));
  return motion.linear ? motion.sharpness * EASY.headroom < motion.bound && way < EASY.way : way < EASY.adaptiveWay;
}

/** With so much headroom it creeps up to this pace, if the budget leads nowhere: a way of less than this share of the width. */
const EASY = { headroom: 100, pace: 0.25, way: 0.05, adaptiveWay: 0.01 } as const;

/** Downhill, and far too slowly. */
export const crawling: Verdict = {
  id: 'crawling',
  name: 'crawling',
  healthy: false,
  rule: `The loss falls smoothly, but at its pace the whole budget would lower it by less than ${PACE} e-folds, with more than ${100 * LEFT} % of the first level left to gain.`,
  holds(findings) {
    const { curve, motion } = findings;
    const left = Math.min(motion?.left ?? Infinity, curve.end / curve.start);
    return (
      !curve.gone &&
      pace(findings) < (timid(findings) ? EASY.pace : PACE) &&
      left > LEFT &&
      curve.end <= 1.01 * curve.start
    );
  },
  facts(findings) {
    const { curve, motion } = findings;
    return [
      inWindow(findings, 'e-folds that the budget gives at this pace', pace(findings), PACE),
      inRun(findings, 'share of the first loss that is left', curve.end / curve.start, LEFT),
      ...(motion
        ? [
            inWindow(findings, 'learning rate × sharpness', motion.sharpness, motion.bound),
            inRun(findings, 'distance from the start in widths of the domain', motion.moved),
          ]
        : []),
    ];
  },
  cause({ motion }) {
    if (!motion) {
      return 'The loss falls, but so slowly that the run ends long before it is low: the learning rate may be far too small.';
    }
    if (motion.rate < 0.1 * motion.largestRate) {
      return 'The schedule has lowered the learning rate before the run was done.';
    }
    return motion.sharpness * HEADROOM < motion.bound
      ? `The learning rate is far too small: ${Math.floor(motion.bound / motion.sharpness).toLocaleString('en')} times as much would still be stable.`
      : 'It creeps along the floor of a narrow valley: the steep walls allow no longer steps, and the floor hardly slopes.';
  },
  cures: ({ motion }) =>
    motion && motion.rate < 0.1 * motion.largestRate
      ? ['constant-rate', 'adaptive']
      : motion && !(motion.sharpness * HEADROOM < motion.bound)
        ? ['momentum', 'adaptive']
        : ['rate-raise', 'rate-up', 'adaptive', 'momentum'],
};
