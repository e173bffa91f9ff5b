import { optimizerOf } from '../../scene/compiled.ts';
import type { Scene } from '../../scene/scene.ts';

/** What the lanes are called: by their optimizers, numbered where several have the same. */
export function laneNames({ lanes }: Scene): string[] {
  const names = lanes.map((lane) => optimizerOf(lane).name);
  return names.map((name, index) => {
    const alike = names.filter((other) => other === name).length;
    const before = names.slice(0, index).filter((other) => other === name).length;
    return alike > 1 ? `${name} ${before + 1}` : name;
  });
}
