import { surfaces } from '../../landscape/surfaces/index.ts';
import type { Surface } from '../../landscape/surface.ts';
import { withSurface } from '../../scene/choices.ts';
import { surfaceOf } from '../../scene/resolve.ts';
import type { Context } from '../context.ts';
import { createDialog, type Dialog } from '../dialog.ts';
import { el, setAttribute } from '../dom.ts';
import { createThumbnails } from './thumbnails.ts';

/** All surfaces by group, each with a small map and what it teaches. */
export function createGallery({ store }: Context): Dialog {
  const thumbnails = createThumbnails();

  const choose = (surface: Surface): void => {
    store.update((scene) => withSurface(scene, { id: surface.id, params: {} }));
    dialog.element.close();
  };

  const tiles = surfaces.map((surface) => {
    const tile = el(
      'button',
      { type: 'button', class: 'gallery-tile', on: { click: () => choose(surface) } },
      thumbnails.of(surface),
      el('span', { class: 'gallery-name' }, surface.name),
      el('span', { class: 'gallery-teaches' }, surface.teaches),
    );
    return { surface, tile };
  });
  const groups = [...new Set(surfaces.map(({ group }) => group))];
  const dialog = createDialog(
    'Surfaces',
    'gallery',
    ...groups.map((group) =>
      el(
        'section',
        { class: 'gallery-group' },
        el('h3', { class: 'overline' }, group),
        el('div', { class: 'gallery-tiles' }, ...tiles.filter(({ surface }) => surface.group === group).map(({ tile }) => tile)),
      ),
    ),
  );

  return {
    element: dialog.element,
    open() {
      const { entry } = surfaceOf(store.scene);
      for (const { surface, tile } of tiles) {
        setAttribute(tile, 'aria-current', surface.id === entry?.id ? 'true' : null);
      }
      dialog.open();
      thumbnails.draw(store.scene.picture);
    },
  };
}
