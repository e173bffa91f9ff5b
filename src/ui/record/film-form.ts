import { lineFault } from '../../scene/lane-names.ts';
import { LIMITS } from '../../scene/limits.ts';
import { OVERLAYS } from '../../scene/overlays.ts';
import type { FilmChoice, Overlay, Scene } from '../../scene/scene.ts';
import type { Actions } from '../actions.ts';
import { el, freshId, setText } from '../dom.ts';
import { captionsText, readCaptions } from './captions.ts';

const NAMES: Readonly<Record<Overlay, string>> = {
  equation: 'Formula',
  lanes: 'Lanes',
  legend: 'Colour ramp',
  chart: 'Loss chart',
  step: 'Step',
  mark: 'Thalweg’s mark',
};

/** Changes what a film has beyond the picture. */
export type EditFilm = (change: Partial<FilmChoice>, merge: string) => void;

/** Edits of the scene's film. */
export const filmEdits =
  ({ edit }: Actions): EditFilm =>
  (change, merge) =>
    edit((scene) => ({ ...scene, film: { ...scene.film, ...change } }), `film.${merge}`);

/** Fields for what lies over a film: its title, captions and overlays. */
export function createFilmForm(edit: EditFilm): { readonly element: HTMLElement; show(scene: Scene): void } {
  const ids = { title: freshId('film'), captions: freshId('film'), problem: freshId('film') };
  const problem = el('p', { class: 'field-problem', id: ids.problem, role: 'status', hidden: true });
  const complain = (sentence: string | null): void => {
    problem.hidden = sentence === null;
    setText(problem, sentence ?? '');
  };
  const title = el('input', {
    type: 'text',
    id: ids.title,
    class: 'record-text',
    maxlength: LIMITS.title,
    autocomplete: 'off',
    'aria-describedby': ids.problem,
    on: {
      input: () => {
        const fault = lineFault(title.value, LIMITS.title);
        complain(fault && `The title ${fault}.`);
        if (fault === null) {
          edit({ title: title.value }, 'title');
        }
      },
    },
  });
  const captions = el('textarea', {
    id: ids.captions,
    class: 'record-text',
    rows: 3,
    placeholder: '0-2.5 Same starts, same budget',
    'aria-describedby': ids.problem,
    on: {
      input: () => {
        const read = readCaptions(captions.value);
        complain(typeof read === 'string' ? read : null);
        if (typeof read !== 'string') {
          edit({ captions: read }, 'captions');
        }
      },
    },
  });
  const boxes = OVERLAYS.map((id) =>
    el('input', {
      type: 'checkbox',
      value: id,
      on: {
        change: () =>
          edit({ overlays: boxes.filter(({ checked }) => checked).map(({ value }) => value as Overlay) }, 'overlays'),
      },
    }),
  );
  return {
    element: el(
      'div',
      { class: 'record-fold' },
      el('label', { for: ids.title, class: 'record-label' }, 'Title'),
      title,
      el(
        'label',
        { for: ids.captions, class: 'record-label' },
        'Captions, one a line: from-to in seconds, and the text',
      ),
      captions,
      problem,
      el(
        'div',
        { class: 'record-controls', role: 'group', 'aria-label': 'Over the picture' },
        ...boxes.map((box, k) => el('label', { class: 'record-check' }, box, el('span', {}, NAMES[OVERLAYS[k]]))),
      ),
    ),
    show({ film }) {
      if (title.value !== film.title) {
        title.value = film.title;
      }
      if (typeof readCaptions(captions.value) !== 'string' && captionsText(film.captions) !== captions.value.trim()) {
        captions.value = captionsText(film.captions);
      }
      for (const box of boxes) {
        box.checked = film.overlays.includes(box.value as Overlay);
      }
    },
  };
}
