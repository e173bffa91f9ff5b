import puppeteer from 'puppeteer';
import { SOFTWARE_GPU } from './browser.js';
import { ensureBuilt } from './build.js';
import { ensureBrowser } from './devices.js';
import { runMain, Sentence, say } from './project.js';
import { serve } from './serve.js';

/** Visits, each by a browser that has never seen the page. */
const VISITS = 5;

/** The window, in CSS pixels. */
const VIEWPORT = { width: 960, height: 540 };

/** What is told of each visit, in milliseconds from the start of the navigation, but for the last two. */
const FACTS = /** @type {const} */ ([
  ['scripts', 'the scripts are here'],
  ['device', 'there is a device'],
  ['ground', 'the first picture is submitted'],
  ['drawn', 'the first picture is drawn: its pipelines are compiled, too'],
  ['ready', 'the lanes are there, their kernels compiled'],
  ['particles', 'the first picture with particles is drawn'],
  ['wait', 'from the scripts to the first picture drawn'],
  ['script', 'CPU time of the page until it is ready: scripts, layout and painting'],
]);

/** @typedef {Record<(typeof FACTS)[number][0], number>} Visit */

/**
 * Notes when the device comes, and when each picture has been drawn: runs in the page, before its own scripts.
 */
const watch = () => {
  /** @type {{ device: number, pictures: number[] }} */
  const seen = { device: Number.NaN, pictures: [] };
  Object.assign(window, { seen });
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (/** @type {GPUDeviceDescriptor | undefined} */ wish) {
    const device = await requestDevice.call(this, wish);
    seen.device = performance.now();
    return device;
  };
  let draws = false;
  for (const name of /** @type {const} */ (['draw', 'drawIndexed'])) {
    const draw = GPURenderPassEncoder.prototype[name];
    GPURenderPassEncoder.prototype[name] = function (/** @type {any[]} */ ...words) {
      draws = true;
      return Reflect.apply(draw, this, words);
    };
  }
  const { submit } = GPUQueue.prototype;
  GPUQueue.prototype.submit = function (/** @type {Iterable<GPUCommandBuffer>} */ buffers) {
    submit.call(this, buffers);
    if (draws && seen.pictures.length < 50) {
      draws = false;
      const number = seen.pictures.push(Number.NaN) - 1;
      this.onSubmittedWorkDone().then(() => {
        seen.pictures[number] = performance.now();
      });
    }
    return undefined;
  };
  new MutationObserver(() => {
    if (document.documentElement.dataset.thalweg === 'ready') performance.mark('ready');
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-thalweg'] });
};

/** @param {string} url @returns {Promise<Visit>} */
const visit = async (url) => {
  const browser = await puppeteer.launch({
    executablePath: await ensureBrowser(),
    headless: true,
    args: ['--no-sandbox', ...SOFTWARE_GPU],
    defaultViewport: VIEWPORT,
  });
  try {
    const [page] = await browser.pages();
    await page.evaluateOnNewDocument(watch);
    await page.goto(url, { waitUntil: 'domcontentloaded' });
    await page.waitForSelector('html[data-thalweg=ready]');
    const { TaskDuration = Number.NaN } = await page.metrics();
    const told = await page.evaluate(async () => {
      const { seen } = /** @type {Window & { seen: { device: number, pictures: number[] } }} */ (
        /** @type {unknown} */ (window)
      );
      const markOf = (/** @type {string} */ name) => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN;
      const ready = markOf('ready');
      const after = () => seen.pictures.find((time) => time > ready);
      while (!after()) await new Promise(requestAnimationFrame);
      const scripts = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType('resource'))
        .filter(({ name, startTime }) => name.endsWith('.js') && startTime < ready)
        .filter(({ name }) => /\/(index|first|page|start|three|vendor)-/.test(name));
      return {
        scripts: Math.max(...scripts.map(({ responseEnd }) => responseEnd)),
        device: seen.device,
        ground: markOf('first picture'),
        drawn: seen.pictures[0],
        ready,
        particles: after() ?? Number.NaN,
      };
    });
    return { ...told, wait: told.drawn - told.scripts, script: 1000 * TaskDuration };
  } finally {
    await browser.close();
  }
};

/** @param {readonly number[]} values */
const medianOf = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

await runMain(async () => {
  const server = await serve({ root: await ensureBuilt('page'), ports: [0] });
  /** @type {Visit[]} */
  const visits = [];
  try {
    for (let k = 0; k < VISITS; k += 1) visits.push(await visit(server.url));
  } catch (error) {
    throw new Sentence(`The page was not seen to start: ${/** @type {Error} */ (error).message}`);
  } finally {
    await server.close();
  }
  say(`${VISITS} first visits, ${VIEWPORT.width} × ${VIEWPORT.height}, on a software GPU; milliseconds: median (least to most)`);
  for (const [key, words] of FACTS) {
    const values = visits.map((one) => one[key]);
    const [least, most] = [Math.min(...values), Math.max(...values)].map(Math.round);
    say(`${String(Math.round(medianOf(values))).padStart(6)}  (${least} to ${most})  ${words}`);
  }
});
