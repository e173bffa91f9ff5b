import { accessSync, constants, existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { ROOT } from './project.js';

/** Where a fetched browser is kept. */
export const BROWSER_CACHE = join(ROOT, '.cache', 'browsers');

/** What a headless browser needs to draw, and to offer WebGPU, on the software driver that it brings: each is needed. */
export const SOFTWARE_GPU = [
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
];

const NAMES = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome', 'microsoft-edge'];

/** Where installers put a browser that is not on the path. */
const PLACES = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    .map((name) => process.env[name])
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      join(folder, 'Google/Chrome/Application/chrome.exe'),
      join(folder, 'Microsoft/Edge/Application/msedge.exe'),
    ]),
  linux: [
    '/opt/google/chrome/chrome',
    '/usr/lib/chromium/chromium',
    '/usr/lib64/chromium-browser/chromium-browser',
    '/snap/bin/chromium',
  ],
};

/** @param {string} file */
const runnable = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Browsers that @puppeteer/browsers put into the cache: chrome/PLATFORM-VERSION/chrome-PLATFORM/chrome. */
const fetchedBrowsers = () => {
  if (!existsSync(BROWSER_CACHE)) return [];
  return readdirSync(BROWSER_CACHE, { recursive: true, encoding: 'utf8' })
    .filter((file) => /[\\/](chrome|chrome\.exe|Google Chrome for Testing)$/.test(file))
    .map((file) => join(BROWSER_CACHE, file));
};

/** Everything that may be a browser, the wished one first. */
const candidates = () => [
  ...(process.env.CHROME_PATH ? [process.env.CHROME_PATH] : []),
  ...(PLACES[/** @type {keyof typeof PLACES} */ (process.platform)] ?? []),
  ...(process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name))),
  ...fetchedBrowsers(),
];

/**
 * The executable of an installed Chrome or Chromium: CHROME_PATH, the usual places, the path, the one that was fetched; or null.
 * @returns {string | null}
 */
export const findBrowser = () => candidates().find(runnable) ?? null;

/** Folders that hold a browser's own files; where the command is a script, as in Debian and in snaps, they are known by name. */
export const browserFolders = () => [
  ...new Set([
    ...candidates()
      .filter(runnable)
      .map((file) => dirname(realpathSync(file))),
    '/usr/lib/chromium',
    '/snap/chromium/current/usr/lib/chromium-browser',
  ]),
];
