import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/** The worker that keeps a built page, and what of the page it need not keep: examples to look at, and what only old browsers load. */
const WORKER = 'worker.js';
const LEFT = /^(films|pictures|examples)\/|\.woff$|^worker\.js$/;

/** @param {string | Buffer} content */
const hashOf = (content) => createHash('sha256').update(content).digest('base64');

/**
 * Tells the worker in a folder of a built page which files there are, so that the page can be used without a connection.
 * @param {string} folder
 */
export const layWorker = (folder) => {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.split(sep).join('/'))
    .filter((path) => !LEFT.test(path))
    .sort();
  const files = Object.fromEntries(paths.map((path) => [path, `sha256-${hashOf(readFileSync(join(folder, path)))}`]));
  const text = readFileSync(join(folder, WORKER), 'utf8').replace(/^const BUILD = .*\n/, '');
  const build = { version: hashOf(JSON.stringify(files) + text).slice(0, 12), files };
  writeFileSync(join(folder, WORKER), `const BUILD = ${JSON.stringify(build)};\n${text}`);
};
