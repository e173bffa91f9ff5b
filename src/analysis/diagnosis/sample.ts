import { DIVERGED_BEYOND, type Swarm, type SwarmPlan } from '../../compute/contract.ts';
import { settingsAt } from '../../compute/engine/plan.ts';
import { rowsOf } from '../../compute/engine/record.ts';
import type { Scene } from '../../scene/scene.ts';
import { Shadow } from './shadow.ts';
import type { Track } from './track.ts';

/** Particles that a lane is judged by: shares are then known to some 10 %. */
export const JUDGED = 64;

/** Indices of at most `most` of so many particles, spread evenly over them. */
export function spread(count: number, most: number): number[] {
  const picked = Math.min(count, most);
  return Array.from({ length: picked }, (_, k) => Math.floor((k * count) / picked));
}

const outside = (value: number, largest: number): boolean => !(Math.abs(value) <= largest);

/**
 * Runs the scene's selected lane for its budget on a device, and gives the ways of some of the particles that it starts with.
 * @param swarm fresh, made from `plan`; it stays the caller's to dispose of
 * @param onStep told how far it has come
 */
export async function tracksOf(
  swarm: Swarm,
  plan: SwarmPlan,
  scene: Scene,
  onStep: (step: number) => void = () => {},
): Promise<readonly Track[]> {
  const particles = spread(plan.starts.length / 2, JUDGED);
  const largest = swarm.device === 'gpu' ? DIVERGED_BEYOND : Number.MAX_VALUE;
  const shadow = new Shadow(plan, particles);
  const places = new Float64Array(2 * particles.length);
  for await (const { step, updates, positions, losses, count, added } of rowsOf(swarm, scene)) {
    for (let k = 0; k < updates && step > 0 && added === 0; k += 1) {
      const row = k * count;
      for (const [slot, particle] of particles.entries()) {
        places[2 * slot] = positions[2 * (row + particle)];
        places[2 * slot + 1] = positions[2 * (row + particle) + 1];
      }
      const left = (slot: number): boolean =>
        outside(places[2 * slot], largest) ||
        outside(places[2 * slot + 1], largest) ||
        outside(losses[row + particles[slot]], largest);
      shadow.set(settingsAt(scene, scene.selected, step + k - 1));
      shadow.update(places, left);
    }
    onStep(swarm.step);
  }
  return shadow.tracks;
}
