import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.js';
import { ROOT, run, Sentence, say } from './project.js';

/** @typedef {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>} Locked */

/** @param {string} file @returns {Locked | null} */
const readLocked = (file) => {
  try {
    return JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages;
  } catch {
    return null;
  }
};

/** Whether what is installed (npm keeps its own list of it) is what the lock file asks for; optional packages may be absent. */
export const packagesInstalled = () => {
  const wanted = readLocked('package-lock.json');
  if (!wanted) throw new Sentence('package-lock.json cannot be read: check out the project again.');
  const installed = readLocked('node_modules/.package-lock.json');
  if (!installed) return false;
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    if (path === '') return true;
    const found = installed[path];
    return found ? found.version === version : optional === true || devOptional === true;
  });
};

/** Fails with a sentence where Node is too old for the project. */
export const checkNode = () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Sentence(
    `Thalweg needs Node 20.19 or newer, and this is ${process.versions.node}: install a newer one from nodejs.org.`,
  );
};

/** npm's own script when npm runs us, so that the same npm installs; else the command. */
const npm = () => {
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js')) return { program: process.execPath, first: [script] };
  // Windows starts .cmd files only through its shell.
  return process.platform === 'win32' ? { program: 'cmd', first: ['/c', 'npm'] } : { program: 'npm', first: [] };
};

/** Installs the packages of the lock file where they are missing or others. */
export const ensurePackages = async () => {
  checkNode();
  if (packagesInstalled()) return;
  await withLock('packages', async () => {
    if (packagesInstalled()) return;
    say('Installing packages (once) …');
    const { program, first } = npm();
    const status = await run(
      program,
      [...first, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--ignore-scripts'],
      {
        env: { PUPPETEER_SKIP_DOWNLOAD: '1' },
      },
    );
    if (status !== 0) {
      throw new Sentence(
        'The packages could not be installed (see npm above): check the network and the free disk space, then try again.',
      );
    }
  });
};
