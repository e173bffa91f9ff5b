import '../styles/timeline.css';

import type { FilmChoice, Scene } from '../../scene/scene.ts';
import { iconButton } from '../controls/button.ts';
import { el, setAttribute, setText } from '../dom.ts';
import { editable, shown } from '../format.ts';
import type { EditFilm } from './film-form.ts';
import { movedCaption, movedView } from './timing.ts';

/** What a timeline works with. */
export interface TimelineOptions {
  readonly edit: EditFilm;
  /** Length of the film in seconds. */
  seconds(): number;
  /** Keeps what the page shows as a view of the moment that is looked at. */
  keep(): void;
  /** Looks at a moment of the film. */
  seek(seconds: number): void;
}

/** Pixels at the ends of a caption by which it is stretched. */
const HANDLE = 8;

/** Seconds of an arrow key, and with Shift. */
const STRIDES = [0.1, 1] as const;

/** A sign on the timeline that is moved along it. */
interface Mark {
  readonly element: HTMLElement;
  index: number;
}

/** What there is to do with the marks of one track. */
interface Track {
  readonly name: string;
  readonly mark: string;
  /** Which part of a mark is taken hold of there; `x` in pixels from its left edge. */
  part(x: number, width: number): 'from' | 'to' | 'whole';
  /** What moves, as it was when it was taken hold of, by so many seconds. */
  move(film: FilmChoice, index: number, by: number, part: 'from' | 'to' | 'whole'): void;
  remove(film: FilmChoice, index: number): void;
}

/**
 * The film's views and captions along its time: dragged, moved by arrow keys (with Shift by whole seconds; a caption's end with Alt),
 * taken away with Delete. A click between them looks at that moment.
 */
export function createTimeline({ edit, seconds, keep, seek }: TimelineOptions): {
  readonly element: HTMLElement;
  show(scene: Scene): void;
} {
  let film: FilmChoice | null = null;
  const without = <T>(list: readonly T[], index: number): readonly T[] => list.filter((_, k) => k !== index);
  const views: Track = {
    name: 'Views of the camera',
    mark: 'timeline-view',
    part: () => 'whole',
    move: ({ path }, index, by) => edit({ path: movedView(path, index, path[index].at + by) }, 'path'),
    remove: ({ path }, index) => edit({ path: without(path, index) }, 'path'),
  };
  const captions: Track = {
    name: 'Captions',
    mark: 'timeline-caption',
    part: (x, width) =>
      x < Math.min(HANDLE, width / 3) ? 'from' : x > width - Math.min(HANDLE, width / 3) ? 'to' : 'whole',
    move: ({ captions: all }, index, by, part) => edit({ captions: movedCaption(all, index, by, part) }, 'captions'),
    remove: ({ captions: all }, index) => edit({ captions: without(all, index) }, 'captions'),
  };

  const createTrack = (track: Track) => {
    const marks: Mark[] = [];
    const element = el('div', {
      class: 'timeline-track',
      role: 'group',
      'aria-label': track.name,
      on: {
        pointerdown: (event) => {
          if (event.target === element && event.button === 0) {
            const { left, width } = element.getBoundingClientRect();
            seek(((event.clientX - left) / width) * seconds());
          }
        },
      },
    });

    const createMark = (): Mark => {
      const mark: Mark = {
        index: marks.length,
        element: el('div', {
          class: track.mark,
          role: 'slider',
          tabindex: 0,
          on: { pointerdown: drag, keydown: press },
        }),
      };
      return mark;

      function drag(event: PointerEvent): void {
        const was = film;
        if (!was || event.button !== 0) {
          return;
        }
        const box = mark.element.getBoundingClientRect();
        const part = track.part(event.clientX - box.left, box.width);
        const perPixel = seconds() / element.getBoundingClientRect().width;
        const began = event.clientX;
        mark.element.setPointerCapture(event.pointerId);
        mark.element.focus();
        event.preventDefault();
        const ending = new AbortController();
        const { signal } = ending;
        const go = (to: PointerEvent): void => track.move(was, mark.index, (to.clientX - began) * perPixel, part);
        mark.element.addEventListener('pointermove', go, { signal });
        for (const end of ['pointerup', 'pointercancel'] as const) {
          mark.element.addEventListener(end, () => ending.abort(), { signal });
        }
      }

      function press(event: KeyboardEvent): void {
        if (!film) {
          return;
        }
        const way = ['ArrowLeft', 'ArrowRight'].indexOf(event.key);
        if (way >= 0) {
          const stride = STRIDES[event.shiftKey ? 1 : 0];
          track.move(film, mark.index, way === 0 ? -stride : stride, event.altKey ? 'to' : 'whole');
        } else if (event.key === 'Delete' || event.key === 'Backspace') {
          track.remove(film, mark.index);
          marks[Math.min(mark.index, marks.length - 1)]?.element.focus();
        } else {
          return;
        }
        event.preventDefault();
        event.stopPropagation();
      }
    };

    /** As many marks as there are ranges; those that stay are the same elements, so that one can be held on to. */
    const show = (
      ranges: readonly { readonly from: number; readonly to: number; readonly said: string; readonly text: string }[],
    ) => {
      while (marks.length > ranges.length) {
        marks.pop()?.element.remove();
      }
      while (marks.length < ranges.length) {
        const mark = createMark();
        marks.push(mark);
        element.append(mark.element);
      }
      const length = Math.max(seconds(), 1e-6);
      for (const [k, { from, to, said, text }] of ranges.entries()) {
        const own = marks[k].element;
        // Times are kept in hundredths.
        own.hidden = from > length + 0.01;
        own.style.setProperty('--from', String(Math.min(1, from / length)));
        own.style.setProperty('--to', String(Math.min(1, to / length)));
        setText(own, text);
        setAttribute(own, 'aria-label', said);
        setAttribute(own, 'title', said);
        setAttribute(own, 'aria-valuemin', '0');
        setAttribute(own, 'aria-valuemax', String(length));
        setAttribute(own, 'aria-valuenow', String(from));
        setAttribute(
          own,
          'aria-valuetext',
          from === to ? `${editable(from)} s` : `${editable(from)} to ${editable(to)} s`,
        );
      }
    };
    return { element, show };
  };

  const path = createTrack(views);
  const lines = createTrack(captions);
  const captionRow = el(
    'div',
    { class: 'record-slide' },
    el('span', { class: 'record-label' }, 'Captions'),
    lines.element,
  );
  return {
    element: el(
      'div',
      { class: 'timeline' },
      el(
        'div',
        { class: 'record-slide' },
        el('span', { class: 'record-label' }, 'Camera'),
        path.element,
        iconButton('plus', 'Keep the page’s view for this moment', keep),
      ),
      captionRow,
    ),
    show(scene) {
      film = scene.film;
      path.show(
        film.path.map(({ at, azimuth, elevation }) => ({
          from: at,
          to: at,
          said: `View at ${editable(at)} s: ${shown(azimuth)}° around, ${shown(elevation)}° up`,
          text: '',
        })),
      );
      captionRow.hidden = film.captions.length === 0;
      lines.show(film.captions.map(({ from, to, text }) => ({ from, to, said: `Caption “${text}”`, text })));
    },
  };
}
