import type { Page } from 'puppeteer';
import { expect, test } from 'vitest';
import { boxAt, boxesOf } from './support/boxes.ts';
import { openPage } from './support/browser.ts';

const HASH = 'n=16&l=(adam)&steps=6&v=1';

/** Types a number into a field of the dialog. */
async function type(page: Page, label: string, value: number): Promise<void> {
  await page.evaluate(
    (name, text) => {
      const field = document.querySelector<HTMLInputElement>(`dialog.record input[aria-label="${name}"]`)!;
      field.value = text;
      field.dispatchEvent(new Event('change'));
    },
    label,
    String(value),
  );
}

/** Opens the dialog and asks for a small film. */
async function ask(page: Page): Promise<void> {
  await page.locator('.button-record').click();
  await page.waitForSelector('dialog.record[open]');
  await type(page, 'Width in pixels', 160);
  await type(page, 'Height in pixels', 90);
  await page.evaluate(() => document.querySelector<HTMLInputElement>('dialog.record input[value="1"]')!.click());
}

const record = (page: Page) => page.evaluate(() => document.querySelector<HTMLButtonElement>('.record-begin')!.click());

const notice = async (page: Page, sentence: RegExp): Promise<void> => {
  await page.waitForFunction(
    (words) => new RegExp(words).test(document.querySelector('.notices')?.textContent ?? ''),
    {},
    sentence.source,
  );
};

/** In place of the browser's own dialog a file that writes down what is done to it. */
const withFile = (page: Page, room: number) =>
  page.evaluate((bytes) => {
    const done: string[] = [];
    let size = 0;
    Object.assign(window, {
      fileDone: done,
      showSaveFilePicker: async () => ({
        createWritable: async () => ({
          async write({ data }: { data: Uint8Array }) {
            size += data.length;
            if (size > bytes) throw new DOMException('full', 'QuotaExceededError');
          },
          close: async () => void done.push('closed'),
          abort: async () => void done.push('aborted'),
        }),
        getFile: async () => new File([], ''),
        remove: async () => void done.push('removed'),
      }),
    });
  }, room);

const fileDone = (page: Page) => page.evaluate(() => (window as unknown as { fileDone: string[] }).fileDone);

test('the dialog records, whatever becomes of the window, and keeps no file of what was ended or did not fit', async () => {
  const { page, errors } = await openPage({ hash: HASH, reducedMotion: true });
  await page.evaluate(() => {
    Reflect.deleteProperty(window, 'showSaveFilePicker');
    const { createObjectURL } = URL;
    URL.createObjectURL = (blob) => {
      Object.assign(window, { saved: blob });
      return createObjectURL.call(URL, blob);
    };
  });
  await ask(page);
  expect(await page.$eval('.record-summary', (element) => element.textContent)).toMatch(
    /^6 frames, steps 0 to 5; about [\d.]+ kB\.$/,
  );
  // Title, captions, overlays and the camera's path belong to the scene.
  const said = await page.evaluate(() => {
    const write = (field: HTMLInputElement | HTMLTextAreaElement, text: string): string => {
      field.value = text;
      field.dispatchEvent(new Event('input'));
      return document.querySelector('.record-fold .field-problem')!.textContent!;
    };
    const dialog = document.querySelector('dialog.record')!;
    write(dialog.querySelector<HTMLInputElement>('.record-fold input[type="text"]')!, 'Six steps');
    const captions = dialog.querySelector('textarea')!;
    const problems = [write(captions, '0-1'), write(captions, '0-1 Down')];
    dialog.querySelector<HTMLInputElement>('input[value="step"]')!.click();
    [...dialog.querySelectorAll('button')].find(({ textContent }) => textContent === 'Once around')!.click();
    const { title, captions: lines, overlays, path } = window.thalweg!.scene.film;
    return { problems, title, lines, overlays, turn: path[1].azimuth - path[0].azimuth };
  });
  expect(said).toEqual({
    problems: [expect.stringMatching(/^Line 1: write seconds and text/), ''],
    title: 'Six steps',
    lines: [{ from: 0, to: 1, text: 'Down' }],
    overlays: ['step'],
    turn: 360,
  });
  // A frame of it can be looked at beforehand.
  await page.evaluate(() => {
    const slider = document.querySelector<HTMLInputElement>('.record-slide input')!;
    slider.value = '500';
    slider.dispatchEvent(new Event('input'));
  });
  await page.waitForSelector('.record-look canvas:not([hidden])');
  // Views and captions are dragged along the film's time, moved by keys, and kept at the moment that is looked at.
  const film = () => page.evaluate(() => window.thalweg!.scene.film);
  const before = await film();
  await page.evaluate(() => document.querySelector<HTMLButtonElement>('.timeline button')!.click());
  expect((await film()).path.map(({ at }) => at)).toEqual([before.path[0].at, expect.closeTo(before.path[1].at / 2, 1), before.path[1].at]);
  await page.$eval('.timeline', (element) => element.scrollIntoView({ block: 'center' }));
  const caption = (await (await page.$('.timeline-caption'))!.boundingBox())!;
  await page.mouse.move(caption.x + caption.width - 2, caption.y + 5);
  await page.mouse.down();
  await page.mouse.move(caption.x + caption.width / 2, caption.y + 5);
  await page.mouse.up();
  // It lasts beyond the film of a tenth of a second, which is as wide as it: half of that, to the hundredth that is kept.
  expect(before.captions[0].to - (await film()).captions[0].to).toBeCloseTo(0.05, 1.7);
  await page.focus('.timeline-view:nth-child(2)');
  await page.keyboard.press('Delete');
  expect((await film()).path).toEqual(before.path);
  await record(page);
  await page.setViewport({ width: 700, height: 500 });
  await notice(page, /The recording is saved/);
  const base64 = await page.evaluate(async () => {
    const bytes = new Uint8Array(await (window as unknown as { saved: Blob }).saved.arrayBuffer());
    return btoa(String.fromCharCode(...bytes));
  });
  const file = Buffer.from(base64, 'base64');
  expect(boxesOf(file)[1].type).toBe('moov');
  expect(boxAt(file, 'moov/trak/mdia/minf/stbl/stts').readUInt32BE(8)).toBe(6);

  // What cannot be recorded is said where it is asked for.
  await ask(page);
  await type(page, 'Width in pixels', 161);
  expect(await page.$eval('.record-summary', (element) => element.textContent)).toMatch(/even sides/);
  expect(await page.$eval('.record-begin', (element) => (element as HTMLButtonElement).disabled)).toBe(true);

  await withFile(page, 100);
  await type(page, 'Width in pixels', 160);
  await record(page);
  await notice(page, /The disk is full/);
  expect(await fileDone(page)).toEqual(['aborted', 'removed']);

  await withFile(page, 1e9);
  await ask(page);
  await type(page, 'Length in seconds', 60);
  await record(page);
  await page.waitForFunction(() =>
    /^Frame \d+ of 3600; /.test(document.querySelector('.record-state')?.textContent ?? ''),
  );
  await page.evaluate(() => [...document.querySelectorAll<HTMLButtonElement>('.record-work button')].at(-1)!.click());
  await notice(page, /was ended; nothing is saved/);
  expect(await fileDone(page)).toEqual(['aborted', 'removed']);
  expect(errors).toEqual([]);
});
