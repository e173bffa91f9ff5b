import { inWindow, type Verdict } from '../verdict.ts';

/** A gradient below this share of the typical one is small. */
const SLOPE = 0.02;

/** A pass, and no plateau: within so many widths of the domain there is a place with a gradient of this share of the one here. */
const NEAR = 0.05;
const SHARE = 0.1;

/** The ground curves down: a tenth of the width off, the slope would be this share of the typical one. A plateau's tail does not. */
const DOWN = 1e-3;
const OFF = 0.1;

/** The level has changed by less than this share in the window. */
const CHANGE = 0.02;

/** The gradient vanishes where the ground curves down in a direction that the run does not take. */
export const saddled: Verdict = {
  id: 'saddle',
  name: 'held at a saddle',
  healthy: false,
  rule: `The gradient is below ${100 * SLOPE} % of the landscape’s typical one, a stationary point with negative curvature is within ${100 * NEAR} % of the domain’s width, and the level changed by less than ${100 * CHANGE} %.`,
  holds({ curve, motion }) {
    if (!motion || curve.gone) {
      return false;
    }
    const { slope, width } = motion.scales;
    const pass = -motion.low * OFF * width > DOWN * slope && motion.target.away < NEAR && motion.target.share < SHARE;
    return (
      motion.slope < SLOPE * slope &&
      pass &&
      Math.abs(curve.trend) < CHANGE &&
      Math.abs(1 - curve.end / curve.before) < CHANGE
    );
  },
  facts(findings) {
    const { motion } = findings;
    return motion
      ? [
          inWindow(findings, 'gradient norm over the typical one', motion.slope / motion.scales.slope, SLOPE),
          inWindow(findings, 'least curvature', motion.low, 0),
          inWindow(findings, 'largest curvature', motion.high),
          inWindow(findings, 'distance of the stationary point in widths of the domain', motion.target.away, NEAR),
          inWindow(findings, 'fall of the loss in e-folds', -findings.curve.trend, CHANGE),
        ]
      : [];
  },
  cause: ({ motion }) =>
    motion && motion.high <= 0
      ? 'It stands on a summit, where the gradient is zero: nothing tells which way to go.'
      : `It stands where a pass is level: downhill leads along the direction of curvature ${motion?.low.toPrecision(3)}, in which the gradient is almost zero.`,
  cures: () => ['start', 'momentum', 'adaptive', 'rate-up'],
};
