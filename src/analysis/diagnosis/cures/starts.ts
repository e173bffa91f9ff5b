import { spawnStarts } from '../../../descent/spawn.ts';
import { LIMITS } from '../../../scene/limits.ts';
import { formulaOf } from '../../../scene/compiled.ts';
import { lowEigenvector } from '../../../math/symmetric.ts';
import { surfaceOf } from '../../../scene/resolve.ts';
import type { Cure, CureChange, Patient } from './cure.ts';
import { rounded } from './cure.ts';

/** How far beside the pass a run is started again, in widths of the domain. */
const BESIDE = 0.03;

/** Places that are looked at for another start. */
const CANDIDATES = 64;

/** A good start slopes between these shares of the typical slope. */
const SLOPES = [0.2, 2] as const;

/** Away from a saddle along the way down: the very start, moved along the direction in which the ground curves down where the run is held. */
function beside({ scene, findings, place }: Patient): CureChange | null {
  const { start, surface } = scene;
  const { motion } = findings;
  if (start.spawn !== 'points' || !motion || !(motion.low < 0)) {
    return null;
  }
  const hessian = new Float64Array(3);
  formulaOf(surface).hessian(place[0], place[1], surfaceOf(scene).values, hessian);
  const [ux, uy] = lowEigenvector(hessian[0], hessian[1], hessian[2]);
  const off = BESIDE * motion.scales.width;
  const points = start.points.map(([x, y]): [number, number] => [rounded(x + off * ux), rounded(y + off * uy)]);
  return { kind: 'start', start: { ...start, points } };
}

/** A place in the domain that is low and neither flat nor steep. */
function elsewhere({ scene, findings }: Patient): CureChange | null {
  const { motion } = findings;
  const { domain, values } = surfaceOf(scene);
  if (!motion) {
    return null;
  }
  if (scene.start.spawn !== 'points') {
    return null;
  }
  const formula = formulaOf(scene.surface);
  const places = spawnStarts(
    { count: CANDIDATES, spawn: 'uniform', points: [] },
    domain,
    (scene.seed + 1) % LIMITS.seed,
  );
  const gradient = new Float64Array(2);
  const { slope } = motion.scales;
  const candidates = Array.from({ length: CANDIDATES }, (_, k) => {
    const [x, y] = [rounded(places[2 * k]), rounded(places[2 * k + 1])];
    const loss = formula.gradient(x, y, values, gradient);
    const share = Math.hypot(gradient[0], gradient[1]) / slope;
    return { x, y, loss, usual: share > SLOPES[0] && share < SLOPES[1] };
  }).filter(({ loss, usual }) => usual && Number.isFinite(loss));
  const best = candidates.sort((a, b) => a.loss - b.loss)[0];
  return best ? { kind: 'start', start: { count: 1, spawn: 'points', points: [[best.x, best.y]] } } : null;
}

/** The same run from another place. */
export const start: Cure = {
  id: 'start',
  propose(patient) {
    const aside = beside(patient);
    if (
      aside &&
      patient.findings.motion &&
      patient.findings.motion.slope < 0.05 * patient.findings.motion.scales.slope
    ) {
      return {
        name: 'start beside it',
        change: [aside],
        because: 'A little off the line that leads onto the pass, the way down on its far side is found.',
      };
    }
    const other = elsewhere(patient);
    return other
      ? {
          name: 'another start',
          change: [other],
          because: 'Elsewhere the ground slopes as it mostly does, and leads to another hollow.',
        }
      : null;
  },
};
