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
  const placeAt = (step: number): readonly [number, number] | null => {
    while (places.length <= step) {
      const at = follower.at(scene, lane, particle, places.length);
      const before = places.at(-1);
      if (!at && !before && places.length >= last) {
        return null;
      }
      // Before its first update a particle is where it will be after it; gone, it is where it was.
      places.push(
        at?.place ?? before ?? follower.at(scene, lane, particle, Math.min(last, places.length + 1))?.place ?? [0, 0],
      );
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
