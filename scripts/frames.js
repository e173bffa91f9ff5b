import puppeteer from 'puppeteer';
import { SOFTWARE_GPU } from './browser.js';
import { ensureBuilt } from './build.js';
import { ensureBrowser } from './devices.js';
import { runMain, Sentence, say } from './project.js';
import { serve } from './serve.js';
import { framesOf, percentile } from './trace.js';

/**
 * Seconds that are recorded for the times, without three.js and without a profiler, which takes a part of each; then for who took
 * them, with both. Before that the page settles, and between two looks at how quick the machine is there are some, too.
 */
const TIMED = 70;
const PROFILED = 20;
const SETTLE = 8;
const LOOK = 2;

/** The share of frames that own work shall be under so many milliseconds in. */
const SHARE = 0.95;
const LIMIT = 4;

/** Frames below which a percentile says little. */
const ENOUGH = 100;

/** What is recorded: tasks and what happens in them; and samples of the script that runs. */
const TASKS = ['devtools.timeline', 'disabled-by-default-devtools.timeline', '__metadata'];
const SAMPLES = 'disabled-by-default-v8.cpu_profiler';

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

/**
 * Lets three.js render nothing, or again: what remains of the scripts' time is ours alone, exactly.
 * @param {import('puppeteer').Page} page @param {boolean} renders
 */
const letThree = (page, renders) =>
  page.evaluate(async (wanted) => {
    const address = performance.getEntriesByType('resource').find(({ name }) => /\/three-[^/]*\.js$/.test(name))?.name;
    // The same module that the page has.
    const parts = Object.values(await import(/** @type {string} */ (address)));
    const renderer = parts.find(
      (part) => typeof part === 'function' && part.prototype && 'compileAsync' in part.prototype,
    );
    let prototype = renderer.prototype;
    while (!Object.hasOwn(prototype, 'render')) prototype = Object.getPrototypeOf(prototype);
    prototype.rendering ??= prototype.render;
    prototype.render = wanted ? prototype.rendering : () => undefined;
  }, renders);

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
    await letThree(page, false);
    await new Promise((resolve) => setTimeout(resolve, 1000 * SETTLE));
    say(`Eight lanes × 4,096 particles side by side, races and every chart in turn: ${TIMED} seconds are recorded …`);
    await page.evaluate(change);
    /** @param {string[]} categories @param {number} seconds */
    const record = async (categories, seconds) => {
      await page.tracing.start({ categories });
      const slowness = [];
      for (let k = 0; k < seconds; k += LOOK) {
        slowness.push(yardstick() / CYCLES);
        await new Promise((resolve) => setTimeout(resolve, 1000 * LOOK));
      }
      const trace = await page.tracing.stop();
      const found = framesOf(JSON.parse(new TextDecoder().decode(trace)));
      if (found.frames.length === 0) throw new Sentence('No frame was recorded.');
      return { ...found, slowness };
    };
    const { frames, slowness } = await record(TASKS, TIMED);
    if (frames.length < ENOUGH) {
      say(`Only ${frames.length} frames were drawn meanwhile: percentiles of so few say little.`);
    }
    await letThree(page, true);
    const whole = await record([...TASKS, SAMPLES], PROFILED);

    const own = frames.map(({ scripts }) => scripts);
    const late = percentile(own, SHARE);
    say(
      `Own work on the main thread: ${late.toFixed(1)} ms a frame at the 95th percentile, which is ${late < LIMIT ? 'under' : 'not under'} ${LIMIT} ms.`,
    );
    say(
      `Counted, in ${frames.length} frames: CPU time of all scripts of the page, from one frame up to the next: what computes, submits and reads`,
    );
    say(
      'back, judges lanes, races, makes charts and writes into the page. Not counted: three.js, whose render was left out meanwhile; the browser’s',
    );
    say('style, layout, paint and the like; time in which others had the processor. No profiler ran.');
    /** @type {[string, readonly number[]][]} */
    const rows = [
      ['own scripts', own],
      ['with style, layout and paint', frames.map(({ scripts, drawn }) => scripts + drawn)],
      ['with all else of the browser', frames.map(({ scripts, drawn, browser }) => scripts + drawn + browser)],
      ['own scripts, profiler on', whole.frames.map(({ scripts }) => scripts)],
      ['three, profiler on', whole.frames.map(({ three }) => three)],
    ];
    for (const [name, values] of rows) {
      say(
        `${name.padEnd(28)} median ${ms(percentile(values, 0.5))}   95 % ${ms(percentile(values, SHARE))}   most ${ms(Math.max(...values))}`,
      );
    }
    say(`An idle core of 3 GHz would have been ${percentile(slowness, 0.5).toFixed(1)} times as quick meanwhile.`);
    say(
      `Own work by its source, by the profiler’s samples of another ${PROFILED} seconds with three.js, milliseconds a frame:`,
    );
    for (const [name, sum] of whole.sources.slice(0, 12)) {
      say(`${ms(sum / whole.frames.length)}  ${name}`);
    }
  } finally {
    await browser.close();
    await server.close();
  }
});
