import type { Io } from '../io.ts';
import type { Words } from '../words.ts';

/** One command: from these facts the parser, --help and the dispatch derive. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What follows the name, such as `--at X,Y … [options]`. */
  readonly usage: string;
  /** What it answers, and what a reader of the options would not guess. */
  readonly details: string;
  /** Names of the options that it takes. */
  readonly options: readonly string[];
  /** The most words that belong to no option. */
  readonly positionals: number;
  /** @returns the exit status */
  run(words: Words, io: Io): Promise<number>;
}
