import { findOptimizer } from '../../descent/optimizers/index.ts';
import type { Scene } from '../../scene/scene.ts';

/** What the lanes are called: by their optimizers, numbered where several have the same. */
export function laneNames({ lanes }: Scene): string[] {
  return lanes.map(({ optimizer }, index) => {
    const { name } = findOptimizer(optimizer);
    const alike = lanes.filter((lane) => lane.optimizer === optimizer).length;
    const before = lanes.slice(0, index).filter((lane) => lane.optimizer === optimizer).length;
    return alike > 1 ? `${name} ${before + 1}` : name;
  });
}
