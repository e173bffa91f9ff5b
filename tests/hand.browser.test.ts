import type { Page } from 'puppeteer';
import { expect, test } from 'vitest';
import { findOptimizer } from '../src/descent/optimizers/index.ts';
import { DEFAULT_SCENE } from '../src/scene/defaults.ts';
import { decodeScene, encodeScene } from '../src/scene/link.ts';
import { pytorchOf } from '../src/scene/pytorch.ts';
import type { Change, Scene } from '../src/scene/scene.ts';
import { openPage, untilSettled } from './support/browser.ts';

/** Small, and slow enough not to end while a hand is at work. */
const SMALL: Scene = { ...DEFAULT_SCENE, start: { ...DEFAULT_SCENE.start, count: 128 }, speed: 10 };

/** The page, at rest at step 0. */
const opened = async (scene: Scene = SMALL) => {
  const page = await openPage({ hash: encodeScene(scene), width: 1280, height: 720, reducedMotion: true });
  await page.page.bringToFront();
  return page;
};

const sceneOf = (page: Page): Promise<Scene> => page.evaluate(() => JSON.parse(JSON.stringify(window.thalweg!.scene)));
const snapshot = (page: Page) => page.evaluate(() => window.thalweg!.snapshot());

/** Waits until the scene is as it shall be: the page takes it in at its next frame. */
const untilScene = (page: Page, holds: string) =>
  page.waitForFunction((text) => JSON.stringify(window.thalweg!.scene).includes(text), {}, holds);

test('typing a formula changes the terrain, and a mistake is marked at its place while the last good one stays', async () => {
  const { page, errors } = await opened();
  await page.click('summary ::-p-text(Formula and region)');
  await page.click('.formula-text', { count: 3 });
  await page.keyboard.type('x^2 + 3*y^2');
  await untilScene(page, '"formula":"x^2 + 3*y^2"');
  const before = await snapshot(page);
  expect(before.lanes[0].losses[0]).toBeCloseTo(before.lanes[0].positions[0][0] ** 2 + 3 * before.lanes[0].positions[0][1] ** 2, 4);
  // Without a space: “x^2 + 3*y^2 ” is a valid formula of its own.
  await page.keyboard.type('+snn(x)');
  const marked = await page.$eval('.formula-backdrop mark', (mark) => mark.textContent);
  expect(marked).toBe('snn');
  expect(await page.$eval('.field-problem', (line) => line.textContent)).toMatch(/snn.*did you mean “sin”/);
  expect((await sceneOf(page)).surface).toMatchObject({ formula: 'x^2 + 3*y^2' });
  expect(await snapshot(page)).toEqual(before);
  expect(errors).toEqual([]);
});

test('a learning rate that is typed, dragged, undone and done again', async () => {
  const { page, errors } = await opened();
  const box = await page.waitForSelector('.lane-first .number-box');
  await box!.click({ count: 3 });
  await page.keyboard.type('0.125');
  await page.keyboard.press('Enter');
  await untilScene(page, '"lr":0.125');
  const slider = await page.$('.lane-first input[type="range"]');
  const { x, y, width, height } = (await slider!.boundingBox())!;
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.25, y + height / 2, { steps: 4 });
  await page.mouse.up();
  const rate = async () => (await sceneOf(page)).lanes[SMALL.selected].hyper.lr;
  const dragged = await rate();
  expect(dragged).toBeLessThan(0.02);
  expect(dragged).toBeGreaterThan(1e-5);
  await page.keyboard.down('Control');
  await page.keyboard.press('z');
  expect(await rate()).toBe(0.125);
  await page.keyboard.press('z');
  expect(await rate()).toBe(SMALL.lanes[SMALL.selected].hyper.lr);
  await page.keyboard.down('Shift');
  await page.keyboard.press('z');
  await page.keyboard.up('Shift');
  await page.keyboard.up('Control');
  expect(await rate()).toBe(0.125);
  expect(errors).toEqual([]);
});

test('keys: steps, restart, play and pause, lanes, views', async () => {
  const { page, errors } = await opened();
  for (let k = 0; k < 3; k += 1) await page.keyboard.press('ArrowRight');
  expect((await snapshot(page)).step).toBe(3);
  await page.keyboard.press('r');
  expect((await snapshot(page)).step).toBe(0);
  await page.keyboard.press('Space');
  await page.waitForSelector('[aria-label="Pause"]');
  await page.keyboard.press('Space');
  await page.waitForSelector('[aria-label="Play"]');
  await page.keyboard.press('2');
  expect((await sceneOf(page)).selected).toBe(1);
  for (const view of ['map', 'profile', '3d']) {
    await page.keyboard.press('v');
    expect((await sceneOf(page)).camera.view).toBe(view);
  }
  // In a field the same keys write.
  await page.click('summary ::-p-text(Formula and region)');
  await page.click('.formula-text');
  await page.keyboard.press('r');
  expect(await page.$eval('.formula-text', (field) => (field as HTMLTextAreaElement).value)).toContain('r');
  expect(errors).toEqual([]);
});

test('a click on the terrain starts a particle in every lane, which belongs to the run', async () => {
  const { page, errors } = await opened();
  await page.evaluate(() => window.thalweg!.step(7));
  await page.mouse.click(640, 330);
  await untilScene(page, '"kind":"particles"');
  const { edits } = await sceneOf(page);
  expect(edits).toHaveLength(1);
  expect(edits[0].step).toBe(7);
  await page.evaluate(() => window.thalweg!.step(5));
  const { lanes } = await snapshot(page);
  expect(lanes.map(({ positions }) => positions.length)).toEqual([129, 129, 129, 129]);
  expect(errors).toEqual([]);
});

test('a drag turns the picture, the wheel comes nearer, a right drag moves it', async () => {
  const { page, errors } = await opened();
  const { camera } = SMALL;
  await page.mouse.move(640, 330);
  await page.mouse.down();
  await page.mouse.move(740, 350, { steps: 4 });
  await page.mouse.up();
  await page.waitForFunction((azimuth) => window.thalweg!.scene.camera.azimuth !== azimuth, {}, camera.azimuth);
  const turned = (await sceneOf(page)).camera;
  expect(turned.azimuth).toBeLessThan(camera.azimuth - 10);
  expect(turned.elevation).toBeGreaterThan(camera.elevation + 2);
  await page.mouse.wheel({ deltaY: -250 });
  await page.waitForFunction(() => window.thalweg!.scene.camera.distance < 1);
  await page.mouse.down({ button: 'right' });
  await page.mouse.move(700, 350, { steps: 4 });
  await page.mouse.up({ button: 'right' });
  await page.waitForFunction(() => Math.hypot(...window.thalweg!.scene.camera.target) > 0.05);
  expect((await sceneOf(page)).edits).toEqual([]);
  expect(errors).toEqual([]);
});

test('the page of optimizers: found by a word, read with its code, and used', async () => {
  const { page, errors } = await opened();
  await page.keyboard.press('o');
  await page.waitForSelector('dialog.optimizers[open]');
  await page.keyboard.type('belief');
  await page.keyboard.press('Enter');
  const read = await page.$eval('.optimizer-read', (article) => ({
    text: (article as HTMLElement).innerText,
    formulas: article.querySelectorAll('.optimizer-rule math').length,
    rows: article.querySelectorAll('.optimizer-hyper tbody tr').length,
  }));
  const { rule, hyper, source } = findOptimizer('adabelief');
  expect(read).toMatchObject({ formulas: rule.length, rows: hyper.length });
  expect(read.text).toContain(source);
  await page.waitForFunction(() => document.querySelector('.optimizer-code')?.textContent?.includes('fn update('));
  await page.click('.optimizer-code-head input[value="reference"]');
  await page.waitForFunction(() => document.querySelector('.optimizer-code')?.textContent?.includes('export const adabelief'));
  await page.click('.optimizer-buttons ::-p-text(Use in this lane)');
  await untilScene(page, '"optimizer":"adabelief"');
  expect((await sceneOf(page)).lanes[SMALL.selected].optimizer).toBe('adabelief');
  await page.keyboard.press('o');
  await page.click('.optimizer-buttons ::-p-text(Add as a lane)');
  await page.waitForFunction(() => window.thalweg!.scene.lanes.length === 5);
  expect(errors).toEqual([]);
});

test('stationary points are listed, looked at and started around, with keys alone', async () => {
  const { page, errors } = await opened();
  await page.focus('.surface-points summary');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelectorAll('.point').length === 9);
  const counts = await page.$eval('.surface-points .fold-summary', (summary) => summary.textContent?.replace(/\s/g, ' '));
  expect(counts).toBe('4 minima, 4 saddles, 1 maximum');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.thalweg!.scene.camera.distance < 1);
  const { camera, domain } = await sceneOf(page);
  expect(domain).toBeNull();
  // One of the four minima, all of which lie far from the middle.
  expect(Math.hypot(...camera.target)).toBeGreaterThan(0.5);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await untilScene(page, '"kind":"particles"');
  const { edits } = await sceneOf(page);
  expect(edits[0].change).toMatchObject({ kind: 'particles' });
  const { points } = edits[0].change as Extract<Change, { kind: 'particles' }>;
  expect(points).toHaveLength(16);
  expect(errors).toEqual([]);
});

test('conditioning is chosen with keys: its numbers come, the fold stays open and the control keeps the focus', async () => {
  const { page, errors } = await opened();
  await page.click('.lil-title ::-p-text(Conditioning)');
  const control = 'aria/Gradient noise[role="combobox"]';
  await page.waitForSelector(control);
  const numbers = (): Promise<string[]> =>
    page.$$eval('.lil-folder .lil-name, .lane-rest .lil-name', (names) =>
      names.filter((name) => (name as HTMLElement).offsetParent !== null).map((name) => name.textContent ?? ''),
    );
  await page.focus(control);
  await page.keyboard.press('ArrowDown');
  await untilScene(page, '"kind":"gaussian"');
  await page.keyboard.press('ArrowDown');
  await untilScene(page, '"kind":"student"');
  expect(await numbers()).toEqual(expect.arrayContaining(['Noise σ', 'Degrees of freedom ν', 'Warm-up']));
  expect(await numbers()).not.toContain('Clipping limit');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SELECT');
  await page.select('.lane-first .quiet-select', 'step');
  await untilScene(page, '"id":"step"');
  expect(await numbers()).toEqual(expect.arrayContaining(['Updates a step', 'Noise σ']));
  expect(errors).toEqual([]);
});

test('a lane is copied as Python', async () => {
  const { page, errors, origin } = await opened();
  await page.browserContext().overridePermissions(origin, ['clipboard-read', 'clipboard-write', 'clipboard-sanitized-write']);
  await page.click('.lane-copy');
  await page.waitForSelector('.notice ::-p-text(Adam is copied as Python for PyTorch.)');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(pytorchOf(SMALL.lanes[SMALL.selected], SMALL.steps));
  expect(errors).toEqual([]);
});

test('a shared link and a reload bring the scene back', async () => {
  const { page, errors } = await opened();
  await page.keyboard.press('3');
  await page.click('aria/Share: copy a link to this scene');
  await page.waitForFunction(() => window.location.hash.length > 1);
  const { scene, problem } = decodeScene(await page.evaluate(() => window.location.hash));
  expect(problem).toBeNull();
  expect(scene).toEqual(await sceneOf(page));
  expect(scene.selected).toBe(2);
  // From here on the address tells nothing: what was left is remembered.
  await page.keyboard.press('4');
  expect(await page.evaluate(() => window.location.hash)).toBe('');
  const left = await sceneOf(page);
  await page.reload({ waitUntil: 'domcontentloaded' });
  await untilSettled(page, errors);
  expect(await sceneOf(page)).toEqual(left);
  // A damaged address changes nothing, and no more does a call that makes no sense.
  await page.evaluate(() => {
    window.location.hash = 's=bale&v=1';
  });
  await page.waitForSelector('.notice ::-p-text(the nearest is beale. The scene stays as it was.)');
  const wrong = () => {
    try {
      window.thalweg!.step(-1);
      return '';
    } catch (error) {
      return String(error);
    }
  };
  expect(await page.evaluate(wrong)).toBe('RangeError: step(updates) takes a whole number, 0 or more; -1 is none.');
  expect(await sceneOf(page)).toEqual(left);
  expect(errors).toEqual([]);
});

test('a page in the background does no work and goes on when it is seen again', async () => {
  const { page, errors } = await opened({ ...SMALL, speed: 100, steps: 100_000 });
  await page.evaluate(() => window.thalweg!.play());
  const other = await page.browserContext().newPage();
  await other.bringToFront();
  await page.waitForFunction(() => document.visibilityState === 'hidden', { polling: 50 });
  const before = (await snapshot(page)).step;
  await other.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const during = (await snapshot(page)).step;
  // Nothing is owed for the time away but a quarter of a second.
  expect(during - before).toBeLessThanOrEqual(26);
  await other.close();
  await page.bringToFront();
  await page.waitForFunction(async (step) => (await window.thalweg!.snapshot()).step > step, { polling: 100 }, during);
  expect(errors).toEqual([]);
});
