import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_SCENE } from '../src/scene/defaults.ts';
import {
  DEFAULT_RECORDING,
  estimatedBytes,
  frameCount,
  RECORDING_FORMATS,
  recordingFault,
  stepOfFrame,
} from '../src/scene/recording.ts';
import { thalweg } from './support/command.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thalweg-record-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('what is asked wrongly is said before anything is drawn', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['no file', [], /--out FILE is missing/],
    ['a name that says nothing', ['--out', 'clip'], /does not say what to write.*\.mp4/],
    ['an unknown format', ['--out', 'clip', '--format', 'mp5'], /Unknown format "mp5"; the nearest is "mp4"/],
    ['an unknown size', ['--out', 'clip.mp4', '--size', '1080'], /Unknown size "1080"; the nearest is "1080p"/],
    ['a size of nothing', ['--out', 'clip.mp4', '--size', '0x90'], /out of range, which is 16 to 8192/],
    ['an odd side', ['--out', 'clip.mp4', '--size', '161x90'], /even sides/],
    ['zero seconds', ['--out', 'clip.mp4', '--seconds', '0'], /--seconds: 0 is out of range/],
    ['a GIF that no player shows', ['--out', 'clip.gif', '--fps', '60'], /it must be from 1 to 50/],
    ['a step beyond the run', ['--out', 'clip.png', '--from', '101'], /out of range, which is 0 to 100/],
    ['half a pixel', ['--out', 'clip.mp4', '--supersampling', '1.5'], /not a whole number/],
  ])('%s', async (_, words, sentence) => {
    const { status, out, err } = await thalweg(
      'record',
      ...words.map((word) => (/^clip/.test(word) ? join(folder, word) : word)),
    );
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(sentence);
    expect(err).toMatch(/^[^\n]*\n$/);
    expect(await readdir(folder)).toEqual([]);
  });

  it('a folder that is not there', async () => {
    const { status, err } = await thalweg('record', '--out', join(folder, 'none', 'clip.mp4'));
    expect(status).toBe(1);
    expect(err).toMatch(/its folder does not exist/);
  });
});

describe('the scene’s time', () => {
  const recording = { ...DEFAULT_RECORDING, fps: 30, seconds: 2, from: 10 };

  it('passes evenly, and ends with the budget', () => {
    const scene = { ...DEFAULT_SCENE, speed: 45, steps: 60 };
    const steps = Array.from({ length: frameCount(recording) }, (_, n) => stepOfFrame(recording, scene, n));
    expect(steps.slice(0, 5)).toEqual([10, 11, 13, 14, 16]);
    expect([steps.length, steps[33], steps[34], steps[59]]).toEqual([60, 59, 60, 60]);
  });

  it('passes in the film’s length where the scene is at its fastest', () => {
    const scene = { ...DEFAULT_SCENE, speed: 0, steps: 128 };
    expect([0, 30, 59].map((n) => stepOfFrame(recording, scene, n))).toEqual([10, 70, 128]);
  });

  it('does not slip where updates a frame are no binary fraction', () => {
    const scene = { ...DEFAULT_SCENE, speed: 7, steps: 1e6 };
    const film = { ...DEFAULT_RECORDING, fps: 70, seconds: 3600, from: 0 };
    for (let n = 0; n < 2e5; n += 10) expect(stepOfFrame(film, scene, n)).toBe(n / 10);
  });
});

it.each(RECORDING_FORMATS)('$id can be recorded as it is by default, and its size is estimated', ({ id, fastest }) => {
  const recording = { ...DEFAULT_RECORDING, format: id, fps: Math.min(30, fastest) };
  expect(recordingFault(recording, DEFAULT_SCENE)).toBeNull();
  expect(estimatedBytes(recording)).toBeGreaterThan(10_000);
});
