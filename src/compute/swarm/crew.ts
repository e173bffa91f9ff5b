import type { Formula } from '../../formula/formula.ts';
import type { SwarmPlan } from '../contract.ts';
import { stepFields } from './step-fields.ts';

/**
 * How the descend kernel is laid out: who walks together in a thread, and how the updates of a dispatch follow each other.
 * The numbers of a run are the same for all of them.
 */
export interface Crew {
  /** Particles that walk side by side: 1, 2, 4 or 8. */
  readonly size: number;
  /** Crews that a thread walks one after the other. A power of 2; with `size` of each, at most 32 particles. */
  readonly turns: number;
  /** Updates that are written out one after the other, so many a dispatch; null for a loop over as many as it asks for. */
  readonly stride: number | null;
  /** Floats that an update's Step takes in the table of rows of four: 1, 2 or 4. */
  readonly width: number;
  /** Whether the code of weight decay is there. */
  readonly decays: boolean;
}

/** Updates of a stride: so many that reading and saving a particle is little beside them. */
export const STRIDE = 64;

/** Particles of a thread. */
export const threadSize = ({ size, turns }: Crew): number => size * turns;

/** Characters of a gradient's text in WGSL: near enough to what it costs to compute and to compile. */
function gradientText({ wgsl }: Formula): number {
  const from = wgsl.indexOf('fn surfaceGradient');
  return wgsl.indexOf('\n}\n', from) - from;
}

/** Whether an update is little more than its gradient: no search, no noise, and nothing that guards the run. */
const isPlain = ({ optimizer, noisy, guards }: SwarmPlan): boolean => !optimizer.direction && !noisy && !guards;

/**
 * Any number of updates a dispatch. A graphics card hides latency behind other threads, so that each has one particle; a software
 * GPU behind the particles of its own thread, which also share what a turn of the loop costs, as far as they compile quickly.
 */
export function loopCrew(plan: SwarmPlan, software: boolean): Crew {
  const text = gradientText(plan.landscape.formula);
  const size = !software
    ? 1
    : text > 2400
      ? 2
      : text <= 600 && isPlain(plan) && plan.optimizer.state.length <= 2
        ? 8
        : 4;
  return { size, turns: 1, stride: null, width: 4, decays: true };
}

/**
 * Whole strides: on a software GPU three times as fast as the loop and more, but a second to compile. Null where it would be longer.
 *
 * What a table's row costs there, four looks at its bounds, is more than an update of a pair: so rows are full, and a thread
 * reads them once for all of its pairs.
 */
export function strideCrew(plan: SwarmPlan, decays: boolean): Crew | null {
  const text = gradientText(plan.landscape.formula);
  const fields = stepFields(plan.optimizer);
  return isPlain(plan) && text <= 400
    ? { size: 2, turns: 8, stride: STRIDE, width: fields === 3 ? 4 : fields, decays }
    : null;
}
