import { inRun, inWindow, type Verdict } from '../verdict.ts';

/** The loss falls and nothing else is the matter. */
export const descending: Verdict = {
  id: 'descending',
  name: 'descending',
  healthy: true,
  rule: 'None of the others holds.',
  holds: () => true,
  facts: (findings) => [
    inWindow(findings, 'fall of the loss in e-folds', -findings.curve.trend),
    inRun(findings, 'share of the first loss that is left', findings.curve.end / findings.curve.start),
    ...(findings.motion
      ? [inWindow(findings, 'learning rate × sharpness', findings.motion.sharpness, findings.motion.bound)]
      : []),
  ],
  cause: ({ curve }) =>
    -curve.trend < curve.scatter
      ? `It hovers low: ${Number(((100 * curve.end) / curve.start).toPrecision(2))} % of the first loss are left.`
      : 'The loss goes down, and the steps are neither too long nor far too short.',
  cures: () => [],
};
