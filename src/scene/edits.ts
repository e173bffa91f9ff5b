import type { HyperSpec } from '../descent/optimizer.ts';
import { optimizerOf } from './compiled.ts';
import { LIMITS } from './limits.ts';
import type { Change, Edit, Lane, Scene } from './scene.ts';

type ParticleChange = Extract<Change, { kind: 'particles' }>;
type LaneChange = Exclude<Change, ParticleChange>;

/** The nearest value that a hyperparameter accepts; NaN becomes the default. */
export function accepted(spec: HyperSpec, value: number): number {
  if (Number.isNaN(value)) {
    return spec.default;
  }
  const inside = Math.min(spec.max, Math.max(spec.min, value)) + 0;
  return spec.scale === 'switch' ? Math.round(inside) : inside;
}

/** Particles that the scene's edits add, all together. */
export function addedCount(scene: Scene): number {
  return scene.edits.reduce((sum, { change }) => sum + (change.kind === 'particles' ? change.points.length : 0), 0);
}

const specOf = (lane: Lane, key: string): HyperSpec | undefined =>
  optimizerOf(lane).hyper.find((spec) => spec.key === key);

/** A lane with a change made in it. A hyperparameter at its optimizer's default is left out. */
export function changedLane(lane: Lane, change: LaneChange): Lane {
  switch (change.kind) {
    case 'hyper': {
      const { [change.key]: _before, ...others } = lane.hyper;
      const isDefault = specOf(lane, change.key)?.default === change.value;
      return { ...lane, hyper: isDefault ? others : { ...others, [change.key]: change.value } };
    }
    default: {
      const { kind, lane: _index, ...value } = change;
      return { ...lane, ...value };
    }
  }
}

/** Lane `index` as it is before update number `step`: with all edits up to that step made in it. */
export function laneAfterEdits(scene: Scene, index: number, step: number): Lane {
  let lane = scene.lanes[index];
  for (const edit of scene.edits) {
    if (edit.step <= step && edit.change.kind !== 'particles' && edit.change.lane === index) {
      lane = changedLane(lane, edit.change);
    }
  }
  return lane;
}

/** Whether two changes set the same thing. */
function sameSlot(a: Change, b: Change): boolean {
  if (a.kind !== b.kind || a.kind === 'particles' || b.kind === 'particles') {
    return a.kind === b.kind;
  }
  return a.lane === b.lane && (a.kind !== 'hyper' || b.kind !== 'hyper' || a.key === b.key);
}

/** The change within what is accepted, or null when nothing of it is left to do. */
function sane(scene: Scene, step: number, change: Change): Change | null {
  if (change.kind === 'particles') {
    const atStart = step === 0 && scene.start.spawn === 'points';
    const room = atStart ? LIMITS.points - scene.start.points.length : LIMITS.added - addedCount(scene);
    const points = change.points
      .filter((point) => point.every((c) => Math.abs(c) <= LIMITS.size))
      .slice(0, Math.max(0, room));
    return points.length > 0 ? { kind: 'particles', points: points.map(([x, y]) => [x + 0, y + 0]) } : null;
  }
  const lane = scene.lanes[change.lane] && laneAfterEdits(scene, change.lane, step);
  if (!lane) {
    return null;
  }
  if (change.kind !== 'hyper') {
    return change;
  }
  const spec = specOf(lane, change.key);
  if (!spec) {
    return null;
  }
  const value = accepted(spec, change.value);
  return value === (lane.hyper[change.key] ?? spec.default) ? null : { ...change, value };
}

/** Makes a change in what the run starts from. */
function changedStart(scene: Scene, change: Change): Scene {
  if (change.kind !== 'particles') {
    const lanes = scene.lanes.map((lane, i) => (i === change.lane ? changedLane(lane, change) : lane));
    return { ...scene, lanes, edits: scene.edits.filter((edit) => edit.step > 0 || !sameSlot(edit.change, change)) };
  }
  const points = [...scene.start.points, ...change.points];
  return { ...scene, start: { ...scene.start, points, count: points.length } };
}

/** Records a change as an edit, in place of an earlier one of the same thing at the same step. */
function recorded(scene: Scene, step: number, change: Change): Scene {
  const replaced = (edit: Edit) => edit.step === step && sameSlot(edit.change, change);
  const others = scene.edits.filter((edit) => !replaced(edit));
  if (others.length >= LIMITS.edits) {
    return scene;
  }
  const before = scene.edits
    .filter(replaced)
    .flatMap((edit) => (edit.change.kind === 'particles' ? edit.change.points : []));
  const merged: Change = change.kind === 'particles' ? { ...change, points: [...before, ...change.points] } : change;
  const at = others.filter((edit) => edit.step <= step).length;
  return { ...scene, edits: [...others.slice(0, at), { step, change: merged }, ...others.slice(at)] };
}

/**
 * Makes a change that takes effect after `step` updates. At step 0 the lane itself changes (and given starting places
 * are appended to; particles beside spawned ones are an edit of step 0); later it becomes an edit, and a drag, being
 * many changes of one thing at one step, becomes one edit.
 *
 * Values are brought into the accepted range; what exceeds LIMITS or names no lane or key is left out.
 * @returns the very same scene when nothing changes
 */
export function applyChange(scene: Scene, step: number, change: Change): Scene {
  const at = Math.min(LIMITS.steps, Math.max(0, Math.round(step)));
  const made = sane(scene, at, change);
  if (!made) {
    return scene;
  }
  const inStart = at === 0 && (made.kind !== 'particles' || scene.start.spawn === 'points');
  return inStart ? changedStart(scene, made) : recorded(scene, at, made);
}

/** The scene without what was changed after a step; the very same when nothing was. */
export function withoutEditsAfter(scene: Scene, step: number): Scene {
  const edits = scene.edits.filter((edit) => edit.step <= step);
  return edits.length === scene.edits.length ? scene : { ...scene, edits };
}
