import { optimizerOf } from '../../../scene/compiled.ts';
import type { Motion } from '../motion.ts';
import { type Cure, type Patient, rounded, settingsOf, widthOf } from './cure.ts';

/** A clipped gradient is at most so many times as long as usual. */
const USUAL = 2;

/** A clipped step is at most this share of the domain's width long. */
const STEP = 0.01;

/** The sum of all steps of one length that a cosine brings down to zero, in widths of the domain. */
const WAY = 2;

/** The length of a usual gradient with its noise. */
const usual = ({ slope, noise }: Motion): number => slope * Math.hypot(1, noise);

/** Whether a step grows with the gradient: other optimizers bring gradients to their own size anyway. */
const isLinear = ({ scene, lane }: Patient): boolean => {
  const { stability } = optimizerOf(scene.lanes[lane]);
  return stability !== undefined && stability.scale === undefined;
};

/** No gradient longer than a limit. */
export const clip: Cure = {
  id: 'clip',
  propose(patient) {
    const { lane, findings } = patient;
    const { motion, curve } = findings;
    const { lr, momentum = 0 } = settingsOf(patient).hyper;
    if (settingsOf(patient).clip !== null || !motion || !(lr > 0)) {
      return null;
    }
    // Of a run that blew up no gradient is usual: the limit is then a step's.
    const calm = !curve.gone && curve.end < 10 * curve.start;
    const ofStep = (STEP * motion.scales.width * (1 - momentum)) / lr;
    const limit = rounded(calm ? USUAL * usual(motion) : isLinear(patient) ? ofStep : motion.startSlope);
    return limit > 0 && limit < Infinity
      ? {
          name: `clip gradients at ${limit}`,
          change: [{ kind: 'clip', lane, clip: { kind: 'norm', limit } }],
          because: calm
            ? `A gradient more than ${USUAL} times as long as usual is shortened, and cannot throw the run off.`
            : `No step is longer than ${100 * STEP} % of the domain’s width, however steep the ground is.`,
        }
      : null;
  },
};

/** All gradients of one length, which a schedule brings down to zero. */
export const normalize: Cure = {
  id: 'normalize',
  propose(patient) {
    const { scene, lane } = patient;
    const { lr, momentum = 0 } = settingsOf(patient).hyper;
    if (!isLinear(patient) || settingsOf(patient).clip?.kind === 'normalize' || !(lr > 0)) {
      return null;
    }
    const limit = rounded((WAY * widthOf(patient) * (1 - momentum)) / Math.max(1, scene.steps) / lr);
    return {
      name: 'normalize gradients',
      change: [
        { kind: 'clip', lane, clip: { kind: 'normalize', limit } },
        { kind: 'schedule', lane, schedule: { id: 'cosine', keys: {}, warmup: 0 } },
      ],
      because:
        'With every gradient brought to one length, flat ground is crossed as fast as steep ground, and cliffs throw nobody off.',
    };
  },
};

/** A tenth of the noise. */
export const lessNoise: Cure = {
  id: 'less-noise',
  propose(patient) {
    const { noise } = settingsOf(patient);
    return noise && noise.sigma > 0
      ? {
          name: 'noise ÷ 10',
          change: [{ kind: 'noise', lane: patient.lane, noise: { ...noise, sigma: rounded(noise.sigma / 10) } }],
          because: 'A tenth of the noise, as of batches a hundred times as large, leaves the gradient to be seen.',
        }
      : null;
  },
};

/** An average of the places, which is judged in the place of the run. */
export const average: Cure = {
  id: 'ema',
  propose(patient) {
    const { scene, lane } = patient;
    if (settingsOf(patient).ema !== null) {
      return null;
    }
    // About a sixth of the run is remembered.
    const decay = Math.min(0.999, Math.max(0.9, 1 - 6 / Math.max(1, scene.steps)));
    return {
      name: `average with decay ${rounded(decay)}`,
      change: [{ kind: 'ema', lane, ema: rounded(decay) }],
      because: 'The places scatter about the bottom of the valley; their average lies much nearer to it.',
    };
  },
};
