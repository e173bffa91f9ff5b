import * as v from 'valibot';
import { placeOf } from './complaint.ts';
import { DEFAULT_SCENE } from './defaults.ts';
import { box, fields, integer, list, noFault, number } from './fields.ts';
import { hostility } from './guard.ts';
import { changeFault } from './known.ts';
import { DOMAIN_RESOLUTION, DOMAIN_SIZE, LIMITS } from './limits.ts';
import { camera, edits, film, lane, laneIndex, picture, race, start, surface } from './parts.ts';
import type { Scene } from './scene.ts';

/** A scene from elsewhere, checked. */
export interface ParsedScene {
  /** What was asked for; the default scene when anything was wrong with it. */
  readonly scene: Scene;
  /** What was wrong, as a sentence, or null. */
  readonly fault: string | null;
  /** The same for the page: what was wrong and what is shown instead. */
  readonly problem: string | null;
}

/** Every field may be missing, and is then as in the default scene. */
const sceneSchema: v.GenericSchema<unknown, Scene> = v.pipe(
  fields({
    surface: v.optional(surface, DEFAULT_SCENE.surface),
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
    race: v.optional(race, {}),
    camera: v.optional(camera, {}),
    picture: v.optional(picture, {}),
    film: v.optional(film, {}),
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
