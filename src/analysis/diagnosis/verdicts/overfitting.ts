import { type Fact, inRun, type Verdict } from '../verdict.ts';

/** The validation loss has risen again by this share of its fall, and by more than it scatters. */
const RISE = 0.1;
const SCATTERS = 3;

/** The run learns by heart what it trains on: validation worsens while training improves. */
export const overfitting: Verdict = {
  id: 'overfitting',
  name: 'overfitting',
  healthy: false,
  rule: `The validation loss has risen by more than ${100 * RISE} % of its fall (and ${SCATTERS} times its scatter) since its least, while the training loss went on falling.`,
  holds: ({ curve, validation }) =>
    !curve.gone &&
    validation !== null &&
    validation.rise > Math.max(RISE, SCATTERS * validation.scatter) &&
    validation.trainingFall > 0,
  facts(findings): Fact[] {
    const { validation } = findings;
    return validation
      ? [
          inRun(findings, 'step of the least validation loss: stop there', validation.bestStep),
          inRun(findings, 'least validation loss', validation.best),
          inRun(findings, 'validation loss at the end', validation.end, validation.best),
          inRun(findings, 'rise since then, over the fall before', validation.rise, RISE),
          inRun(findings, 'fall of the training loss since then, as a share', validation.trainingFall, 0),
        ]
      : [];
  },
  cause: ({ validation }) =>
    `Since step ${validation?.bestStep} the training loss falls and the validation loss rises: the run learns what is peculiar to the training data.`,
  cures: () => [],
};
