import { expect, test } from 'vitest';
import { DEFAULT_SCENE } from '../src/scene/defaults.ts';
import { encodeScene } from '../src/scene/link.ts';
import type { Scene } from '../src/scene/scene.ts';
import { openPage } from './support/browser.ts';

/** Small enough for a software GPU and for the CPU; it rests at its start. */
const SMALL: Scene = { ...DEFAULT_SCENE, start: { ...DEFAULT_SCENE.start, count: 128 }, speed: 30 };

const FIELD = '.update-field textarea';

test('a built-in optimizer is opened as text and goes on as it went; a mistake is marked while the last good one runs', async () => {
  const { page, errors } = await openPage({ webgpu: true, hash: encodeScene(SMALL), reducedMotion: true });
  const optimizer = () => page.evaluate((i) => window.thalweg!.scene.lanes[i].optimizer, SMALL.selected);
  const medianAfter = (updates: number) =>
    page.evaluate(
      async ([n, i]) => {
        window.thalweg!.reset();
        window.thalweg!.step(n);
        return (await window.thalweg!.snapshot()).lanes[i].median;
      },
      [updates, SMALL.selected] as const,
    );
  const built = await medianAfter(40);
  await page.click('.rule-whole');
  await page.click('.rule-all .button');
  await page.waitForSelector(FIELD, { visible: true });
  expect(await optimizer()).toMatchObject({ update: expect.stringContaining('v = beta2*v') });
  // The same recurrence, in another order of operations in float32.
  expect(Math.abs((await medianAfter(40)) / built - 1)).toBeLessThan(1e-3);

  const good = 'm = b*m + (1-b)*g; w = w - 0.1lr*m';
  await page.click(FIELD);
  await page.$eval(FIELD, (field) => (field as HTMLTextAreaElement).select());
  await page.keyboard.type(good);
  await page.waitForFunction((text) => JSON.stringify(window.thalweg!.scene).includes(text), {}, good);
  expect(await page.$$eval('.lane-first .number-box', (boxes) => boxes.length)).toBe(2);
  await page.keyboard.sendCharacter('*sqr(m)');
  expect(await page.$eval('.update-field mark', (mark) => mark.textContent)).toBe('sqr');
  expect(await page.$eval('.update-field .field-problem', (line) => line.textContent)).toMatch(/did you mean “sqrt”/);
  expect(await optimizer()).toEqual({ update: good });
  expect(await medianAfter(10)).toBeLessThan(1000);
  expect(errors).toEqual([]);
});

test('an optimizer of one’s own is added as a lane, and its slider is felt', async () => {
  const { page, errors } = await openPage({ webgpu: false, hash: encodeScene(SMALL), reducedMotion: true });
  await page.select('.lane-add-select', 'update');
  await page.waitForSelector(FIELD, { visible: true });
  expect(await page.$eval(FIELD, (field) => (field as HTMLTextAreaElement).value)).toContain('w = w - lr*m');
  const boxes = await page.$$('.lane-first .number-box');
  await boxes[1].click({ count: 3 });
  await page.keyboard.type('0.5');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.thalweg!.scene.lanes[4].hyper.b === 0.5);
  await page.evaluate(() => window.thalweg!.step(5));
  expect(await page.$$eval('.rule-lines math', (all) => all.length)).toBe(2);
  expect(await page.evaluate(() => document.querySelectorAll('[data-tex]:not(:has(math))').length)).toBe(0);
  expect(errors).toEqual([]);
});
