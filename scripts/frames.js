import puppeteer from 'puppeteer';
import { SOFTWARE_GPU } from './browser.js';
import { ensureBuilt } from './build.js';
import { ensureBrowser } from './devices.js';
import { runMain, Sentence, say } from './project.js';
import { serve } from './serve.js';
import { framesOf, percentile } from './trace.js';

/** Seconds that are recorded, after so many in which the page settles, and between two looks at how quick the machine is. */
const SECONDS = 80;
const SETTLE = 4;
const LOOK = 2;

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
      steps: 2400,
      start: { ...scene.start, count: 4096 },
      picture: { ...scene.picture, views: 'each' },
    };
    thalweg.play();
  });
  await page.waitForSelector('.compare-chart [role="tab"]');
};

/**
 * Lets the GPU draw nothing, though all is computed, encoded and submitted: a software GPU would need so long for each picture that
 * frames were few and far between, and much would come together in one of them.
 */
const blind = () => {
  for (const name of /** @type {const} */ (['draw', 'drawIndexed', 'drawIndirect', 'drawIndexedIndirect'])) {
    GPURenderPassEncoder.prototype[name] = () => undefined;
  }
};

/** Changes what is shown once in so many frames, about once a second where all goes well: another chart, every other time another race. */
const change = () => {
  const EVERY = 60;
  let count = 0;
  const frame = () => {
    count += 1;
    if (count % EVERY === 0) {
      const tabs = [...document.querySelectorAll('.compare-chart [role="tab"]:not([hidden])')];
      /** @type {HTMLElement} */ (tabs[(count / EVERY) % tabs.length]).click();
      const { thalweg } = window;
      if (thalweg && count % (2 * EVERY) === 0) {
        // Other starts are another race; the run begins anew with it.
        thalweg.scene = { ...thalweg.scene, seed: count };
        thalweg.play();
      }
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
};

/** Steps of a yardstick, each of which waits for the one before: 6 cycles, 2 ns on a core of 3 GHz that has nothing else to do. */
const STEPS = 4_000_000;
const CYCLES = 6e-9 / 3;

/** Seconds of CPU time of a step of the yardstick now: it shows how quick the machine is, and what else it does. */
const yardstick = () => {
  const before = process.cpuUsage();
  let x = 1;
  for (let k = 0; k < STEPS; k += 1) x = (Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) + k) | 0;
  const { user } = process.cpuUsage(before);
  return user / 1e6 / STEPS + 0 * x;
};

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
    await page.setViewport({ width: 1280, height: 720, deviceScaleFactor: 0.2 });
    await page.evaluateOnNewDocument(blind);
    await page.goto(server.url);
    await page.waitForFunction(() => document.documentElement.dataset.thalweg === 'ready');
    await fill(page);
    await new Promise((resolve) => setTimeout(resolve, 1000 * SETTLE));
    say(`Eight lanes × 4,096 particles side by side, races and every chart in turn: ${SECONDS} seconds are recorded …`);
    await page.tracing.start({ categories: CATEGORIES });
    const slowness = [];
    await page.evaluate(change);
    for (let k = 0; k < SECONDS; k += LOOK) {
      slowness.push(yardstick() / CYCLES);
      await new Promise((resolve) => setTimeout(resolve, 1000 * LOOK));
    }
    const trace = await page.tracing.stop();
    const { frames, sources } = framesOf(JSON.parse(new TextDecoder().decode(trace)));
    if (frames.length < ENOUGH) {
      say(`Only ${frames.length} frames were drawn meanwhile: percentiles of so few say little.`);
    }
    if (frames.length === 0) throw new Sentence('No frame was recorded.');
    /** @type {[string, (frame: (typeof frames)[number]) => number][]} */
    const rows = [
      ['own scripts', ({ scripts }) => scripts],
      ['with style, layout and paint', ({ scripts, drawn }) => scripts + drawn],
      ['with all else of the browser', ({ scripts, drawn, browser }) => scripts + drawn + browser],
      ['three', ({ three }) => three],
    ];
    const times = percentile(slowness, 0.5);
    say(`${frames.length} frames; main thread, CPU time of a frame and of all tasks up to the next one:`);
    for (const [name, of] of rows) {
      const values = frames.map(of);
      say(`${name.padEnd(28)} median ${ms(percentile(values, 0.5))}   95 % ${ms(percentile(values, 0.95))}   most ${ms(Math.max(...values))}`);
    }
    say(`An idle core of 3 GHz would have been ${times.toFixed(1)} times as quick meanwhile.`);
    say('Own work by its source, milliseconds a frame:');
    for (const [name, sum] of sources.slice(0, 12)) {
      say(`${ms(sum / frames.length)}  ${name}`);
    }
  } finally {
    await browser.close();
    await server.close();
  }
});
