import type { Scene } from '../../scene/scene.ts';
import { Follower } from './follow.ts';

/** Updates before and after over which a followed place is averaged: a camera shall not shake with the noise. */
const REACH = 24;

/** Updates that are replayed at most; a particle is where it was then in a longer run. */
const MOST = 200_000;

/**
 * Where a particle of a lane is at each update of a run, smoothed: the mean over its past and its future nearby. It is the float64
 * reference's, so that it is the same on every device.
 * @returns tells the place after so many updates, or null where there is no such particle
 */
export function smoothedPlaces(
  scene: Scene,
  lane: number,
  particle: number,
): (step: number) => readonly [number, number] | null {
  const follower = new Follower();
  const places: (readonly [number, number])[] = [];
  const last = Math.min(scene.steps, MOST);
  /** Where it is first known to be; null where it never is. */
  let first: readonly [number, number] | null | undefined;
  const findFirst = (): readonly [number, number] | null => {
    for (let step = 0; step <= last; step += 1) {
      const at = follower.at(scene, lane, particle, step);
      if (at) {
        return at.place;
      }
    }
    return null;
  };
  const placeAt = (step: number): readonly [number, number] | null => {
    while (places.length <= step) {
      // Before its first update a particle is taken to be where that one leads; gone, where it was.
      const known = follower.at(scene, lane, particle, places.length)?.place ?? places.at(-1);
      if (!known && first === undefined) {
        first = findFirst();
      }
      const place = known ?? first;
      if (!place) {
        return null;
      }
      places.push(place);
    }
    return places[step];
  };
  return (step) => {
    const [low, high] = [Math.max(0, Math.min(step, last) - REACH), Math.min(last, step + REACH)];
    let [x, y, count] = [0, 0, 0];
    for (let k = low; k <= high; k += 1) {
      const place = placeAt(k);
      if (!place) {
        return null;
      }
      x += place[0];
      y += place[1];
      count += 1;
    }
    return [x / count, y / count];
  };
}
