import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * How a program ended and what it wrote.
 * @typedef {{ status: number | null, signal: NodeJS.Signals | null, out: string, err: string }} Ended
 */

/**
 * Starts a script with this Node and keeps what it writes; its standard input is `input`, or empty.
 * @param {readonly string[]} words
 * @param {{ cwd?: string, input?: string, env?: Record<string, string>, loud?: boolean }} [options] loud: its standard error is shown as well
 */
export const startProgram = (words, { cwd, input = '', env, loud = false } = {}) => {
  const child = spawn(process.execPath, [...words], { cwd, env: { ...process.env, ...env } });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
    if (loud) process.stderr.write(chunk);
  });
  child.stdin.end(input);
  /** @type {Promise<Ended>} */
  const ended = once(child, 'close').then(([status, signal]) => ({ status, signal, out, err }));
  /**
   * The first match in what it writes to standard output; rejects when it ends without one.
   * @param {RegExp} pattern
   * @returns {Promise<RegExpExecArray>}
   */
  const says = async (pattern) => {
    for (;;) {
      const found = pattern.exec(out);
      if (found) return found;
      const over = await Promise.race([once(child.stdout, 'data').then(() => null), ended]);
      if (over && !pattern.test(out))
        throw new Error(`It ended with ${over.status} before it said ${pattern}: ${over.err}`);
    }
  };
  return { child, ended, says };
};
