import { surfaceOf } from '../scene/resolve.ts';
import type { CameraChoice, PictureChoice } from '../scene/scene.ts';
import { button, iconButton, segments } from './controls/button.ts';
import type { Context, Part } from './context.ts';
import { el, setText } from './dom.ts';
import { icon, logo } from './icons.ts';
import { surfaceSummary } from './surface/surface-card.ts';
import { themeOf } from './theme.ts';

/** The strip at the top: whose page this is, how one looks, and what is done with a scene as a whole. */
export function createTopBar(
  { store, actions }: Context,
  showHelp: () => void,
  showGallery: () => void,
): Part & { readonly actions: HTMLElement } {
  const view = segments(
    'View',
    [
      { value: '3d', text: '3D', title: 'In three dimensions (V)' },
      { value: 'map', text: 'Map', title: 'From above (V)' },
      { value: 'profile', text: 'Profile', title: 'A cut (V)' },
    ],
    (value) => actions.setView(value as CameraChoice['view']),
  );
  view.element.classList.add('view-switch');
  const modes = segments(
    'Page',
    [
      { value: 'one', text: 'Explore', title: 'All lanes on one terrain (E)' },
      { value: 'each', text: 'Compare', title: 'A race of all lanes, side by side or on one terrain (E)' },
    ],
    (value) => actions.setViews(value as PictureChoice['views']),
  );
  modes.element.classList.add('modes');
  const undo = iconButton('undo', 'Undo', actions.undo, 'Ctrl Z');
  const redo = iconButton('redo', 'Redo', actions.redo, 'Ctrl Shift Z');
  const theme = iconButton('moon', 'Theme', actions.toggleTheme);
  const name = el('strong');
  const summary = el('span');
  const more = el(
    'div',
    { class: 'top-actions' },
    el('div', { class: 'button-pair' }, undo, redo),
    el(
      'div',
      { class: 'button-pair' },
      iconButton('open', 'Open a scene’s file', () => void actions.openScene()),
      iconButton('save', 'Save the scene as a file', actions.saveScene),
    ),
    theme,
    iconButton('help', 'Keys and help', showHelp, '?'),
  );
  const share = button(
    'Share',
    () => void actions.share(),
    { class: 'button button-share', title: 'Copy a link to this scene', 'aria-label': 'Share: copy a link to this scene' },
    icon('link'),
  );
  const gallery = iconButton('grid', 'Gallery of surfaces', showGallery, 'G');
  gallery.classList.add('top-gallery');
  const element = el(
    'header',
    { class: 'top-bar' },
    el('div', { class: 'top-start' }, el('h1', { class: 'brand' }, logo(), el('span', { class: 'brand-name' }, 'Thalweg')), modes.element),
    el('p', { class: 'top-surface' }, name, summary),
    view.element,
    gallery,
    more,
    share,
  );
  return {
    element,
    actions: more,
    scene(scene) {
      view.set(scene.camera.view);
      modes.set(scene.picture.views === 'one' ? 'one' : 'each');
      setText(name, surfaceOf(scene).name);
      setText(summary, surfaceSummary(scene));
      undo.disabled = !store.canUndo;
      redo.disabled = !store.canRedo;
      const dark = themeOf(scene.picture.theme) === 'dark';
      if (theme.dataset.shows !== String(dark)) {
        theme.dataset.shows = String(dark);
        theme.replaceChildren(icon(dark ? 'moon' : 'sun'));
        const label = dark ? 'Light theme' : 'Dark theme';
        theme.title = `${label} (M)`;
        theme.setAttribute('aria-label', label);
      }
    },
  };
}
