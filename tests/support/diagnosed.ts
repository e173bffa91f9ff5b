import { diagnosisOf, findingsOf, type Diagnosis } from '../../src/analysis/diagnosis/diagnose.ts';
import { scalesOf } from '../../src/analysis/diagnosis/scales.ts';
import { Shadow } from '../../src/analysis/diagnosis/shadow.ts';
import type { Track } from '../../src/analysis/diagnosis/track.ts';
import { planOf, settingsAt } from '../../src/compute/engine/plan.ts';
import type { Scene } from '../../src/scene/scene.ts';

/** The way of a scene's first particle in its first lane, in float64, and what is to be said about it. */
export async function diagnosed(scene: Scene): Promise<Diagnosis & { readonly track: Track }> {
  const plan = planOf(scene, 0);
  const shadow = new Shadow(plan, [0]);
  for (let k = 0; k < scene.steps; k += 1) {
    shadow.set(settingsAt(scene, 0, k));
    shadow.update();
  }
  const [track] = shadow.tracks;
  return { ...diagnosisOf(findingsOf(track, plan, await scalesOf(plan.landscape), scene.steps)), track };
}
