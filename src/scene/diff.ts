import { findSchedule } from '../descent/schedules/index.ts';
import { equal } from './equal.ts';
import type { Lane, Scene, ScheduleChoice } from './scene.ts';

/**
 * What a changed scene does to what is running: nothing; the settings of the next updates; the particles, which start
 * anew; the terrain, and all that stands on it.
 */
export type Effect = 'none' | 'settings' | 'run' | 'terrain';

const ORDER: readonly Effect[] = ['none', 'settings', 'run', 'terrain'];

const greater = (a: Effect, b: Effect): Effect => (ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b);

/** What a change of each field resets; a field that is forgotten here does not compile. */
const LANE_EFFECTS: Readonly<Record<keyof Required<Lane>, Effect>> = {
  optimizer: 'run',
  hyper: 'settings',
  schedule: 'settings',
  noise: 'settings',
  clip: 'settings',
  ema: 'settings',
  recover: 'settings',
  stop: 'settings',
  bounded: 'settings',
  colour: 'none',
  on: 'run',
  name: 'none',
};

type Rule = Effect | ((previous: Scene, next: Scene) => Effect);

const SCENE_EFFECTS: Readonly<Record<keyof Scene, Rule>> = {
  surface: 'terrain',
  domain: 'terrain',
  lanes: lanesEffect,
  start: 'run',
  seed: 'run',
  steps: (previous, next) =>
    schedulesOf(next).some((schedule) => dependsOnLength(schedule, previous.steps, next.steps)) ? 'settings' : 'none',
  speed: 'none',
  selected: 'none',
  edits: 'settings',
  race: 'none',
  camera: 'none',
  picture: 'none',
  film: 'none',
};

/** The greatest effect of those fields in which two records differ. */
function fieldsEffect<T extends object>(previous: T, next: T, effectOfField: (field: keyof T) => Effect): Effect {
  return (Object.keys(next) as (keyof T)[])
    .filter((field) => !equal(previous[field], next[field]))
    .map(effectOfField)
    .reduce(greater, 'none');
}

function lanesEffect(previous: Scene, next: Scene): Effect {
  if (previous.lanes.length !== next.lanes.length) {
    return 'run';
  }
  return next.lanes
    .map((lane, i) => fieldsEffect(previous.lanes[i], lane, (field) => LANE_EFFECTS[field]))
    .reduce(greater, 'none');
}

/** Every schedule that a lane has at the start or later. */
function schedulesOf(scene: Scene): readonly ScheduleChoice[] {
  const later = scene.edits.map(({ change }) => (change.kind === 'schedule' ? change.schedule : null));
  return [...scene.lanes.map((lane) => lane.schedule), ...later].filter((schedule) => schedule !== null);
}

/** Whether a key that nobody set takes another value with another length of the run. */
function dependsOnLength({ id, keys }: ScheduleChoice, before: number, after: number): boolean {
  return findSchedule(id).keys.some(
    (spec) => !Object.hasOwn(keys, spec.key) && spec.default(before) !== spec.default(after),
  );
}

/** What becomes of a run when its scene changes: the greatest effect of all that differs. */
export function effectOf(previous: Scene, next: Scene): Effect {
  return fieldsEffect(previous, next, (field) => {
    const rule = SCENE_EFFECTS[field];
    return typeof rule === 'string' ? rule : rule(previous, next);
  });
}
