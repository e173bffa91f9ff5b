import { optimizers } from '../../descent/optimizers/index.ts';
import { schedules } from '../../descent/schedules/index.ts';
import { surfaces } from '../../landscape/surfaces/index.ts';
import { palettes } from '../../scene/palettes.ts';
import { knownWord } from '../known.ts';
import { RequestError } from '../errors.ts';
import { toJson } from '../json.ts';
import { deliver } from '../output.ts';
import type { Command } from './command.ts';

/** Run lengths at which a default that depends on them is looked at, to say how. */
const LENGTH = 1000;

/** A key's default in words where it depends on the run's length: "steps", "steps/10". */
function defaultInWords(of: (steps: number) => number): number | string {
  const atLength = of(LENGTH);
  if (atLength === of(2 * LENGTH)) {
    return atLength;
  }
  return atLength === LENGTH ? 'steps' : `steps/${LENGTH / atLength}`;
}

/** Names of what an entry can do stand in the answer for the functions that do it. */
const isFunctions = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.values(value).some((entry) => typeof entry === 'function');

const LISTS: Readonly<Record<string, () => readonly object[]>> = {
  surfaces: () => surfaces,
  optimizers: () =>
    optimizers.map((optimizer) =>
      Object.fromEntries(
        Object.entries(optimizer).map(([key, value]) => [key, isFunctions(value) ? Object.keys(value) : value]),
      ),
    ),
  schedules: () =>
    schedules.map((schedule) => ({
      ...schedule,
      keys: schedule.keys.map((key) => ({ ...key, default: defaultInWords(key.default) })),
    })),
  models: () => [],
  palettes: () => palettes,
};

/** `list`: everything that the registries know. */
export const list: Command = {
  name: 'list',
  summary: `What there is: ${Object.keys(LISTS).join(', ')}.`,
  usage: Object.keys(LISTS).join('|'),
  details: 'Answers an array of {id, name, …}. A default such as "steps/10" depends on the run’s length.',
  options: ['out'],
  positionals: 1,
  async run(words, io) {
    const names = Object.keys(LISTS);
    const [what] = words.positionals;
    if (what === undefined) {
      throw new RequestError(`What shall be listed is missing: ${names.join(', ')}.`);
    }
    const entries = LISTS[knownWord(what, names, 'list')]();
    await deliver(io, words.last('out'), [`${toJson(entries)}\n`]);
    return 0;
  },
};
