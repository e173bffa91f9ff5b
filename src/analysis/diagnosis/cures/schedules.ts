import { type Cure, settingsOf } from './cure.ts';

/** The share of the run that a warm-up takes. */
const WARM = 0.1;

/** A rate that grows at first and ends at zero. */
export const warmUpAndDecay: Cure = {
  id: 'schedule',
  propose(patient) {
    const { scene, lane } = patient;
    if (settingsOf(patient).schedule !== null) {
      return null;
    }
    const warmupSteps = Math.max(1, Math.round(WARM * scene.steps));
    return {
      name: 'warm-up and decay',
      change: [{ kind: 'schedule', lane, schedule: { id: 'warmup-cosine', keys: { warmupSteps }, warmup: 0 } }],
      because:
        'Short steps at first keep the steep start from throwing it off, and steps that end at zero let noise and swings die away.',
    };
  },
};

/** A rate that stays, where a schedule took it away too soon. */
export const constantRate: Cure = {
  id: 'constant-rate',
  propose(patient) {
    const { lane } = patient;
    return settingsOf(patient).schedule === null
      ? null
      : {
          name: 'no schedule',
          change: [{ kind: 'schedule', lane, schedule: null }],
          because: 'The schedule lowered the learning rate while there was still a way to go.',
        };
  },
};
