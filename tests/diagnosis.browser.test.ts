import type { Page } from 'puppeteer';
import { expect, test } from 'vitest';
import { DEFAULT_SCENE, newLane } from '../src/scene/defaults.ts';
import { encodeScene } from '../src/scene/link.ts';
import type { Scene } from '../src/scene/scene.ts';
import { openPage } from './support/browser.ts';

/** Curvatures 2 and 18: at 0.997 of 2/18 gradient descent goes to and fro, and hardly lower. */
const SICK: Scene = {
  ...DEFAULT_SCENE,
  surface: { formula: 'x^2 + 9*y^2', params: {} },
  lanes: [{ ...newLane('gd', 0), hyper: { lr: (0.997 * 2) / 18 } }, newLane('adam', 3)],
  selected: 0,
  start: { count: 64, spawn: 'uniform', points: [] },
  steps: 200,
};

const run = (page: Page, updates: number) =>
  page.evaluate(async (n) => {
    for (let k = 0; k < n; k += 10) {
      window.thalweg!.step(10);
      await window.thalweg!.snapshot();
    }
  }, updates);

const textOf = (page: Page, selector: string): Promise<string[]> =>
  page.$$eval(selector, (found) => found.map((one) => one.textContent ?? ''));

test('a sick lane is named while it runs, and a cure starts it again beside itself, cured', async () => {
  const { page, errors } = await openPage({ hash: encodeScene(SICK), width: 1280, height: 720, reducedMotion: true });
  await run(page, 60);
  const pill = await page.waitForSelector('.verdict-pill:not([hidden])');
  const told = await pill!.evaluate((element) => element.textContent ?? '');
  expect(told).toMatch(/Gradient descent oscillating across a valley/);
  // By hand: the rate times 18, of which 2 is the most.
  expect(told).toContain('η × sharpness 2.0 of 2.0');
  expect(await textOf(page, '.lane .verdict-slot')).toEqual([
    expect.stringMatching(/^oscillating/),
    expect.any(String),
  ]);

  await page.click('.verdict-fix');
  await page.waitForSelector('.diagnosis-card:popover-open');
  expect((await textOf(page, '.diagnosis-evidence tbody tr')).length).toBeGreaterThan(2);
  await page.click('.diagnosis-go button');
  await page.waitForFunction(() => document.querySelectorAll('.diagnosis-answers li').length === 5);
  const answers = await page.$$eval('.diagnosis-answers li', (items) =>
    items.map((item) => (item as HTMLElement).dataset.answer),
  );
  // At the very edge the loss falls a little; a tenth of the rate is stable; a higher one is not better.
  expect(answers).toEqual(['yes', 'no', 'yes', 'no', 'does not apply']);

  await page.click('.diagnosis-cure button');
  await page.waitForSelector('.cell .verdict-slot');
  const cured: Scene = await page.evaluate(() => JSON.parse(JSON.stringify(window.thalweg!.scene)));
  expect(cured.lanes.map(({ name, on }) => [name, on])).toEqual([
    ['Before: Gradient descent', true],
    ['After: Gradient descent', true],
    [undefined, false],
  ]);
  expect(cured.lanes[1].hyper.lr).toBeCloseTo(SICK.lanes[0].hyper.lr / 2, 3);
  expect(cured.picture.views).toBe('each');
  await page.evaluate(() => window.thalweg!.pause());
  await run(page, 120);
  await page.waitForFunction(() => {
    const said = [...document.querySelectorAll('.cell .verdict-slot')].map((slot) => slot.textContent ?? '');
    return /^oscillating/.test(said[0] ?? '') && /^arrived/.test(said[1] ?? '');
  });

  // One step back is all of it.
  await page.keyboard.down('Control');
  await page.keyboard.press('z');
  await page.keyboard.up('Control');
  await page.waitForFunction(() => window.thalweg!.scene.picture.views === 'one');
  expect(await page.evaluate(() => window.thalweg!.scene.lanes.length)).toBe(2);
  expect(errors).toEqual([]);
});
