import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filmMemory, filmRows } from '../src/cli/bench/film.ts';
import { boxAt, boxesOf } from './support/boxes.ts';
import { thalweg } from './support/command.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thalweg-record-'));
});
afterAll(() => rm(folder, { recursive: true }));

const SCENE = [
  '--surface',
  'booth',
  '--optimizer',
  'momentum',
  '--set',
  'lr=0.01',
  '--particles',
  '64',
  '--steps',
  '6',
];

test('a film of a run, as long as the run', async () => {
  const out = join(folder, 'clip.mp4');
  const {
    status,
    out: said,
    err,
  } = await thalweg('record', ...SCENE, '--out', out, '--size', '160x90', '--fps', '60', '--supersampling', '1');
  expect([status, said, err]).toEqual([0, '', '']);
  const file = await readFile(out);
  expect(boxesOf(file)[0].type).toBe('ftyp');
  const stts = boxAt(file, 'moov/trak/mdia/minf/stbl/stts');
  expect([stts.readUInt32BE(4), stts.readUInt32BE(8)]).toEqual([1, 6]);
  expect(await readdir(folder)).toEqual(['clip.mp4']);
  await rm(out);
});

test('the bench tells what a frame takes, by what is done for it', async () => {
  const rows = await filmRows(3, 'auto', [160, 90]);
  expect(rows.map(({ id, unit }) => [id, unit])).toEqual(
    ['simulate', 'draw', 'encode', 'wait'].map((part) => [`film-90p60/${part}`, 'ms/frame']),
  );
  for (const { low, median, high } of rows) {
    expect(low).toBeGreaterThanOrEqual(0);
    expect(high).toBeGreaterThan(0);
    expect([low, median, high]).toEqual([low, median, high].sort((a, b) => a - b));
  }
});

test('memory stays flat along a film', async () => {
  const { median } = await filmMemory(90, 'auto', [96, 54]);
  // A picture that is kept, or its planes, would be 8 MiB and more in a thousand frames; the file's own index is 0.4.
  expect(Math.abs(median)).toBeLessThan(4);
});

test('a full disk ends it with a sentence, and without a file', async () => {
  // Where the file is written until it is whole, there is no room.
  await symlink('/dev/full', join(folder, `.clip.zip.${process.pid}.part`));
  const words = [...SCENE, '--size', '160x90', '--seconds', '0.1', '--supersampling', '1'];
  const { status, err } = await thalweg('record', ...words, '--out', join(folder, 'clip.zip'));
  expect([status, err]).toEqual([
    1,
    expect.stringMatching(/^thalweg: Could not write "[^"]*": the disk is full[^\n]*\n$/),
  ]);
  expect(await readdir(folder)).toEqual([]);
});

test('what cannot be done ends with a sentence, and without a file', async () => {
  const { status, err } = await thalweg(
    'record',
    ...SCENE,
    '--out',
    join(folder, 'clip.mp4'),
    '--size',
    '8192x8192',
    '--supersampling',
    '1',
  );
  expect(status).toBe(1);
  expect(err).toMatch(/^thalweg: [^\n]*(allows no|does not encode)[^\n]*choose[^\n]*\n$/);
  expect(await readdir(folder)).toEqual([]);
});
