import type { LaneDiagnosis } from '../diagnose.ts';
import type { Cure, Patient, Remedy } from './cure.ts';
import { average, clip, lessNoise, normalize } from './gradients.ts';
import { adaptive, momentum } from './optimizers.ts';
import { rateHalf, rateRaise, rateTenth, rateUp } from './rates.ts';
import { constantRate, warmUpAndDecay } from './schedules.ts';
import { start } from './starts.ts';

/** All cures; a verdict names those that may help against it. */
export const cures: readonly Cure[] = [
  rateTenth,
  rateHalf,
  rateUp,
  rateRaise,
  warmUpAndDecay,
  constantRate,
  clip,
  normalize,
  lessNoise,
  average,
  momentum,
  adaptive,
  start,
];

const byId = new Map(cures.map((cure) => [cure.id, cure]));

/** What may help, the best first; what makes no sense for this lane is left out. */
export function remediesFor(
  diagnosis: Pick<LaneDiagnosis, 'verdict' | 'findings'>,
  patient: Patient,
): readonly Remedy[] {
  return diagnosis.verdict.cures(diagnosis.findings).flatMap((id) => {
    const cure = byId.get(id);
    if (!cure) {
      throw new Error(`The verdict "${diagnosis.verdict.id}" names a cure "${id}", which there is not.`);
    }
    return cure.propose(patient) ?? [];
  });
}
