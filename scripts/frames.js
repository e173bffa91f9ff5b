import puppeteer from 'puppeteer';
import { SOFTWARE_GPU } from './browser.js';
import { ensureBuilt } from './build.js';
import { ensureBrowser } from './devices.js';
import { runMain, Sentence, say } from './project.js';
import { serve } from './serve.js';
import { framesOf, percentile } from './trace.js';

/** Seconds that are recorded, after so many in which the page settles. */
const SECONDS = 40;
const SETTLE = 4;

/** Milliseconds between two changes: another chart, and now and then another race. */
const CHANGE = 900;

/** Frames below which a percentile says little. */
const ENOUGH = 100;

/** What is recorded: tasks, what happens in them, and samples of the script that runs. */
const CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-v8.cpu_profiler',
  '__metadata',
];

/**
 * Compare at its fullest: eight lanes of 4,096 particles that run, a race that begins anew again and again, every chart in turn.
 * @param {import('puppeteer').Page} page
 */
const fill = async (page) => {
  await page.evaluate(() => {
    const { thalweg } = window;
    if (!thalweg) return;
    const { scene } = thalweg;
    const lanes = [...scene.lanes, ...scene.lanes].slice(0, 8).map((lane, colour) => ({ ...lane, colour }));
    thalweg.scene = {
      ...scene,
      lanes,
      steps: 20_000,
      start: { ...scene.start, count: 4096 },
      picture: { ...scene.picture, views: 'each' },
    };
    thalweg.play();
  });
  await page.waitForSelector('.compare-chart [role="tab"]');
};

/** @param {import('puppeteer').Page} page @param {number} count */
const change = (page, count) =>
  page.evaluate((k) => {
    const tabs = [...document.querySelectorAll('.compare-chart [role="tab"]')];
    /** @type {HTMLElement} */ (tabs[k % tabs.length]).click();
    const { thalweg } = window;
    if (thalweg && k % 8 === 0) {
      // Other starts are another race; the run begins anew with it.
      thalweg.scene = { ...thalweg.scene, seed: k };
      thalweg.play();
    }
  }, count);

/** @param {number} value */
const ms = (value) => `${value.toFixed(2).padStart(7)} ms`;

await runMain(async () => {
  const server = await serve({ root: await ensureBuilt('page'), ports: [0] });
  const browser = await puppeteer.launch({
    executablePath: await ensureBrowser(),
    args: ['--no-sandbox', ...SOFTWARE_GPU],
  });
  try {
    const page = await browser.newPage();
    // Few pixels: a software GPU shall spend its time on frames, not on shading.
    await page.setViewport({ width: 1280, height: 720, deviceScaleFactor: 0.2 });
    await page.goto(server.url);
    await page.waitForFunction(() => document.documentElement.dataset.thalweg === 'ready');
    await fill(page);
    await new Promise((resolve) => setTimeout(resolve, 1000 * SETTLE));
    say(`Eight lanes × 4,096 particles side by side, races and every chart in turn: ${SECONDS} seconds are recorded …`);
    await page.tracing.start({ categories: CATEGORIES });
    for (let k = 1; k * CHANGE < 1000 * SECONDS; k += 1) {
      await change(page, k);
      await new Promise((resolve) => setTimeout(resolve, CHANGE));
    }
    const trace = await page.tracing.stop();
    const { frames, sources } = framesOf(JSON.parse(new TextDecoder().decode(trace)));
    if (frames.length < ENOUGH) {
      say(`Only ${frames.length} frames were drawn meanwhile: percentiles of so few say little.`);
    }
    if (frames.length === 0) throw new Sentence('No frame was recorded.');
    const rows = /** @type {const} */ ([
      ['own', frames.map(({ own }) => own)],
      ['three', frames.map(({ three }) => three)],
    ]);
    say(`${frames.length} frames; main thread, CPU time of a frame and of all tasks up to the next one:`);
    for (const [name, values] of rows) {
      say(
        `${name.padEnd(6)} median ${ms(percentile(values, 0.5))}   95 % ${ms(percentile(values, 0.95))}   most ${ms(Math.max(...values))}`,
      );
    }
    say('Own work by its source, milliseconds a frame:');
    for (const [name, sum] of sources.slice(0, 12)) {
      say(`${ms(sum / frames.length)}  ${name}`);
    }
  } finally {
    await browser.close();
    await server.close();
  }
});
