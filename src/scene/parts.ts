import * as v from 'valibot';
import { unknownWord, wanted } from './complaint.ts';
import { DEFAULT_SCENE, UNCONDITIONED } from './defaults.ts';
import { boolean, fields, integer, list, noFault, number, numbers, point, text, word } from './fields.ts';
import { hyperFault, scheduleFault, surfaceFault } from './known.ts';
import { lineFault, nameFault } from './lane-names.ts';
import { LIMITS } from './limits.ts';
import { OVERLAYS } from './overlays.ts';
import { palettes } from './palettes.ts';
import type {
  BaseChoice,
  CameraChoice,
  Change,
  Conditioning,
  Edit,
  FilmChoice,
  Lane,
  OptimizerChoice,
  PictureChoice,
  RaceChoice,
  ScheduleChoice,
  StartChoice,
  SurfaceChoice,
} from './scene.ts';

/** The schemas of a scene's parts, by the registries and LIMITS. What may be missing is then as in the default scene. */

export const surface: v.GenericSchema<unknown, SurfaceChoice> = v.pipe(
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

/** What is done around updates. */
const conditioning: { readonly [K in keyof Conditioning]: v.GenericSchema<unknown, Conditioning[K]> } = {
  schedule,
  noise: v.nullable(
    fields({
      kind: word('noise', ['gaussian', 'student']),
      sigma: number(0, LIMITS.size),
      nu: v.optional(number(...LIMITS.freedom), 1),
    }),
  ),
  clip: v.nullable(
    fields({ kind: word('clipping', ['norm', 'value', 'normalize']), limit: number(LIMITS.least, LIMITS.size) }),
  ),
  ema: v.nullable(number(0, LIMITS.decay)),
  recover: v.nullable(number(0, LIMITS.size)),
  stop: v.nullable(
    fields({ kind: word('stop', ['gradient', 'plateau']), limit: number(LIMITS.least, LIMITS.size) }),
  ),
  bounded: boolean,
};

type Kind = keyof Conditioning;

/** An object with an entry for each of them. */
const eachConditioning = <T extends object>(entry: <K extends Kind>(kind: K) => unknown): T =>
  Object.fromEntries((Object.keys(conditioning) as Kind[]).map((kind) => [kind, entry(kind)])) as T;

/** Each may be missing: then there is none. */
const conditioningFields = eachConditioning<typeof conditioning>((kind) =>
  v.optional(conditioning[kind], UNCONDITIONED[kind] as null),
);

const id = v.string((issue) => wanted(issue.input, 'an id or an update'));

/** An object that stands for an optimizer, by what it has. */
const made = (input: unknown, name: string): boolean => typeof input === 'object' && input !== null && name in input;

const base: v.GenericSchema<unknown, BaseChoice> = v.lazy((input) =>
  typeof input === 'object' && input !== null ? fields({ update: text }) : id,
);

const optimizer: v.GenericSchema<unknown, OptimizerChoice> = v.lazy(
  (input): v.GenericSchema<unknown, OptimizerChoice> => (made(input, 'sam') ? fields({ sam: base }) : base),
);

export const lane: v.GenericSchema<unknown, Lane> = v.pipe(
  fields({
    optimizer,
    hyper: v.optional(numbers, {}),
    ...conditioningFields,
    colour: v.optional(integer(0, LIMITS.lanes - 1), 0),
    on: v.optional(boolean, true),
    name: v.optional(v.pipe(text, noFault(nameFault))),
  }),
  noFault(({ optimizer, hyper }) => hyperFault(optimizer, hyper)),
);

export const start: v.GenericSchema<unknown, StartChoice> = v.pipe(
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

export const laneIndex = integer(0, LIMITS.lanes - 1);

const changes = {
  hyper: fields({ kind: v.literal('hyper'), lane: laneIndex, key: text, value: number(-LIMITS.size, LIMITS.size) }),
  ...eachConditioning<{ [K in Kind]: v.GenericSchema<unknown, Extract<Change, { kind: K }>> }>((kind) =>
    fields({ kind: v.literal(kind), lane: laneIndex, [kind]: conditioning[kind] }),
  ),
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

export const edits: v.GenericSchema<unknown, readonly Edit[]> = v.pipe(
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

export const race: v.GenericSchema<unknown, RaceChoice> = fields({
  budget: v.optional(word('budget', ['steps', 'gradients', 'time']), DEFAULT_SCENE.race.budget),
  target: v.optional(v.nullable(number(-LIMITS.size, LIMITS.size)), null),
});

const { camera: cameraDefault, picture: pictureDefault, film: filmDefault } = DEFAULT_SCENE;

export const camera: v.GenericSchema<unknown, CameraChoice> = fields({
  view: v.optional(word('view', ['3d', 'map', 'profile']), cameraDefault.view),
  azimuth: v.optional(number(-360, 360), cameraDefault.azimuth),
  elevation: v.optional(number(0, 90), cameraDefault.elevation),
  distance: v.optional(number(0.05, 20), cameraDefault.distance),
  target: v.optional(point(10), [...cameraDefault.target]),
  turning: v.optional(boolean, cameraDefault.turning),
});

export const picture: v.GenericSchema<unknown, PictureChoice> = fields({
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
  field: v.optional(word('gradient field', ['none', 'arrows', 'flow']), pictureDefault.field),
  plateaus: v.optional(boolean, pictureDefault.plateaus),
  trail: v.optional(integer(0, LIMITS.trail), pictureDefault.trail),
  views: v.optional(word('views', ['one', 'each', 'together']), pictureDefault.views),
  theme: v.optional(word('theme', ['system', 'dark', 'light']), pictureDefault.theme),
});

const line = (most: number) => v.pipe(text, noFault((written) => lineFault(written, most)));

const second = number(0, LIMITS.film);

const keyframe = fields({
  at: second,
  azimuth: number(-3600, 3600),
  elevation: number(0, 90),
  distance: number(0.05, 20),
  target: v.optional(point(10), [0, 0]),
});

const caption = v.pipe(
  fields({ from: second, to: second, text: line(LIMITS.caption) }),
  noFault(({ from, to }) => (from < to ? null : `is from ${from} to ${to}; it ends after it begins`)),
);

export const film: v.GenericSchema<unknown, FilmChoice> = fields({
  path: v.optional(
    v.pipe(
      list(keyframe, LIMITS.keyframes),
      noFault((all) => {
        const early = all.findIndex(({ at }, i) => i > 0 && at <= all[i - 1].at);
        return early > 0 ? `has second ${all[early].at} after ${all[early - 1].at}; keyframes come in the order of their times` : null;
      }),
    ),
    [],
  ),
  easing: v.optional(word('easing', ['smooth', 'halting', 'even']), filmDefault.easing),
  follow: v.optional(boolean, filmDefault.follow),
  title: v.optional(line(LIMITS.title), filmDefault.title),
  captions: v.optional(list(caption, LIMITS.captions), []),
  overlays: v.optional(
    v.pipe(
      list(word('overlay', OVERLAYS), OVERLAYS.length),
      noFault((all) => (new Set(all).size < all.length ? 'has one twice' : null)),
    ),
    [],
  ),
});
