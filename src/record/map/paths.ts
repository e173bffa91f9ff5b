import type { SceneRun } from '../../compute/engine/run.ts';

/** Paths of all lanes together, about; samples along one at most. */
const PATHS = 60;
const SAMPLES = 400;

/** The ways of some of a lane's particles. */
export interface LanePaths {
  readonly lane: number;
  /** [x, y] after each of the sampled updates, for each particle; it ends where the particle left the number range. */
  readonly paths: readonly (readonly (readonly [number, number])[])[];
}

/** Particles of a lane, evenly among all of them, and one more. */
function chosen(count: number, most: number, followed: number): number[] {
  const stride = Math.max(1, Math.ceil(count / most));
  const even = Array.from({ length: Math.ceil(count / stride) }, (_, k) => k * stride);
  return followed < count && !even.includes(followed) ? [...even, followed] : even;
}

/** Goes with a run from its start to a step. */
export async function lanePaths(
  run: SceneRun,
  step: number,
  followed: { readonly lane: number; readonly particle: number },
): Promise<LanePaths[]> {
  const samples = Math.min(SAMPLES, step + 1);
  const most = Math.ceil(PATHS / Math.max(1, run.lanes.length));
  const lanes = run.lanes.map(({ lane, swarm }) => ({
    lane,
    swarm,
    particles: chosen(swarm.count, most, lane === followed.lane ? followed.particle : Number.POSITIVE_INFINITY),
    paths: [] as [number, number][][],
    gone: new Set<number>(),
  }));
  for (let sample = 0; sample < samples; sample += 1) {
    run.seek(Math.round((sample * step) / Math.max(1, samples - 1)));
    await run.settled();
    for (const { swarm, particles, paths, gone } of lanes) {
      const { positions, diverged } = await swarm.read();
      particles.forEach((particle, k) => {
        if (diverged[particle] >= 0) gone.add(k);
        if (!gone.has(k)) {
          paths[k] ??= [];
          paths[k].push([positions[2 * particle], positions[2 * particle + 1]]);
        }
      });
    }
  }
  return lanes.map(({ lane, paths }) => ({ lane, paths: paths.filter(Boolean) }));
}
