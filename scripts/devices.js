import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BROWSER_CACHE, findBrowser } from './browser.js';
import { ROOT, run, Sentence, say } from './project.js';
import { findVulkanDriver, vulkanEnvironment } from './vulkan.js';

/** Asks for an adapter as a person's own program would; status 0 when there is one. */
const ASK_FOR_ADAPTER = `
import { create } from 'webgpu';
const gpu = create([]);
const adapter = await gpu.requestAdapter();
globalThis.kept = [gpu, adapter];
process.exitCode = adapter ? 0 : 1;`;

/** Whether a browser starts at all: one without its libraries does not. On Windows \`--version\` would open a window. @param {string} file */
const starts = async (file) =>
  process.platform === 'win32' || (await run(file, ['--version'], { output: 'nowhere' })) === 0;

const fetchBrowser = async () => {
  const cli = join('node_modules', '@puppeteer', 'browsers', 'lib', 'cjs', 'main-cli.js');
  if (!existsSync(join(ROOT, cli))) return;
  say('Fetching Chrome for the browser tests (once) …');
  const status = await run(process.execPath, [cli, 'install', 'chrome@stable', '--path', BROWSER_CACHE], {
    output: 'nowhere',
  });
  if (status !== 0) say('It could not be fetched.');
};

/** Debian's packages: the browser, and the loader through which WebGPU in Node finds its driver. */
const installDebianPackages = async () => {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  say('Installing Debian’s Chromium for the tests (once) …');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env });
  await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'chromium', 'libvulkan1'], { env });
};

/**
 * A browser for the tests, fetched or installed where there is none.
 * @returns {Promise<string>} its executable
 */
export const ensureBrowser = async () => {
  for (const obtain of [async () => undefined, fetchBrowser, installDebianPackages]) {
    await obtain();
    const found = findBrowser();
    if (found && (await starts(found))) return found;
  }
  throw new Sentence(
    'There is no browser that starts, and none could be fetched: install Chrome or Chromium, or point CHROME_PATH at one, then run npm test again.',
  );
};

/**
 * The environment in which WebGPU works in Node; a driver is fetched or installed where there is none.
 * @returns {Promise<Record<string, string>>}
 */
export const ensureVulkan = async () => {
  for (const obtain of [async () => undefined, fetchBrowser, installDebianPackages]) {
    await obtain();
    for (const driver of [findVulkanDriver(), findVulkanDriver({ card: false })]) {
      const env = { ...vulkanEnvironment(driver), ...driver?.startEnv };
      const status = await run(process.execPath, ['--input-type=module', '--eval', ASK_FOR_ADAPTER], {
        env,
        output: 'nowhere',
      });
      if (status === 0) return env;
    }
  }
  throw new Sentence(
    'WebGPU finds no adapter in Node, and no software driver could be fetched: install a Vulkan driver (Debian: chromium and libvulkan1 bring one), then run npm test again.',
  );
};
