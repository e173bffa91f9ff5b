import { LIMITS } from '../../scene/limits.ts';
import type { CameraChoice, FilmChoice, Keyframe, Scene } from '../../scene/scene.ts';
import { button, iconButton, segments } from '../controls/button.ts';
import { numberBox } from '../controls/number-box.ts';
import { el, freshId } from '../dom.ts';
import { editable, shown } from '../format.ts';
import type { EditFilm } from './film-form.ts';

/** What the camera's form works with. */
export interface CameraFormOptions {
  readonly edit: EditFilm;
  /** Where the page looks from now. */
  camera(): CameraChoice;
  /** Length of the film in seconds. */
  seconds(): number;
  /** The moment of the film that is looked at, in seconds. */
  moment(): number;
  /** Plays the film's camera on the page. */
  preview(): void;
}

/** Where a camera is, as a moment of a path. */
const keyframe = (at: number, { azimuth, elevation, distance, target }: CameraChoice): Keyframe => ({
  at: Math.round(at * 100) / 100,
  azimuth: Math.round(azimuth * 10) / 10,
  elevation: Math.round(elevation * 10) / 10,
  distance: Number(distance.toPrecision(3)),
  target: [Number(target[0].toFixed(3)), Number(target[1].toFixed(3))],
});

/** A path with one moment more; one of the same time is replaced. */
const withKeyframe = (path: readonly Keyframe[], added: Keyframe): readonly Keyframe[] =>
  [...path.filter(({ at }) => at !== added.at), added].sort((a, b) => a.at - b.at).slice(0, LIMITS.keyframes);

/** Paths that are often wanted, from where the page looks now. */
const PATHS: readonly {
  readonly name: string;
  readonly of: (now: CameraChoice, seconds: number) => readonly Keyframe[];
}[] = [
  {
    name: 'Once around',
    of: (now, seconds) => [keyframe(0, now), keyframe(seconds, { ...now, azimuth: now.azimuth + 360 })],
  },
  {
    name: 'Fly in',
    of: (now, seconds) => [
      keyframe(0, {
        ...now,
        azimuth: now.azimuth - 50,
        elevation: Math.max(20, now.elevation - 20),
        distance: 2.2 * now.distance,
      }),
      keyframe(seconds, now),
    ],
  },
];

/** Fields for the way of a film's camera. */
export function createCameraForm({ edit, camera, seconds, moment, preview }: CameraFormOptions): {
  readonly element: HTMLElement;
  /** Keeps what the page shows as a view of the moment that is looked at. */
  keep(): void;
  show(scene: Scene): void;
} {
  let film: FilmChoice | null = null;
  let at = 0;
  const setPath = (path: readonly Keyframe[]): void => edit({ path }, 'path');
  const time = numberBox({
    label: 'Second of the view',
    min: 0,
    max: LIMITS.film,
    take: (value) => {
      at = value;
    },
  });
  const keepAt = (second: number): void => setPath(withKeyframe(film?.path ?? [], keyframe(second, camera())));
  const keep = button('Keep the page’s view', () => keepAt(at), {
    class: 'button button-small',
  });
  const easing = segments(
    'Between views',
    [
      { value: 'smooth', text: 'Smooth' },
      { value: 'halting', text: 'Halting' },
      { value: 'even', text: 'Even' },
    ],
    (value) => edit({ easing: value as FilmChoice['easing'] }, 'easing'),
  );
  const follow = el('input', { type: 'checkbox', on: { change: () => edit({ follow: follow.checked }, 'follow') } });
  const list = el('ol', { class: 'record-path' });
  const clear = button('Clear', () => setPath([]), { class: 'button button-small' });
  const watch = button('Preview', preview, { class: 'button button-small' });
  const id = freshId('path');

  const entry = ({ at: when, azimuth, elevation, distance }: Keyframe): HTMLElement =>
    el(
      'li',
      {},
      el(
        'span',
        {},
        `${editable(when)} s: ${shown(azimuth)}° around, ${shown(elevation)}° up, ${shown(distance)} away`,
      ),
      iconButton('close', `Remove the view at ${editable(when)} s`, () =>
        setPath((film?.path ?? []).filter((other) => other.at !== when)),
      ),
    );

  return {
    element: el(
      'div',
      { class: 'record-fold' },
      el(
        'p',
        { class: 'note', id },
        'The camera goes from view to view. Turn the page’s picture, then keep what it shows for a second of the film.',
      ),
      list,
      el(
        'div',
        { class: 'record-controls' },
        el('span', { class: 'note' }, 'At'),
        time.element,
        el('span', { class: 'note' }, 's'),
        keep,
      ),
      el(
        'div',
        { class: 'record-controls', role: 'group', 'aria-labelledby': id },
        ...PATHS.map(({ name, of }) =>
          button(name, () => setPath(of(camera(), seconds())), { class: 'button button-small' }),
        ),
        clear,
        watch,
      ),
      el(
        'div',
        { class: 'record-controls' },
        easing.element,
        el('label', { class: 'record-check' }, follow, el('span', {}, 'Follow the marked particle')),
      ),
    ),
    keep: () => keepAt(moment()),
    show(scene) {
      film = scene.film;
      list.replaceChildren(...film.path.map(entry));
      clear.disabled = film.path.length === 0;
      easing.set(film.easing);
      follow.checked = film.follow;
      time.show(at);
    },
  };
}
