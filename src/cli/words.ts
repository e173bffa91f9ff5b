import { nearest } from '../math/nearest.ts';
import { RequestError } from './errors.ts';
import { LATER_OPTIONS, OPTIONS, type OptionSpec } from './options.ts';

/** A command line taken apart. */
export class Words {
  /** Words that belong to no option, in their order. */
  readonly positionals: string[] = [];
  private readonly values = new Map<string, string[]>();

  add(spec: OptionSpec, value: string): void {
    const before = this.values.get(spec.name);
    if (before && spec.repeats) before.push(value);
    else this.values.set(spec.name, [value]);
  }

  has(name: string): boolean {
    return this.values.has(name);
  }

  /** The last value given for an option. */
  last(name: string): string | undefined {
    return this.values.get(name)?.at(-1);
  }

  /** Every value given for a repeating option. */
  all(name: string): readonly string[] {
    return this.values.get(name) ?? [];
  }
}

const byName = new Map(OPTIONS.map((spec) => [spec.name, spec]));

const lookUp = (name: string, command: string, taken: readonly string[]): OptionSpec => {
  if (LATER_OPTIONS.includes(name)) throw new RequestError(`--${name} is not available yet.`);
  const spec = byName.get(name);
  if (spec && taken.includes(name)) return spec;
  const instead = `the nearest it takes is --${nearest(name, taken)}`;
  throw new RequestError(
    spec
      ? `"thalweg ${command}" takes no "--${name}"; ${instead}.`
      : `Unknown option "--${name}" of "thalweg ${command}"; ${instead}.`,
  );
};

/** Words as if they had been typed: option names and the values given for each. */
export function wordsOf(values: Readonly<Record<string, readonly string[]>>): Words {
  const words = new Words();
  for (const [name, given] of Object.entries(values)) {
    for (const value of given) {
      words.add(lookUp(name, '', [name]), value);
    }
  }
  return words;
}

/**
 * Takes the words after the command apart. An option with a value takes the next word whatever it begins with
 * (`--start -1,2`), or what follows `=` (`--start=-1,2`); after a bare `--` every word is positional.
 * @param taken names of the options that the command takes
 */
export const parseWords = (argv: readonly string[], command: string, taken: readonly string[]): Words => {
  const words = new Words();
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at];
    if (word === '--') {
      words.positionals.push(...argv.slice(at + 1));
      break;
    }
    if (!word.startsWith('--') && word !== '-h') {
      words.positionals.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    const name = word === '-h' ? 'help' : word.slice(2, equals < 0 ? undefined : equals);
    const spec = lookUp(name, command, taken);
    if (spec.value === null) {
      if (equals >= 0) throw new RequestError(`--${name} takes no value: "${word}".`);
      words.add(spec, '');
    } else if (equals >= 0) {
      words.add(spec, word.slice(equals + 1));
    } else if (at + 1 < argv.length) {
      words.add(spec, argv[++at]);
    } else {
      throw new RequestError(`--${name} needs a value: --${name} ${spec.value}.`);
    }
  }
  return words;
};
