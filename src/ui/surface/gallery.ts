import { surfaces } from '../../landscape/surfaces/index.ts';
import type { Surface } from '../../landscape/surface.ts';
import { withSurface } from '../../scene/choices.ts';
import { surfaceOf } from '../../scene/resolve.ts';
import type { Context } from '../context.ts';
import { createDialog, type Dialog } from '../dialog.ts';
import { el, setAttribute } from '../dom.ts';
import { createThumbnails } from './thumbnails.ts';

/** All surfaces by group, each with a small map, what it teaches and its formula, and a field that finds them by their words. */
export function createGallery({ store, run }: Context): Dialog {
  const thumbnails = createThumbnails(() => run()?.gpu ?? null);

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
      el('code', { class: 'gallery-formula', title: surface.formula }, surface.formula),
    );
    return { surface, tile };
  });
  const groups = [...new Set(surfaces.map(({ group }) => group))].map((group) => {
    const own = tiles.filter(({ surface }) => surface.group === group);
    const section = el(
      'section',
      { class: 'gallery-group' },
      el('h3', { class: 'overline' }, group),
      el('div', { class: 'gallery-tiles' }, ...own.map(({ tile }) => tile)),
    );
    return { own, section };
  });
  const none = el('p', { class: 'note', role: 'status', hidden: true });
  const search = el('input', {
    type: 'search',
    class: 'gallery-search',
    placeholder: 'Name, group, formula or what it teaches',
    'aria-label': 'Search the surfaces',
    spellcheck: 'false',
    autocomplete: 'off',
    on: {
      input: () => sift(),
      keydown: (event) => {
        const first = tiles.find(({ tile }) => !tile.hidden);
        if (event.key === 'Enter' && first) choose(first.surface);
      },
    },
  });
  const dialog = createDialog('Surfaces', 'gallery', search, none, ...groups.map(({ section }) => section));

  /** Leaves what has all typed words. */
  const sift = (): void => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { own, section } of groups) {
      for (const { surface, tile } of own) {
        const { name, group, formula, teaches, source } = surface;
        const text = `${name} ${group} ${formula} ${teaches} ${source}`.toLowerCase();
        tile.hidden = !words.every((word) => text.includes(word));
      }
      section.hidden = own.every(({ tile }) => tile.hidden);
    }
    none.hidden = groups.some(({ section }) => !section.hidden);
    none.textContent = none.hidden ? '' : 'No surface has all of these words.';
  };

  return {
    element: dialog.element,
    open() {
      const { entry } = surfaceOf(store.scene);
      for (const { surface, tile } of tiles) {
        setAttribute(tile, 'aria-current', surface.id === entry?.id ? 'true' : null);
      }
      search.value = '';
      sift();
      dialog.open();
      search.focus();
      void thumbnails.draw(store.scene.picture);
    },
  };
}
