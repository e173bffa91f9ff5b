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
    spare.frame(0.5);
  }
  for (let k = 0; k < 50; k += 1) {
    const began = clock;
    spare.frame(0.5);
    // 1.2 ms are the page's own; what is usual of a work comes nearer to 0.4 from below.
    expect(clock - began).toBeLessThanOrEqual(0.7 + 1e-3);
  }
});

test('all come in turn, a slice a frame where there is no time at all, and what has nothing to do is passed over', () => {
  const [quick, slow] = [endless(0.01), endless(5)];
  let asked = 0;
  const idle = (): boolean => {
    asked += 1;
    return false;
  };
  const spare = new SpareTime([quick.slice, idle, slow.slice]);
  for (let k = 0; k < 40; k += 1) {
    spare.frame(9);
  }
  expect([quick.done, slow.done]).toEqual([20, 20]);
  expect(asked).toBeGreaterThanOrEqual(20);
  const before = asked;
  new SpareTime([idle]).frame(0);
  expect(asked).toBe(before + 1);
});
