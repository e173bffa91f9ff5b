import type { Scene } from '../../scene/scene.ts';
import type { Context, Part } from '../context.ts';
import { fold, panel, refresh } from '../controls/panel.ts';
import { el } from '../dom.ts';
import { counted, several } from '../format.ts';

/** How particles start, for how long they run, and how it all is drawn. */
export function createSettings(context: Context): Part {
  const { store } = context;
  const container = el('div', { class: 'settings-part' });
  const gui = panel(container);
  let showStart = (_: Scene): void => {};
  const start = fold(gui, 'Start', async (parent) => {
    const { addStart } = await import('./start.ts');
    showStart = addStart(parent, context);
    showStart(store.scene);
  });
  const picture = fold(gui, 'Picture', async (parent) => {
    const { addPicture } = await import('./picture.ts');
    addPicture(parent, context);
  });

  return {
    element: container,
    scene(scene) {
      const { spawn, points } = scene.start;
      const { palette, trail } = scene.picture;
      start.summary(
        spawn === 'points' ? several(points.length, 'place', 'places') : `${spawn}, seed ${counted(scene.seed)}`,
      );
      picture.summary(`${palette}, trails ${trail}`);
      showStart(scene);
      refresh(gui);
    },
  };
}
