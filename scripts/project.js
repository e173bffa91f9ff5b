import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** A sentence for the person at the terminal; no stack trace is of use to them. */
export class Sentence extends Error {}

/** What these scripts say goes to standard error: standard output belongs to the answers. @param {string} text */
export const say = (text) => {
  process.stderr.write(`${text}\n`);
};

/** Standard output and standard error of a program that is run. @type {Record<string, ['inherit' | 'ignore' | 2, 'inherit' | 'ignore']>} */
const OUTPUTS = { stdout: ['inherit', 'inherit'], stderr: [2, 'inherit'], nowhere: ['ignore', 'ignore'] };

/**
 * Runs a program in the checkout and gives its exit status; -1 when it cannot be started or a signal ended it.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, output?: keyof typeof OUTPUTS }} [options] output: where what it prints goes
 * @returns {Promise<number>}
 */
export const run = (program, args, { env = {}, output = 'stderr' } = {}) =>
  new Promise((resolve) => {
    const child = spawn(program, [...args], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', ...OUTPUTS[output]],
    });
    child.on('error', () => resolve(-1));
    child.on('close', (code) => resolve(code ?? -1));
  });

/**
 * Runs the main function of a script: a sentence is printed alone, and the process ends with status 1.
 * @param {() => Promise<void>} main
 */
export const runMain = async (main) => {
  try {
    await main();
  } catch (error) {
    say(error instanceof Sentence ? error.message : String(error instanceof Error ? error.stack : error));
    process.exitCode = 1;
  }
};
