import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { ensureBuilt } from '../scripts/build.js';
import { openPage } from './support/browser.ts';

const KILO = 1000;
/** What may be loaded until the page rests, compressed as it is sent. */
const EVERYTHING = 500 * KILO;
/** The project's own part of it: scripts and styles that are no package's. */
const OWN = 150 * KILO;

/** Fonts are compressed already. */
const sizeOf = (file: string): number => {
  const bytes = readFileSync(file);
  return /\.(woff2?|png|jpg|webp)$/.test(file) ? bytes.length : gzipSync(bytes).length;
};

it('a visitor waits for few bytes', async () => {
  const root = await ensureBuilt('page');
  const { page, requests } = await openPage();
  await page.waitForNetworkIdle();
  const sizes = [...new Set(requests.map((address) => new URL(address).pathname))].map((path) => ({
    path,
    bytes: sizeOf(join(root, path === '/' ? 'index.html' : path)),
  }));
  const sum = (some: typeof sizes): number => some.reduce((total, { bytes }) => total + bytes, 0);
  const own = sizes.filter(({ path }) => /\.(js|css)$/.test(path) && !/\/(three|vendor)-/.test(path));
  console.info(sizes.map(({ path, bytes }) => `${(bytes / KILO).toFixed(1).padStart(7)} kB ${path}`).join('\n'));
  expect(own.length).toBeGreaterThan(0);
  expect(sum(sizes)).toBeLessThan(EVERYTHING);
  expect(sum(own)).toBeLessThan(OWN);
});
