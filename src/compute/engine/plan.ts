import { scheduleRate } from '../../descent/schedules/rate.ts';
import { spawnStarts } from '../../descent/spawn.ts';
import { formulaOf, optimizerOf } from '../../scene/compiled.ts';
import { laneAt, surfaceOf } from '../../scene/resolve.ts';
import type { Conditioning, Scene } from '../../scene/scene.ts';
import type { Landscape, Settings, SwarmPlan } from '../contract.ts';

/** What a scene descends, in numbers. */
export function landscapeOf(scene: Scene): Landscape {
  const { values, domain, minima } = surfaceOf(scene);
  return { formula: formulaOf(scene.surface), parameters: Float64Array.from(values), domain, minima };
}

/** A lane's settings for the update that follows step `step`: all edits up to that step are in them. */
export function settingsAt(scene: Scene, lane: number, step: number): Settings {
  const { schedule, ...settings } = laneAt(scene, lane, step);
  return { ...settings, rate: scheduleRate(schedule, settings.hyper.lr, scene.steps) };
}

/** Whether a lane has one of these conditionings, at any step of the run. */
function everHas({ lanes, edits }: Scene, lane: number, kinds: readonly (keyof Conditioning)[]): boolean {
  const has = (values: object) =>
    kinds.some((kind) => ![undefined, null, false].includes((values as Partial<Record<typeof kind, null>>)[kind]));
  return has(lanes[lane]) || edits.some(({ change }) => 'lane' in change && change.lane === lane && has(change));
}

/** What a lane's kernel must be able to do beyond plain updates. */
export function abilities(scene: Scene, lane: number): Pick<SwarmPlan, 'clips' | 'noisy' | 'guards' | 'averages'> {
  return {
    clips: everHas(scene, lane, ['clip']),
    noisy: everHas(scene, lane, ['noise']),
    guards: everHas(scene, lane, ['ema', 'recover', 'stop', 'bounded']),
    averages: everHas(scene, lane, ['ema']),
  };
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
    ...abilities(scene, lane),
    seed,
    starts:
      start.spawn === 'points' ? Float64Array.from(start.points.flat()) : spawnStarts(start, landscape.domain, seed),
  };
}
