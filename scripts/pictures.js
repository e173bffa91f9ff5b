import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer from 'puppeteer';
import { SOFTWARE_GPU } from './browser.js';
import { ensureBuilt } from './build.js';
import { ensureBrowser } from './devices.js';
import { ROOT, runMain, say } from './project.js';
import { serve } from './serve.js';

const FOLDER = join(ROOT, 'public', 'pictures');

/** The pictures of README: what the page shows of a link, after so many updates and when something is there. */
const PICTURES = [
  { name: 'explore-dark', link: '', updates: 44, width: 1920, height: 1080, theme: 'dark', until: '.stage' },
  {
    name: 'compare-dark',
    link: 'views=each&v=1',
    updates: 44,
    width: 1920,
    height: 1080,
    theme: 'dark',
    until: '.board-done',
  },
];

/** Updates between two heartbeats, so that the chart has a curve to show. */
const BEAT = 2;

await runMain(async () => {
  mkdirSync(FOLDER, { recursive: true });
  const server = await serve({ root: await ensureBuilt('page'), ports: [0] });
  const browser = await puppeteer.launch({
    executablePath: await ensureBrowser(),
    args: ['--no-sandbox', ...SOFTWARE_GPU],
  });
  try {
    for (const { name, link, updates, width, height, theme, until } of PICTURES) {
      const page = await browser.newPage();
      await page.setViewport({ width, height });
      await page.emulateMediaFeatures([
        { name: 'prefers-color-scheme', value: theme },
        // At rest from the beginning, with the picture in full resolution.
        { name: 'prefers-reduced-motion', value: 'reduce' },
      ]);
      await page.goto(`${server.url}#${link}`);
      await page.waitForFunction(() => document.documentElement.dataset.thalweg === 'ready');
      await page.evaluate(
        async (steps, beat) => {
          for (let step = 0; step < steps; step += beat) {
            window.thalweg?.step(beat);
            await window.thalweg?.snapshot();
          }
          await window.thalweg?.image();
        },
        updates,
        BEAT,
      );
      await page.waitForSelector(until);
      await page.evaluate(() => new Promise((resolve) => window.requestIdleCallback(resolve)));
      const file = join(FOLDER, `${name}.png`);
      await page.screenshot({ path: /** @type {`${string}.png`} */ (file) });
      say(`${file} is made.`);
      await page.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
});
