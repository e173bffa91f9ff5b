import type { Scene } from '../../scene/scene.ts';
import { lanesOn } from './keys.ts';

/** Rows of the trail ring, and the memory all lanes' rings may take together. */
const SLOTS = 64;
const BYTES = 2 ** 26;

/** Up to here each particle is followed, above only so many. */
const FOLLOW_ALL = 65_536;
const FOLLOW_SOME = 4096;

/** A trail shows about so many seconds of the past. */
const SECONDS = 2;

/** Updates between two samples where the speed is the device's own. */
const EVERY_FAST = 16;

/** Updates between two samples at a speed: a trail tells of time, so a faster run is sampled more coarsely. */
export function trailEvery(speed: number): number {
  const every = Math.round((speed * SECONDS) / SLOTS);
  return speed === 0 ? EVERY_FAST : Math.max(1, Math.min(EVERY_FAST, every));
}

/** The trail ring of a lane of so many particles. */
export function trailOf(scene: Scene, count: number): { columns: number; slots: number; every: number } {
  const room = BYTES / (8 * SLOTS * lanesOn(scene).length);
  const columns = count <= Math.min(FOLLOW_ALL, room) ? count : FOLLOW_SOME;
  return { columns, slots: SLOTS, every: trailEvery(scene.speed) };
}
