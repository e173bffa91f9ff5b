import { LIMITS } from '../scene/limits.ts';
import type { RaceChoice, Scene } from '../scene/scene.ts';
import { RequestError } from './errors.ts';
import { knownWord } from './known.ts';
import { parseInteger, parseWithin } from './values.ts';
import type { Words } from './words.ts';

const KINDS: readonly RaceChoice['budget'][] = ['steps', 'gradients', 'time'];

/** The scene with the budget and the target that --budget and --target ask for; without them it has its own. */
export function withBudget(words: Words, scene: Scene): Scene {
  const text = words.last('budget');
  const target = words.last('target');
  const race: RaceChoice = {
    ...scene.race,
    ...(target === undefined ? {} : { target: parseWithin(target, '--target', -LIMITS.size, LIMITS.size) }),
  };
  if (text === undefined) {
    return { ...scene, race };
  }
  if (words.has('steps')) {
    throw new RequestError(
      `--steps and --budget are both given; --budget steps:${words.last('steps')} says the first.`,
    );
  }
  const [word, n, ...rest] = text.split(':');
  const budget = knownWord(word, KINDS, 'budget');
  if (n === undefined || rest.length > 0) {
    throw new RequestError(`--budget "${text}" is not complete; write it like ${budget}:400.`);
  }
  return { ...scene, steps: parseInteger(n, `--budget ${budget}`, 1, LIMITS.steps), race: { ...race, budget } };
}
