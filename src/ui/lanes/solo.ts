import { withLanesOn } from '../../scene/choices.ts';
import type { Scene } from '../../scene/scene.ts';

/** Whether a lane runs alone among several. */
export const isAlone = ({ lanes }: Scene, lane: number): boolean =>
  lanes.length > 1 && lanes.every(({ on }, i) => on === (i === lane));

/** Lets one lane run alone, and brings those back that ran before. */
export class Solo {
  /** Who was on before the last solo. */
  #before: readonly boolean[] = [];

  /** This lane alone; where it is alone already, with those of before, or with all where others have come or gone since. */
  flip(scene: Scene, lane: number): Scene {
    if (!isAlone(scene, lane)) {
      this.#before = scene.lanes.map(({ on }) => on);
      return withLanesOn(scene, scene.lanes.map((_, i) => i === lane));
    }
    const known = this.#before.length === scene.lanes.length && this.#before.some((on, i) => on && i !== lane);
    return withLanesOn(scene, scene.lanes.map((_, i) => !known || this.#before[i] || i === lane));
  }
}
