import type { Command } from './commands/command.ts';
import { OPTIONS } from './options.ts';

const COLUMN = 30;

const line = (left: string, right: string): string =>
  left.length < COLUMN - 2 ? `  ${left.padEnd(COLUMN - 2)}${right}` : `  ${left}\n${' '.repeat(COLUMN)}${right}`;

/** `thalweg --help`. */
export const generalHelp = (commands: readonly Command[], later: readonly string[]): string =>
  [
    'thalweg: optimizers running down loss landscapes, on the GPU or in a float64 reference.',
    '',
    'Usage: thalweg COMMAND [options]',
    '',
    'Commands (thalweg COMMAND --help explains each):',
    ...commands.map((command) => line(command.name, command.summary)),
    '',
    `Not there yet: ${later.join(', ')}.`,
    '',
    'Exit status: 0 done, 1 it could not be done or a check failed, 2 the request was wrong.',
    '',
  ].join('\n');

/** `thalweg COMMAND --help`. */
export const commandHelp = (command: Command): string =>
  [
    `Usage: thalweg ${command.name}${command.usage ? ` ${command.usage}` : ''}`,
    '',
    command.summary,
    command.details,
    '',
    'Options:',
    ...OPTIONS.filter(({ name }) => command.options.includes(name)).map(({ name, value, repeats, help }) =>
      line(`--${name}${value ? ` ${value}` : ''}`, repeats ? `${help} (may be repeated)` : help),
    ),
    '',
  ].join('\n');
