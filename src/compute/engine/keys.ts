import type { Scene } from '../../scene/scene.ts';
import { abilities } from './plan.ts';

// What a part of a run depends on, as text: equal keys mean that it can be kept when the scene changes.

/** Indices of the lanes that run. */
export function lanesOn(scene: Scene): number[] {
  return scene.lanes.flatMap((lane, index) => (lane.on ? [index] : []));
}

/** What the terrain depends on. */
export function groundKey(scene: Scene): string {
  return JSON.stringify([scene.surface, scene.domain]);
}

/** What the starts depend on, beside the ground. */
export function startKey(scene: Scene): string {
  return JSON.stringify([scene.start, scene.seed]);
}

/** Whether two scenes differ at most in what swarms take in without being made anew. */
export function sameSwarms(a: Scene, b: Scene): boolean {
  const key = (scene: Scene) =>
    JSON.stringify([groundKey(scene), startKey(scene), scene.lanes.map((_, lane) => kernelKey(scene, lane))]);
  return key(a) === key(b);
}

/** What a lane's kernel depends on, beside the ground. */
export function kernelKey(scene: Scene, lane: number): string {
  const { on, optimizer } = scene.lanes[lane];
  return on ? JSON.stringify([optimizer, abilities(scene, lane)]) : '';
}

/** All that made a lane's particles what they are after `step` updates, as far as it can change without new swarms. */
function pastKey(scene: Scene, lane: number, step: number): string {
  const { on: _on, colour: _colour, name: _name, ...lives } = scene.lanes[lane];
  const edits = scene.edits.filter(
    (edit) => edit.step < step && (edit.change.kind === 'particles' || edit.change.lane === lane),
  );
  // Lengths of a schedule that nobody set follow the budget.
  return step === 0 ? '' : JSON.stringify([lives, edits, lives.schedule ? scene.steps : 0]);
}

/**
 * Particles that join a lane, which the previous scene brought to `step`, when another scene takes over there; null where
 * the two differ in what is past, so that the lane must be played again.
 */
export function joinersOf(
  previous: Scene,
  scene: Scene,
  lane: number,
  step: number,
): (readonly [number, number])[] | null {
  const [had, has] = [addedNow(previous, step), addedNow(scene, step)];
  const samePast = pastKey(previous, lane, step) === pastKey(scene, lane, step);
  return samePast && had.every((point, i) => String(point) === String(has[i])) ? has.slice(had.length) : null;
}

/** Particles that the scene adds at just this step. */
function addedNow(scene: Scene, step: number): (readonly [number, number])[] {
  return scene.edits.flatMap(({ step: at, change }) =>
    at === step && change.kind === 'particles' ? change.points : [],
  );
}
