import { UNCONDITIONED } from '../scene/defaults.ts';
import { LIMITS } from '../scene/limits.ts';
import type { Lane } from '../scene/scene.ts';
import { RequestError } from './errors.ts';
import { laneOf } from './lane.ts';
import { CONDITION_OPTIONS } from './options.ts';
import { parsePairs } from './values.ts';
import { type Words, wordsOf } from './words.ts';

/** The lanes of --lane: each an optimizer with hyperparameters of its own; what is done around updates is the same for all. */
export function lanesOf(words: Words): Lane[] {
  const texts = words.all('lane');
  if (texts.length > LIMITS.lanes) {
    throw new RequestError(
      `--lane is given ${texts.length} times; the nearest number of lanes that fit is ${LIMITS.lanes}.`,
    );
  }
  const around = CONDITION_OPTIONS.filter((name) => words.has(name)).map(
    (name) => [name, [words.last(name) ?? '']] as const,
  );
  return texts.map((text, colour) => {
    const colon = text.indexOf(':');
    const optimizer = colon < 0 ? text : text.slice(0, colon);
    const what = `--lane ${optimizer}:`;
    const pairs = colon < 0 ? [] : parsePairs(text.slice(colon + 1), what);
    const base = pairs.flatMap(([key, value]) => (key === 'base' ? [value] : []));
    const set = pairs.flatMap(([key, value]) => (key === 'base' ? [] : [`${key}=${value}`]));
    const own = wordsOf({ ...Object.fromEntries(around), optimizer: [optimizer], base, set });
    return laneOf(own, { optimizer, hyper: {}, ...UNCONDITIONED, colour, on: true }, what);
  });
}
