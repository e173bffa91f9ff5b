import { type Cure, rate, rounded, settingsOf } from './cure.ts';

/** By how much the rate is raised where more would do no good. */
const UP = 3;

/** A raised rate stays so far below what the curvature bears. */
const MARGIN = 10;

/** Cures that multiply the learning rate. */
const times = (id: string, factor: number, name: string, because: string): Cure => ({
  id,
  propose(patient) {
    const { lr } = settingsOf(patient).hyper;
    return lr > 0 ? { name, change: [rate(patient.lane, lr * factor)], because } : null;
  },
});

export const rateTenth = times(
  'rate-tenth',
  1 / 10,
  'learning rate ÷ 10',
  'Steps a tenth as long stay below what the curvature bears, and noise is averaged over ten times as many of them.',
);

export const rateHalf = times(
  'rate-half',
  1 / 2,
  'learning rate ÷ 2',
  'Half the step no longer reaches the other wall of the valley at the same height.',
);

export const rateUp = times(
  'rate-up',
  UP,
  `learning rate × ${UP}`,
  'Steps a little longer are still stable, and the run comes that much farther.',
);

/** As much more learning rate as the curvature bears with a margin, where that is more than a little. */
export const rateRaise: Cure = {
  id: 'rate-raise',
  propose(patient) {
    const { motion } = patient.findings;
    const { lr } = settingsOf(patient).hyper;
    const factor = motion?.linear ? motion.bound / motion.sharpness / MARGIN : Number.NaN;
    if (!(factor > UP && factor < Infinity && lr > 0)) {
      return null;
    }
    return {
      name: `learning rate ${rounded(lr * factor)}`,
      change: [rate(patient.lane, lr * factor)],
      because: `The curvature here would bear a learning rate of ${rounded(lr * factor * MARGIN)}; a tenth of that keeps well clear of it.`,
    };
  },
};
