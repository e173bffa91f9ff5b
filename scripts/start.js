import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt, PARTS } from './build.js';
import { ROOT, runMain, Sentence, say } from './project.js';
import { serve } from './serve.js';

const USAGE = `npm start [-- OPTIONS]     installs and builds what is missing, serves the page and opens it
  --port N     this port only (default: 5173, or the next free one)
  --host H     the address to listen at (default: 127.0.0.1, which only this machine reaches)
  --no-open    open no browser
  --as-built   serve the last build as it is`;

const FIRST_PORT = 5173;

const readOptions = () => {
  try {
    return parseArgs({
      options: {
        port: { type: 'string' },
        host: { type: 'string', default: '127.0.0.1' },
        'no-open': { type: 'boolean', default: false },
        'as-built': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new Sentence(`${/** @type {Error} */ (error).message}\n${USAGE}`);
  }
};

/** The ports to try, in order. @param {string | undefined} word */
const portsOf = (word) => {
  if (word === undefined) return [...Array.from({ length: 10 }, (_, i) => FIRST_PORT + i), 0];
  const port = Number(word);
  if (/^\d+$/.test(word) && port <= 65535) return [port];
  throw new Sentence(`--port takes a whole number from 0 to 65535, not "${word}".`);
};

/** The command that opens an address in the person's browser, or null where nobody would see it. */
const opener = () => {
  if (process.env.CI) return null;
  if (process.platform === 'darwin') return ['open'];
  if (process.platform === 'win32') return ['cmd', '/c', 'start', ''];
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? ['xdg-open'] : null;
};

/** @param {string} url */
const openBrowser = (url) => {
  const [program, ...args] = opener() ?? [];
  if (!program) return;
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => say('No browser could be opened from here: open the address yourself.'));
  child.unref();
};

/** The last build, whatever its age. */
const lastBuild = () => {
  const folder = join(ROOT, PARTS.page.folder);
  if (existsSync(folder)) return folder;
  throw new Sentence('There is no build to serve yet: run npm run build first.');
};

await runMain(async () => {
  const options = readOptions();
  if (options.help) {
    say(USAGE);
    return;
  }
  const ports = portsOf(options.port);
  const root = options['as-built'] ? lastBuild() : await ensureBuilt('page');
  const server = await serve({ root, host: options.host, ports }).catch((error) => {
    throw new Sentence(
      `Port ${options.port ?? FIRST_PORT} of ${options.host} cannot be had (${error.code}): name another one with --port.`,
    );
  });
  process.stdout.write(`Thalweg is at ${server.url} (Ctrl-C ends it)\n`);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => server.close().then(() => process.exit(0)));
  }
  if (!options['no-open']) openBrowser(server.url);
});
