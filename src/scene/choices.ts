import { LANE_COLOURS } from './colours.ts';
import { optimizerOf } from './compiled.ts';
import { newLane } from './defaults.ts';
import { accepted } from './edits.ts';
import { equal } from './equal.ts';
import { changeFault } from './known.ts';
import { LIMITS } from './limits.ts';
import { laneAt, surfaceOf } from './resolve.ts';
import type { Change, Edit, Lane, OptimizerChoice, Scene, StartChoice, SurfaceChoice } from './scene.ts';

/**
 * Choices that concern more than one field of a scene; each gives a scene that is valid again. The very same scene comes
 * back when there is nothing to do.
 */

/** Given places that lie in the new domain stay; where none does, the surface's suggested ones take their place. */
function startOn(scene: Scene): StartChoice {
  const { start } = scene;
  if (start.spawn !== 'points') {
    return start;
  }
  const { domain, starts } = surfaceOf(scene);
  const [xmin, xmax, ymin, ymax] = domain;
  const inside = start.points.filter(([x, y]) => x >= xmin && x <= xmax && y >= ymin && y <= ymax);
  const points = inside.length > 0 ? inside : starts;
  return { ...start, points, count: points.length };
}

/**
 * Another surface, on its own domain. What was changed in mid-run belonged to the run on the old one and
 * goes. Other parameters of the same surface, or another text while one types, are a plain change of `surface` instead.
 * @param surface valid: a known id or a formula that compiles
 */
export function withSurface(scene: Scene, surface: SurfaceChoice): Scene {
  const moved: Scene = { ...scene, surface, domain: null, edits: [] };
  return { ...moved, start: startOn(moved) };
}

const replaced = (lanes: readonly Lane[], index: number, lane: Lane): readonly Lane[] =>
  lanes.map((other, i) => (i === index ? lane : other));

/** Another built-in optimizer in a lane, with the values that suit it; schedule and clipping stay, edits of the old one's hyperparameters go. */
export function withOptimizer(scene: Scene, index: number, optimizer: OptimizerChoice): Scene {
  const before = scene.lanes[index];
  if (equal(before.optimizer, optimizer)) {
    return scene;
  }
  const { hyper } = newLane(optimizer, before.colour);
  return {
    ...scene,
    lanes: replaced(scene.lanes, index, { ...before, optimizer, hyper }),
    edits: scene.edits.filter(({ change }) => change.kind !== 'hyper' || change.lane !== index),
  };
}

/** A lane's recurrences, where its optimizer is a typed one. */
export function updateOf({ optimizer }: Pick<Lane, 'optimizer'>): string | null {
  return typeof optimizer !== 'string' && 'update' in optimizer ? optimizer.update : null;
}

/**
 * Typed recurrences as a lane's optimizer. From a built-in one they take over the values of the hyperparameters that both
 * have, from other typed ones what differed from the defaults; schedule and clipping stay, and so do edits that still make
 * sense.
 * @param update recurrences that compile
 */
export function withUpdate(scene: Scene, index: number, update: string): Scene {
  const before = scene.lanes[index];
  const optimizer = { update };
  if (equal(before.optimizer, optimizer)) {
    return scene;
  }
  const values = updateOf(before) === null ? laneAt({ ...scene, edits: [] }, index, 0).hyper : before.hyper;
  const hyper = optimizerOf({ optimizer }).hyper.flatMap((spec) => {
    const value = Object.hasOwn(values, spec.key) ? accepted(spec, values[spec.key]) : spec.default;
    return value === spec.default ? [] : [[spec.key, value] as const];
  });
  const lanes = replaced(scene.lanes, index, { ...before, optimizer, hyper: Object.fromEntries(hyper) });
  return { ...scene, lanes, edits: scene.edits.filter(({ change }) => changeFault(change, lanes) === null) };
}

/** One more lane, in the first colour that is free, and selected; no effect when there are LIMITS.lanes. */
export function withLane(scene: Scene, optimizer: OptimizerChoice): Scene {
  const { lanes } = scene;
  if (lanes.length >= LIMITS.lanes) {
    return scene;
  }
  const free = LANE_COLOURS.findIndex((_, colour) => lanes.every((lane) => lane.colour !== colour));
  return { ...scene, lanes: [...lanes, newLane(optimizer, Math.max(0, free))], selected: lanes.length };
}

/** Lane numbers after one has gone. */
const without = (lane: number, gone: number): number => (lane > gone ? lane - 1 : lane);

function changeWithout(change: Change, gone: number): Change[] {
  if (change.kind === 'particles') {
    return [change];
  }
  return change.lane === gone ? [] : [{ ...change, lane: without(change.lane, gone) }];
}

/** A lane less, with its edits; no effect on the last one. */
export function withoutLane(scene: Scene, index: number): Scene {
  if (scene.lanes.length === 1) {
    return scene;
  }
  const lanes = scene.lanes.filter((_, i) => i !== index);
  const edits = scene.edits.flatMap(({ step, change }): Edit[] =>
    changeWithout(change, index).map((made) => ({ step, change: made })),
  );
  return { ...scene, lanes, edits, selected: Math.min(without(scene.selected, index), lanes.length - 1) };
}
