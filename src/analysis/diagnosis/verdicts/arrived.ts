import { MUCH } from './stalled.ts';
import { inRun, inWindow, type Verdict } from '../verdict.ts';

/** Less than this share of the first level is left to gain. */
const LEFT = 1e-4;

/** Or as much as this, when the level no longer changes by this many e-folds in the window. */
const LEFT_STILL = 3e-3;
const STILL = 0.05;

/** The level goes up and down by less than this share of the first. */
const SWING = 3e-3;

/** Or all around the ground is higher by this share of the first level, which it has left behind: a plateau has its ripples. */
const WALLS = 1e-7;
const FELL = 0.95;

/** A hollow has walls: a tenth of the domain's width off its bottom, the slope is this share of the typical one. A plateau has its ripples. */
const HOLLOW = 0.1;
const OFF = 0.1;

/** The bottom is nearer than this share of the domain's width. */
const NEAR = 0.01;

/** A curve without a trend or scatter of so many e-folds in the window is level. */
const LEVEL = 0.05;

/** It has come to the bottom of a hollow. */
export const atRest: Verdict = {
  id: 'arrived',
  name: 'arrived',
  healthy: true,
  rule:
    'It is at a known minimum (within 1e-3 of the domain’s width), or in a hollow (positive curvature) whose bottom is within ' +
    `${100 * NEAR} % of the width, with less than ${LEFT} of the first level left to gain (${LEFT_STILL} when nothing changes any more), or the ground is higher all around and nothing changes any more; and it goes up and down by less than ${SWING}.`,
  holds({ motion, curve }) {
    if (curve.gone) {
      return false;
    }
    if (!motion) {
      return (
        Math.abs(curve.trend) < Math.max(LEVEL, curve.scatter) &&
        curve.scatter < LEVEL &&
        curve.end <= MUCH * curve.start
      );
    }
    const { slope, width } = motion.scales;
    const still = Math.abs(curve.trend) < STILL;
    const hollow =
      motion.high * OFF * width > HOLLOW * slope && motion.away < NEAR && motion.left < (still ? LEFT_STILL : LEFT);
    const walled = motion.walls > WALLS && still && curve.end < FELL * curve.start;
    const quiet = curve.swing < SWING;
    return motion.arrived || (quiet && (hollow || walled));
  },
  facts(findings) {
    const { motion, curve } = findings;
    if (!motion) {
      return [
        inWindow(findings, 'fall of the loss in e-folds', -curve.trend, LEVEL),
        inRun(findings, 'share of the first loss that is left', curve.end / curve.start, MUCH),
      ];
    }
    return [
      inWindow(findings, 'share of the first loss that is left to gain', motion.left, LEFT),
      inWindow(findings, 'gradient norm', motion.slope),
      inWindow(findings, 'curvature, at least', motion.low, 0),
      inRun(findings, 'loss', curve.losses[curve.losses.length - 1]),
    ];
  },
  cause: ({ curve, motion }) =>
    !motion
      ? 'It has fallen most of the way and levelled off.'
      : !motion.arrived && curve.end > 0.01 * curve.start
        ? 'It is at the bottom of a hollow, and the surface has deeper ones, which another start may find.'
        : 'It is at the bottom: the gradient is as good as zero and the ground curves up on all sides.',
  cures: ({ curve, motion }) => (motion && !motion.arrived && curve.end > 0.01 * curve.start ? ['start'] : []),
};
