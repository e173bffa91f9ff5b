import { withUpdate } from '../../scene/choices.ts';
import { optimizerOf } from '../../scene/compiled.ts';
import { FIRST_UPDATE } from '../../scene/defaults.ts';
import type { Scene } from '../../scene/scene.ts';

/** The scene with its selected lane's optimizer as text, to be changed: its own, or one to begin with. */
export function opened(scene: Scene): Scene {
  const { text = FIRST_UPDATE } = optimizerOf(scene.lanes[scene.selected]);
  return withUpdate(scene, scene.selected, text);
}
