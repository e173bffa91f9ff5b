import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureBuilt } from '../scripts/build.js';
import { layWorker } from '../scripts/offline.js';
import { serve } from '../scripts/serve.js';
import { openPage, untilSettled } from './support/browser.ts';

/** A folder that a server has, and the page in a folder of it. */
let root = '';
let folder = '';
let server: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'thalweg-offline-'));
  folder = join(root, 'some', 'where');
  cpSync(await ensureBuilt('page'), folder, { recursive: true });
  server = await serve({ root, ports: [0] });
});

afterAll(async () => {
  await server.close();
  rmSync(root, { recursive: true, force: true });
});

const again = async (): Promise<void> => {
  server = await serve({ root, ports: [Number(new URL(server.url).port)] });
};

const reload = async (page: Page): Promise<void> => {
  await page.reload({ waitUntil: 'domcontentloaded' });
  await untilSettled(page);
};

/** Asks for the newest worker and tells, when it has kept its build or has failed to, what is kept. */
const updated = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const next = await registration.update().then(() => registration.installing ?? registration.waiting);
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (!next || next.state === 'activated' || next.state === 'redundant') resolve();
      };
      next?.addEventListener('statechange', look);
      look();
    });
    return caches.keys();
  });

it('after a visit the page is there without its server, and a new build is there at once, whole or not at all', async () => {
  const { page } = await openPage({ path: `${server.url}some/where/` });
  // The browser is told to keep it when there is time.
  await page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active?.state));
  const first = await updated(page);
  expect(first).toHaveLength(1);

  await server.close();
  await reload(page);
  expect(await page.evaluate(() => document.documentElement.dataset.thalweg)).toBe('ready');
  expect(await page.evaluate(async () => (await window.thalweg?.image())?.size)).toBeGreaterThan(1000);
  // What is loaded when it is used is there, too.
  await page.keyboard.press('?');
  await page.waitForSelector('dialog[open]');

  await again();
  const index = join(folder, 'index.html');
  const changed = readFileSync(index, 'utf8').replace('<title>Thalweg</title>', '<title>Another build</title>');
  writeFileSync(index, changed);
  layWorker(folder);
  await reload(page);
  expect(await page.title()).toBe('Another build');
  const second = await updated(page);
  expect(second).toHaveLength(2);
  await server.close();
  await reload(page);
  expect(await page.title()).toBe('Another build');

  await again();
  writeFileSync(index, changed.replace('Another build', 'A third'));
  layWorker(folder);
  // As when a build is replaced while it is being fetched.
  appendFileSync(index, '<!-- of a fourth -->');
  expect(await updated(page)).toEqual(second);
  await server.close();
  await reload(page);
  expect(await page.title()).toBe('Another build');
  await again();
});
