import { nearest } from '../math/nearest.ts';
import { version } from '../../package.json';
import { bench } from './commands/bench.ts';
import type { Command } from './commands/command.ts';
import { compare } from './commands/compare.ts';
import { critical } from './commands/critical.ts';
import { diagnose } from './commands/diagnose.ts';
import { doctor } from './commands/doctor.ts';
import { evaluate } from './commands/evaluate.ts';
import { list } from './commands/list.ts';
import { record } from './commands/record.ts';
import { run } from './commands/run.ts';
import { schedule } from './commands/schedule.ts';
import { tune } from './commands/tune.ts';
import { verify } from './commands/verify.ts';
import { RequestError } from './errors.ts';
import { commandHelp, generalHelp } from './help.ts';
import type { Io } from './io.ts';
import { LATER_COMMANDS } from './options.ts';
import { parseWords } from './words.ts';

/** Every command, in the order of --help. */
export const COMMANDS: readonly Command[] = [run, list, evaluate, schedule, critical, tune, compare, diagnose, record, verify, bench, doctor];

const isReaderGone = (error: unknown): boolean => (error as NodeJS.ErrnoException)?.code === 'EPIPE';

const find = (name: string): Command => {
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command) return command;
  if (LATER_COMMANDS.includes(name)) throw new RequestError(`"thalweg ${name}" is not available yet.`);
  const names = COMMANDS.map((candidate) => candidate.name);
  throw new RequestError(`Unknown command "${name}"; the nearest is "${nearest(name, names)}" (thalweg --help).`);
};

const dispatch = async (argv: readonly string[], io: Io): Promise<number> => {
  const [first, ...rest] = argv;
  if (first === undefined) {
    throw new RequestError(`A command is missing: ${COMMANDS.map(({ name }) => name).join(', ')} (thalweg --help).`);
  }
  if (first.startsWith('-')) {
    const words = parseWords(argv, '', ['help', 'version']);
    await io.out(words.has('version') ? `${version}\n` : generalHelp(COMMANDS, LATER_COMMANDS));
    return 0;
  }
  const command = find(first);
  const words = parseWords(rest, command.name, [...command.options, 'help', 'version']);
  if (words.has('help') || words.has('version')) {
    await io.out(words.has('help') ? commandHelp(command) : `${version}\n`);
    return 0;
  }
  if (words.positionals.length > command.positionals) {
    const word = words.positionals[command.positionals];
    throw new RequestError(
      `"thalweg ${command.name}" has no use for "${word}"; did you mean --${nearest(word, command.options)}?`,
    );
  }
  return command.run(words, io);
};

/**
 * The command line, from its words to its exit status: 0 done, 1 it could not be done or the answer is no, 2 the request
 * was wrong. Errors are one sentence on standard error; a reader that has gone away (`| head`) is no error.
 */
export const main = async (argv: readonly string[], io: Io): Promise<number> => {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    if (isReaderGone(error)) return 0;
    io.err(`thalweg: ${error instanceof Error ? error.message.replaceAll(/\s*\n\s*/g, ' ') : String(error)}\n`);
    return error instanceof RequestError ? 2 : 1;
  }
};
