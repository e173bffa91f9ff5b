import { LOUD } from './noise.ts';
import { type Findings, inRun, inWindow, type Verdict } from '../verdict.ts';

/** Updates of climbing that make a divergence of what might be a leap. */
export const SUSTAINED = 6;

/** The loss stands at least so many times as high as at the start. */
const HEIGHT = 3;

/** And so many times as high as anything in the domain: within it a run may bounce about for ever. */
const BEYOND = 10;

/** So many widths of the domain off its start it has nothing to do with the landscape any more. */
const LOST = 1000;

/** It climbs in the window by at least so many e-folds, and more than it scatters. */
const GROWTH = 0.5;

/** A little growth is enough where the learning rate is above what the curvature bears: there is no end to it. */
const SLIGHTLY = 0.1;

/** Nearly every update raises the loss. */
const STEADY = 0.9;

const growing = ({ curve }: Findings, least: number): boolean => curve.trend > least && curve.trend > 2 * curve.scatter;

/** The loss climbs from update to update. */
export const diverging: Verdict = {
  id: 'diverging',
  name: 'diverging',
  healthy: false,
  rule:
    `The loss climbed for ${SUSTAINED} updates or more and left the number range, or is above ${HEIGHT} times its start and ${BEYOND} times all of the domain, and ` +
    `still climbs, or climbs in ${100 * STEADY} % of the updates while the learning rate is above what the curvature bears.`,
  holds(findings) {
    const { curve, motion } = findings;
    if (curve.gone) {
      return curve.climb >= SUSTAINED;
    }
    const above = curve.climb >= SUSTAINED && curve.end > HEIGHT * curve.start;
    const lost = motion !== null && motion.moved > LOST && curve.end > curve.start;
    const unstable = motion !== null && motion.sharpness > motion.bound && curve.rises >= STEADY;
    // Noise may carry a run up to where the descent outweighs it.
    const out = motion === null || (motion.noise < LOUD && curve.end > BEYOND * (motion.scales.highest - curve.floor));
    return (
      lost ||
      (growing(findings, GROWTH) && above && (out || curve.rises >= STEADY)) ||
      (growing(findings, SLIGHTLY) && unstable)
    );
  },
  facts(findings) {
    const { curve, motion } = findings;
    return [
      inRun(findings, 'loss over its start, at most', curve.height, HEIGHT),
      inRun(findings, 'updates that it has climbed', curve.climb, SUSTAINED),
      inWindow(findings, 'growth of the loss in e-folds', curve.trend, GROWTH),
      ...(motion ? [inWindow(findings, 'learning rate × sharpness', motion.sharpness, motion.bound)] : []),
    ];
  },
  cause: ({ motion }) =>
    motion && motion.sharpness > motion.bound
      ? 'The learning rate is above what the curvature bears: each step over the valley ends higher than it began.'
      : 'Each step leads higher than the one before: the learning rate is too high.',
  cures: () => ['rate-tenth', 'rate-half', 'clip', 'schedule', 'normalize', 'adaptive'],
};
