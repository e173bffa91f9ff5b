import * as v from 'valibot';
import { placeOf, unknownWord } from './complaint.ts';
import { DEFAULT_SCENE } from './defaults.ts';
import { boolean, box, fields, integer, list, noFault, number, numbers, point, text, word } from './fields.ts';
import { hostility } from './guard.ts';
import { changeFault, hyperFault, scheduleFault, surfaceFault } from './known.ts';
import { DOMAIN_RESOLUTION, DOMAIN_SIZE, LIMITS } from './limits.ts';
import { palettes } from './palettes.ts';
import type {
  CameraChoice,
  Change,
  Edit,
  Lane,
  PictureChoice,
  Scene,
  ScheduleChoice,
  StartChoice,
  SurfaceChoice,
} from './scene.ts';

/** A scene from elsewhere, checked. */
export interface ParsedScene {
  /** What was asked for; the default scene when anything was wrong with it. */
  readonly scene: Scene;
  /** What was wrong, as a sentence, or null. */
  readonly fault: string | null;
  /** The same for the page: what was wrong and what is shown instead. */
  readonly problem: string | null;
}

const surface = v.pipe(
  fields({ id: v.optional(text), formula: v.optional(text), params: v.optional(numbers, {}) }),
  noFault(({ id, formula }) =>
    (id === undefined) === (formula === undefined) ? 'must have either an id or a formula' : null,
  ),
  v.transform(
    ({ id, formula = '', params }): SurfaceChoice => (id === undefined ? { formula, params } : { id, params }),
  ),
  noFault(surfaceFault),
);

const schedule: v.GenericSchema<unknown, ScheduleChoice | null> = v.nullable(
  v.pipe(
    fields({ id: text, keys: v.optional(numbers, {}), warmup: v.optional(integer(0, LIMITS.steps), 0) }),
    noFault(scheduleFault),
  ),
);

const clip = v.nullable(
  fields({ kind: word('clipping', ['norm', 'value']), limit: number(1 / LIMITS.size, LIMITS.size) }),
);

const lane: v.GenericSchema<unknown, Lane> = v.pipe(
  fields({
    optimizer: text,
    hyper: v.optional(numbers, {}),
    schedule: v.optional(schedule, null),
    clip: v.optional(clip, null),
    colour: v.optional(integer(0, LIMITS.lanes - 1), 0),
    on: v.optional(boolean, true),
  }),
  noFault(({ optimizer, hyper }) => hyperFault(optimizer, hyper)),
);

const start: v.GenericSchema<unknown, StartChoice> = v.pipe(
  fields({
    count: v.optional(integer(1, LIMITS.particles)),
    spawn: v.optional(word('spawn', ['uniform', 'gaussian', 'grid', 'points']), DEFAULT_SCENE.start.spawn),
    points: v.optional(list(point(LIMITS.size), LIMITS.points), []),
  }),
  noFault(({ count, spawn, points }) => {
    if (spawn !== 'points') {
      return points.length > 0 ? `has points; they need spawn "points"` : null;
    }
    if (points.length === 0) {
      return 'has no points; there must be at least one';
    }
    return count === undefined || count === points.length ? null : `has count ${count} for ${points.length} points`;
  }),
  v.transform(({ count, spawn, points }) => ({
    count: count ?? (spawn === 'points' ? points.length : DEFAULT_SCENE.start.count),
    spawn,
    points,
  })),
);

const laneIndex = integer(0, LIMITS.lanes - 1);

const changes = {
  hyper: fields({ kind: v.literal('hyper'), lane: laneIndex, key: text, value: number(-LIMITS.size, LIMITS.size) }),
  schedule: fields({ kind: v.literal('schedule'), lane: laneIndex, schedule }),
  clip: fields({ kind: v.literal('clip'), lane: laneIndex, clip }),
  particles: fields({ kind: v.literal('particles'), points: list(point(LIMITS.size), LIMITS.added) }),
} satisfies { [K in Change['kind']]: v.GenericSchema<unknown, Extract<Change, { kind: K }>> };

const kindOf = (input: unknown): string => {
  const kind = (input as { kind?: unknown } | null | undefined)?.kind;
  return typeof kind === 'string' ? kind : '';
};

/** Looks at the kind first, so that what is wrong is said of the right one. */
const change: v.GenericSchema<unknown, Change> = v.pipe(
  v.unknown(),
  noFault((input) =>
    Object.hasOwn(changes, kindOf(input)) ? null : unknownWord('kind of change', kindOf(input), Object.keys(changes)),
  ),
  v.lazy((input): v.GenericSchema<unknown, Change> => changes[kindOf(input) as Change['kind']]),
);

const edits: v.GenericSchema<unknown, readonly Edit[]> = v.pipe(
  list(fields({ step: integer(0, LIMITS.steps), change }), LIMITS.edits),
  noFault((all) => {
    const late = all.findIndex(({ step }, i) => i > 0 && step < all[i - 1].step);
    if (late > 0) {
      return `has step ${all[late].step} after ${all[late - 1].step}; edits come in the order of their steps`;
    }
    const added = all.reduce(
      (sum, edit) => sum + (edit.change.kind === 'particles' ? edit.change.points.length : 0),
      0,
    );
    return added > LIMITS.added ? `adds ${added} particles; ${LIMITS.added} are the most` : null;
  }),
);

const { camera: cameraDefault, picture: pictureDefault } = DEFAULT_SCENE;

const camera: v.GenericSchema<unknown, CameraChoice> = fields({
  view: v.optional(word('view', ['3d', 'map', 'profile']), cameraDefault.view),
  azimuth: v.optional(number(-360, 360), cameraDefault.azimuth),
  elevation: v.optional(number(0, 90), cameraDefault.elevation),
  distance: v.optional(number(0.05, 20), cameraDefault.distance),
  target: v.optional(point(10), [...cameraDefault.target]),
  turning: v.optional(boolean, cameraDefault.turning),
});

const picture: v.GenericSchema<unknown, PictureChoice> = fields({
  palette: v.optional(
    word(
      'palette',
      palettes.map(({ id }) => id),
    ),
    pictureDefault.palette as 'atlas',
  ),
  height: v.optional(word('height', ['auto', 'linear', 'log', 'rank']), pictureDefault.height),
  exaggeration: v.optional(number(0, 10), pictureDefault.exaggeration),
  contours: v.optional(boolean, pictureDefault.contours),
  markers: v.optional(boolean, pictureDefault.markers),
  trail: v.optional(integer(0, LIMITS.trail), pictureDefault.trail),
  theme: v.optional(word('theme', ['system', 'dark', 'light']), pictureDefault.theme),
});

/** Every field may be missing, and is then as in the default scene. */
const sceneSchema: v.GenericSchema<unknown, Scene> = v.pipe(
  fields({
    surface: v.optional(surface, { id: 'himmelblau' }),
    domain: v.optional(v.nullable(box(DOMAIN_SIZE, DOMAIN_RESOLUTION)), null),
    lanes: v.optional(
      v.pipe(
        list(lane, LIMITS.lanes),
        noFault((lanes) => (lanes.length === 0 ? 'is empty; a scene has at least one lane' : null)),
      ),
    ),
    start: v.optional(start, {}),
    seed: v.optional(integer(0, LIMITS.seed), DEFAULT_SCENE.seed),
    steps: v.optional(integer(0, LIMITS.steps), DEFAULT_SCENE.steps),
    speed: v.optional(number(0, LIMITS.speed), DEFAULT_SCENE.speed),
    selected: v.optional(laneIndex),
    edits: v.optional(edits, []),
    camera: v.optional(camera, {}),
    picture: v.optional(picture, {}),
  }),
  v.transform(({ lanes = DEFAULT_SCENE.lanes, selected, ...rest }) => ({
    ...rest,
    lanes,
    selected: selected ?? Math.min(DEFAULT_SCENE.selected, lanes.length - 1),
  })),
  noFault(({ lanes, selected }) =>
    selected < lanes.length
      ? null
      : { at: ['selected'], says: `is ${selected}, and the last lane is ${lanes.length - 1}` },
  ),
  noFault(({ lanes, edits }) => {
    for (const [i, edit] of edits.entries()) {
      const says = changeFault(edit.change, lanes);
      if (says !== null) {
        return { at: ['edits', i, 'change'], says };
      }
    }
    return null;
  }),
);

/**
 * Checks a scene from elsewhere, field by field. Missing fields are as in the default scene; with anything that is wrong the
 * whole answer is the default scene. Bounded in time whatever it is given, and nothing in it is executed.
 * @param what names it in the sentence: link, file, scene
 */
export function parseScene(value: unknown, what = 'scene'): ParsedScene {
  const hostile = hostility(value);
  if (hostile !== null) {
    return refused(`The ${what} ${hostile}.`);
  }
  const result = v.safeParse(sceneSchema, value, { abortEarly: true });
  if (result.success) {
    return { scene: result.output, fault: null, problem: null };
  }
  const [issue] = result.issues;
  const place = placeOf((issue.path ?? []).map(({ key }) => key as string | number));
  return refused(`The ${what}${place && `’s ${place}`} ${issue.message}.`);
}

/** The answer to what cannot be shown. */
export function refused(fault: string): ParsedScene {
  return { scene: DEFAULT_SCENE, fault, problem: `${fault} Showing the default scene.` };
}
