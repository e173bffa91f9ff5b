import { LANE_COLOURS } from './colours.ts';
import { optimizerOf } from './compiled.ts';
import { newLane } from './defaults.ts';
import { accepted } from './edits.ts';
import { equal } from './equal.ts';
import { changeFault } from './known.ts';
import { plainName } from './lane-names.ts';
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

/** The first colour that no lane has; the first of all when there is none. */
const freeColour = ({ lanes }: Scene): number =>
  Math.max(0, LANE_COLOURS.findIndex((_, colour) => lanes.every((lane) => lane.colour !== colour)));

/** One more lane, in the first colour that is free, and selected; no effect when there are LIMITS.lanes. */
export function withLane(scene: Scene, optimizer: OptimizerChoice): Scene {
  const { lanes } = scene;
  if (lanes.length >= LIMITS.lanes) {
    return scene;
  }
  return { ...scene, lanes: [...lanes, newLane(optimizer, freeColour(scene))], selected: lanes.length };
}

/**
 * Lanes in another order, some left out or there twice; changes in mid-run go with their lanes.
 * @param order the present index of each lane that there is to be
 */
function rearranged(scene: Scene, order: readonly number[]): Pick<Scene, 'lanes' | 'edits'> {
  const places = (change: Change): Change[] =>
    change.kind === 'particles'
      ? [change]
      : order.flatMap((lane, place) => (lane === change.lane ? [{ ...change, lane: place }] : []));
  const edits = scene.edits.flatMap(({ step, change }): Edit[] => places(change).map((made) => ({ step, change: made })));
  return { lanes: order.map((index) => scene.lanes[index]), edits };
}

const orderOf = ({ lanes }: Scene): number[] => lanes.map((_, index) => index);

/** A lane less, with its edits; no effect on the last one. */
export function withoutLane(scene: Scene, index: number): Scene {
  if (scene.lanes.length === 1) {
    return scene;
  }
  const { selected } = scene;
  const order = orderOf(scene).filter((lane) => lane !== index);
  const next = selected > index ? selected - 1 : selected;
  return { ...scene, ...rearranged(scene, order), selected: Math.min(next, order.length - 1) };
}

/** A lane at another place among the others; who is selected stays so. No effect beyond the ends. */
export function withLaneAt(scene: Scene, index: number, place: number): Scene {
  if (place === index || place < 0 || place >= scene.lanes.length) {
    return scene;
  }
  const order = orderOf(scene).filter((lane) => lane !== index);
  order.splice(place, 0, index);
  return { ...scene, ...rearranged(scene, order), selected: order.indexOf(scene.selected) };
}

/**
 * A lane once more below itself, selected, with its changes in mid-run, in the first colour that is free. No effect when
 * there are LIMITS.lanes, or LIMITS.edits would be exceeded.
 */
export function withLaneTwice(scene: Scene, index: number): Scene {
  const order = orderOf(scene);
  order.splice(index, 0, index);
  const { lanes, edits } = rearranged(scene, order);
  if (lanes.length > LIMITS.lanes || edits.length > LIMITS.edits) {
    return scene;
  }
  const colour = freeColour(scene);
  return {
    ...scene,
    lanes: replaced(lanes, index + 1, { ...lanes[index], colour }),
    edits,
    selected: index + 1,
  };
}

/** Fields of a lane that change nothing of its run but whether there is one. */
export function withLaneLook(scene: Scene, index: number, look: Partial<Pick<Lane, 'colour' | 'on'>>): Scene {
  return { ...scene, lanes: replaced(scene.lanes, index, { ...scene.lanes[index], ...look }) };
}

/** Lanes switched on and off, one flag for each; the very same scene when they are so already. */
export function withLanesOn(scene: Scene, on: readonly boolean[]): Scene {
  return scene.lanes.every((lane, i) => lane.on === on[i])
    ? scene
    : { ...scene, lanes: scene.lanes.map((lane, i) => ({ ...lane, on: on[i] })) };
}

/** A lane by another name; what a hand wrote is brought into one that can be, and nothing leaves it its optimizer's. */
export function withLaneName(scene: Scene, index: number, written: string): Scene {
  const { name: before, ...lane } = scene.lanes[index];
  const name = plainName(written);
  return name === (before ?? '') ? scene : { ...scene, lanes: replaced(scene.lanes, index, name === '' ? lane : { ...lane, name }) };
}
