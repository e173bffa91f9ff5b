import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SpareTime } from '../src/ui/spare-time.ts';

let clock = 0;
beforeEach(() => {
  clock = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => clock);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** A work that always has more to do: slices of so many milliseconds, counted. */
function endless(milliseconds: number) {
  const work = {
    done: 0,
    slice: (): boolean => {
      work.done += 1;
      clock += milliseconds;
      return true;
    },
  };
  return work;
}

test('a frame takes no more than it has to spare, once it is known how long slices take', () => {
  const works = [endless(0.05), endless(0.2), endless(0.4)];
  const spare = new SpareTime(works.map(({ slice }) => slice));
  for (let k = 0; k < 50; k += 1) {
    spare.frame(16, 0.5);
  }
  for (let k = 0; k < 50; k += 1) {
    const began = clock;
    spare.frame(16, 0.5);
    // 0.9 ms are the page’s own; what is usual of a work comes nearer to 0.4 from below.
    expect(clock - began).toBeLessThanOrEqual(0.4 + 1e-3);
  }
});

test('all come in turn where there is hardly any time, what is too long is paid for, and what has nothing to do is passed over', () => {
  const [quick, slow] = [endless(0.01), endless(5)];
  let asked = 0;
  const idle = (): boolean => {
    asked += 1;
    return false;
  };
  const spare = new SpareTime([quick.slice, idle, slow.slice]);
  for (let k = 0; k < 1000; k += 1) {
    spare.frame(16, 9);
  }
  // A thousand frames of 16 ms have 160 ms to spare, and the last slice may be longer.
  expect(clock).toBeLessThanOrEqual(160 + 5);
  expect(slow.done).toBeGreaterThan(10);
  expect(quick.done).toBeGreaterThan(10);
  expect(asked).toBeGreaterThanOrEqual(20);
  const before = asked;
  new SpareTime([idle]).frame(16, 0);
  expect(asked).toBe(before + 1);
});

test('what is quick goes on where there is no time for what is not, and slow frames have more to spare', () => {
  const [quick, slow] = [endless(0.02), endless(0.9)];
  const spare = new SpareTime([quick.slice, slow.slice]);
  for (let k = 0; k < 60; k += 1) {
    spare.frame(16, 0.3);
  }
  // A slow one costs one frame and a half; what it leaves of the other half, a fifth of all and more, is the quick one's.
  expect(0.02 * quick.done).toBeGreaterThan((60 * 0.6) / 5);
  expect(slow.done).toBeGreaterThanOrEqual(15);
  const before = clock;
  spare.frame(600, 9);
  expect(clock - before).toBeGreaterThan(600 / 200 - 0.9 - 0.9);
});
