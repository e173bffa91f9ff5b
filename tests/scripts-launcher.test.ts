import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { version } from '../package.json';
import { ensureBuilt } from '../scripts/build.js';
import { startProgram } from '../scripts/program.js';
import { ROOT } from '../scripts/project.js';

const LAUNCHER = join(ROOT, 'bin', 'thalweg.js');
let elsewhere: string;

beforeAll(async () => {
  elsewhere = mkdtempSync(join(tmpdir(), 'thalweg-launcher-'));
  await ensureBuilt('cli');
}, 120_000);

afterAll(() => rmSync(elsewhere, { recursive: true }));

it('answers on standard output alone, from any folder', async () => {
  const { status, out, err } = await startProgram([LAUNCHER, '--version'], { cwd: elsewhere }).ended;
  expect({ status, out, err }).toEqual({ status: 0, out: `${version}\n`, err: '' });
});

it('can be started through a link', async () => {
  const link = join(elsewhere, 'thalweg');
  symlinkSync(LAUNCHER, link);
  const { status, out } = await startProgram([link, '--version'], { cwd: elsewhere }).ended;
  expect({ status, out }).toEqual({ status: 0, out: `${version}\n` });
});

it('passes words and exit status through', async () => {
  const { status, out, err } = await startProgram([LAUNCHER, 'lst', '--format=json'], { cwd: elsewhere }).ended;
  expect(status).toBe(2);
  expect(out).toBe('');
  expect(err).toContain('lst');
  expect(err.trim().split('\n')).toHaveLength(1);
});

it('finds a GPU driver for the command', async () => {
  const words = ['run', '--surface', 'himmelblau', '--optimizer', 'gd', '--steps', '2', '--device', 'gpu'];
  // As a person calls it, whose shell has none of what the tests were started with.
  const env = { VK_ICD_FILENAMES: '', VK_ADD_DRIVER_FILES: '', LD_LIBRARY_PATH: '' };
  const { status, out, err } = await startProgram([LAUNCHER, ...words], { cwd: elsewhere, env }).ended;
  expect(err).toBe('');
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ device: 'gpu' });
});
