import { scheduleRate } from '../../descent/schedules/rate.ts';
import { spawnStarts } from '../../descent/spawn.ts';
import { formulaOf, optimizerOf } from '../../scene/compiled.ts';
import { laneAt, surfaceOf } from '../../scene/resolve.ts';
import type { Scene } from '../../scene/scene.ts';
import type { Landscape, Settings, SwarmPlan } from '../contract.ts';

/** What a scene descends, in numbers. */
export function landscapeOf(scene: Scene): Landscape {
  const { values, domain, minima } = surfaceOf(scene);
  return { formula: formulaOf(scene.surface), parameters: Float64Array.from(values), domain, minima };
}

/** A lane's settings for the update that follows step `step`: all edits up to that step are in them. */
export function settingsAt(scene: Scene, lane: number, step: number): Settings {
  const { hyper, schedule, clip } = laneAt(scene, lane, step);
  return { hyper, rate: scheduleRate(schedule, hyper.lr, scene.steps), clip };
}

/** Whether a lane clips its gradients, at any step of the run. */
export function clips({ lanes, edits }: Scene, lane: number): boolean {
  return (
    lanes[lane].clip !== null ||
    edits.some(({ change }) => change.kind === 'clip' && change.lane === lane && change.clip !== null)
  );
}

/**
 * The swarm of one of a scene's lanes, as it starts. Spawned places are exact in float32; given ones are taken as they
 * are, so that the reference starts where it was told to, and the GPU at the nearest float32.
 */
export function planOf(scene: Scene, lane: number): SwarmPlan {
  const landscape = landscapeOf(scene);
  const { start, seed, lanes } = scene;
  return {
    landscape,
    optimizer: optimizerOf(lanes[lane]),
    settings: settingsAt(scene, lane, 0),
    clips: clips(scene, lane),
    starts:
      start.spawn === 'points' ? Float64Array.from(start.points.flat()) : spawnStarts(start, landscape.domain, seed),
  };
}
