import { LIMITS } from '../../scene/limits.ts';
import type { Caption, Keyframe } from '../../scene/scene.ts';

/** The least time between two views, and the shortest caption, in seconds. */
const LEAST = 0.1;

/** Hundredths of a second are fine enough, and read well. */
const rounded = (seconds: number): number => Math.round(seconds * 100) / 100;

const between = (value: number, low: number, high: number): number => rounded(Math.min(Math.max(value, low), high));

const replaced = <T>(list: readonly T[], index: number, by: T): readonly T[] =>
  list.map((one, k) => (k === index ? by : one));

/** A path whose view `index` is at another time, as far as its neighbours allow: they keep their order. */
export function movedView(path: readonly Keyframe[], index: number, to: number): readonly Keyframe[] {
  const low = index === 0 ? 0 : path[index - 1].at + LEAST;
  const high = index === path.length - 1 ? LIMITS.film : path[index + 1].at - LEAST;
  return low > high ? path : replaced(path, index, { ...path[index], at: between(to, low, high) });
}

/** Captions of which one begins, ends, or does both, so many seconds later; it neither turns about nor leaves the film. */
export function movedCaption(
  captions: readonly Caption[],
  index: number,
  by: number,
  part: 'from' | 'to' | 'whole',
): readonly Caption[] {
  const { from, to, ...rest } = captions[index];
  const moved = {
    from: () => ({ from: between(from + by, 0, to - LEAST), to }),
    to: () => ({ from, to: between(to + by, from + LEAST, LIMITS.film) }),
    whole: () => {
      const begin = between(from + by, 0, LIMITS.film - (to - from));
      return { from: begin, to: rounded(begin + to - from) };
    },
  }[part]();
  return replaced(captions, index, { ...rest, ...moved });
}
