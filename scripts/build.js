import { renameSync, rmSync, statSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withLock } from './lock.js';
import { layWorker } from './offline.js';
import { ensurePackages } from './packages.js';
import { ROOT, run, runMain, Sentence, say } from './project.js';

/** What both parts are made of. */
const SHARED = ['src', 'shaders', 'vite.config.ts', 'package.json', 'package-lock.json'];

/** The two things that are built: where, which file tells that it is there, from what, and by which words to vite. */
export const PARTS = {
  page: {
    folder: 'dist/page',
    file: 'index.html',
    sources: [...SHARED, 'index.html', 'record.html', 'embed.html', 'public'],
    words: [],
  },
  cli: { folder: 'dist/cli', file: 'main.js', sources: SHARED, words: ['--ssr', 'src/cli/main.ts'] },
};

/** @typedef {keyof typeof PARTS} Part */

/** When anything at a path changed last; folders count, since a file that went changes only them. @param {string} path @returns {number} */
const newest = (path) => {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (!facts) return 0;
  if (!facts.isDirectory()) return facts.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), facts.mtimeMs);
};

/** @param {Part} part */
const isFresh = (part) => {
  const { folder, file, sources } = PARTS[part];
  const built = statSync(join(ROOT, folder, file), { throwIfNoEntry: false });
  return built !== undefined && sources.every((source) => newest(join(ROOT, source)) <= built.mtimeMs);
};

/** @param {Part} part */
const build = async (part) => {
  const { folder, file, words } = PARTS[part];
  const started = new Date();
  // Built beside and then renamed: whoever reads the old one meanwhile is not disturbed, and a failed build leaves it.
  const fresh = `${folder}.new`;
  const old = `${folder}.old`;
  const vite = join('node_modules', 'vite', 'bin', 'vite.js');
  const status = await run(process.execPath, [vite, 'build', ...words, '--outDir', fresh, '--logLevel', 'warn']);
  if (status !== 0) throw new Sentence(`The ${part} could not be built: the lines above say where.`);
  if (part === 'page') layWorker(join(ROOT, fresh));
  // As old as its sources were read: a file saved during the build makes it stale.
  utimesSync(join(ROOT, fresh, file), started, started);
  rmSync(join(ROOT, old), { recursive: true, force: true });
  if (statSync(join(ROOT, folder), { throwIfNoEntry: false })) renameSync(join(ROOT, folder), join(ROOT, old));
  renameSync(join(ROOT, fresh), join(ROOT, folder));
  rmSync(join(ROOT, old), { recursive: true, force: true });
};

/**
 * Installs and builds what is missing or older than its sources, and gives the folder of the built part.
 * @param {Part} part
 * @param {{ always?: boolean }} [options]
 * @returns {Promise<string>}
 */
export const ensureBuilt = async (part, { always = false } = {}) => {
  await ensurePackages();
  if (always || !isFresh(part)) {
    await withLock(`build-${part}`, async () => {
      if (!always && isFresh(part)) return;
      say(`Building the ${part} …`);
      await build(part);
    });
  }
  return join(ROOT, PARTS[part].folder);
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runMain(async () => {
    for (const part of /** @type {Part[]} */ (Object.keys(PARTS))) await ensureBuilt(part, { always: true });
  });
}
