import { applyChange } from '../../../scene/edits.ts';
import { equal } from '../../../scene/equal.ts';
import { withOptimizer } from '../../../scene/choices.ts';
import { laneAt, surfaceOf } from '../../../scene/resolve.ts';
import type { Change, OptimizerChoice, Scene, StartChoice } from '../../../scene/scene.ts';
import type { Hyper } from '../../../descent/optimizer.ts';
import type { Findings } from '../verdict.ts';

/** A change that a cure makes in a scene from the start of its run on. */
export type CureChange =
  | Exclude<Change, { readonly kind: 'particles' }>
  | { readonly kind: 'optimizer'; readonly lane: number; readonly optimizer: OptimizerChoice; readonly hyper: Hyper }
  | { readonly kind: 'start'; readonly start: StartChoice };

/** What a cure is proposed for. */
export interface Patient {
  readonly scene: Scene;
  /** Index of the sick lane. */
  readonly lane: number;
  readonly findings: Findings;
  /** Where the particle that the findings are of was last. */
  readonly place: readonly [number, number];
}

/** What a cure would do, and why. */
export interface Remedy {
  /** In a few words, as on a button, such as "learning rate ÷ 10". */
  readonly name: string;
  readonly change: readonly CureChange[];
  /** One sentence. */
  readonly because: string;
}

/** Something that may help against a trouble. */
export interface Cure {
  readonly id: string;
  /** What it would do for a lane, or null where it makes no sense. */
  propose(patient: Patient): Remedy | null;
}

/** The lane's settings as they are at the end of the run. */
export const settingsOf = ({ scene, lane }: Patient) => laneAt(scene, lane, scene.steps);

/** The longer side of the domain. */
export function widthOf({ scene }: Patient): number {
  const [xmin, xmax, ymin, ymax] = surfaceOf(scene).domain;
  return Math.max(xmax - xmin, ymax - ymin);
}

/** A learning rate, from the start of the run on. */
export const rate = (lane: number, value: number): CureChange => ({
  kind: 'hyper',
  lane,
  key: 'lr',
  value: rounded(value),
});

/** To three digits: what a person would set. */
export const rounded = (value: number): number => Number(value.toPrecision(3));

/** Whether an edit in mid-run sets the same thing as a cure. */
function overrides(change: Change, cure: CureChange): boolean {
  if (change.kind === 'particles' || cure.kind === 'start' || change.lane !== cure.lane) {
    return false;
  }
  if (cure.kind === 'optimizer') {
    return change.kind === 'hyper';
  }
  return change.kind === cure.kind && (change.kind !== 'hyper' || cure.kind !== 'hyper' || change.key === cure.key);
}

function made(scene: Scene, change: CureChange): Scene {
  const edits = scene.edits.filter((edit) => !overrides(edit.change, change));
  const cleared = edits.length === scene.edits.length ? scene : { ...scene, edits };
  switch (change.kind) {
    case 'start':
      return equal(scene.start, change.start) ? cleared : { ...cleared, start: change.start };
    case 'optimizer': {
      const other = withOptimizer(cleared, change.lane, change.optimizer);
      const lanes = other.lanes.map((lane, i) => (i === change.lane ? { ...lane, hyper: change.hyper } : lane));
      return { ...other, lanes };
    }
    default:
      return applyChange(cleared, 0, change);
  }
}

/** The scene with a cure's changes from the start of the run; later changes of the same things are gone. */
export const cured = (scene: Scene, changes: readonly CureChange[]): Scene => changes.reduce(made, scene);
