import puppeteer, { type Browser, type ConsoleMessage, type Page } from 'puppeteer';
import { afterAll, afterEach, beforeEach } from 'vitest';
import { findBrowser, SOFTWARE_GPU } from '../../scripts/browser.js';
import { pageAddress } from './server.ts';

/** A name that leads to the same server, and is no secure origin as 127.0.0.1 is. */
const INSECURE_HOST = 'thalweg.test';

const COMMON = [
  '--no-sandbox',
  // Nothing but the test's own server is reached; who asks for another host fails visibly.
  `--host-resolver-rules=MAP ${INSECURE_HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
];

/** Drawing without WebGPU. */
const WEBGL_ONLY = SOFTWARE_GPU.filter((word) => /angle|swiftshader$/.test(word) && !/vulkan/.test(word));

/** What a page can find when it asks for WebGPU. */
type Way = 'adapter' | 'no-adapter' | 'absent';

/** Switches for each; no switch hides the interface itself, so there a script does before the page's own. */
const SWITCHES: Readonly<Record<Way, readonly string[]>> = {
  adapter: [...COMMON, ...SOFTWARE_GPU],
  'no-adapter': [...COMMON, ...WEBGL_ONLY, '--use-webgpu-adapter=none'],
  absent: [...COMMON, ...WEBGL_ONLY],
};

/** What a test asks of a page. */
export interface PageWish {
  /** Relative to the page's folder, with a query where wanted. */
  readonly path?: string;
  /** What follows the #. */
  readonly hash?: string;
  readonly width?: number;
  readonly height?: number;
  /** true: a software adapter; false: the interface is there and gives no adapter; 'absent': a browser that does not know it. */
  readonly webgpu?: boolean | 'absent';
  /** An origin where the browser hides what it keeps for secure ones. */
  readonly insecure?: boolean;
  readonly theme?: 'light' | 'dark';
  readonly reducedMotion?: boolean;
  readonly touch?: boolean;
  /** Resolve as soon as the document is there, rather than when the page says that it is ready or has failed. */
  readonly early?: boolean;
}

/** An open page and what it did. */
export interface OpenPage {
  readonly page: Page;
  /** Errors on the console and those that nobody caught; policy violations are among them. */
  readonly errors: string[];
  /** Every address that was asked for, data: and blob: apart. */
  readonly requests: string[];
  /** The page's own origin. */
  readonly origin: string;
}

const browsers = new Map<Way, Promise<Browser>>();
const pagesOfTest = new Set<Page>();
let inTest = false;

const browserOf = (way: Way): Promise<Browser> => {
  const known = browsers.get(way);
  if (known) return known;
  const executablePath = findBrowser();
  if (!executablePath)
    throw new Error('No browser: run `npm test`, which finds or fetches one, or point CHROME_PATH at one.');
  const browser = puppeteer.launch({
    executablePath,
    headless: true,
    args: [...SWITCHES[way]],
    protocolTimeout: 180_000,
  });
  browsers.set(way, browser);
  return browser;
};

const textOf = (message: ConsoleMessage): string => {
  const { url, lineNumber } = message.location();
  return url ? `${message.text()} (${url}:${lineNumber ?? 0})` : message.text();
};

/** Opens the built page in a headless browser. A page opened in a test is closed after it, one opened before all tests after the file. */
export const openPage = async (wish: PageWish = {}): Promise<OpenPage> => {
  const { path = '', hash = '', width = 960, height = 540, webgpu = true, theme = 'dark' } = wish;
  const way = webgpu === 'absent' ? webgpu : webgpu ? 'adapter' : 'no-adapter';
  const address = new URL(path, await pageAddress());
  if (wish.insecure) address.hostname = INSECURE_HOST;
  address.hash = hash;
  const browser = await browserOf(way);
  // A context of its own: nothing stored by one test reaches another.
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  if (inTest) pagesOfTest.add(page);
  page.setDefaultTimeout(90_000);
  await page.setViewport({ width, height, hasTouch: wish.touch ?? false, isMobile: wish.touch ?? false });
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: theme },
    { name: 'prefers-reduced-motion', value: wish.reducedMotion ? 'reduce' : 'no-preference' },
  ]);
  if (way === 'absent') await page.evaluateOnNewDocument(() => Reflect.deleteProperty(Navigator.prototype, 'gpu'));
  const errors: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(textOf(message));
  });
  page.on('pageerror', (error) => errors.push(error instanceof Error ? error.message : String(error)));
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url())) requests.push(request.url());
  });
  await page.goto(address.href, { waitUntil: 'domcontentloaded' });
  if (!wish.early) await untilSettled(page, errors);
  return { page, errors, requests, origin: address.origin };
};

/** Waits until the page says that it is ready or has failed. */
export const untilSettled = async (page: Page, errors: readonly string[] = []): Promise<void> => {
  try {
    await page.waitForFunction(() => ['ready', 'failed'].includes(document.documentElement.dataset.thalweg ?? ''));
  } catch (error) {
    throw new Error(`The page became neither ready nor failed. Its errors:\n${errors.join('\n') || 'none'}`, {
      cause: error,
    });
  }
};

beforeEach(() => {
  inTest = true;
});

afterEach(async () => {
  inTest = false;
  const pages = [...pagesOfTest];
  pagesOfTest.clear();
  await Promise.all(pages.map((page) => page.browserContext().close()));
});

afterAll(async () => {
  const open = await Promise.allSettled(browsers.values());
  browsers.clear();
  await Promise.all(open.map((result) => (result.status === 'fulfilled' ? result.value.close() : undefined)));
});
