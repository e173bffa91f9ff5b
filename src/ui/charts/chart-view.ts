import '../styles/charts.css';

import { atOnce } from '../../math/at-once.ts';
import { el, setText, svg } from '../dom.ts';
import type { Drawing, Figure, Under } from './figure.ts';

/** A figure on the page: drawn anew when its data, its size or the theme change; a line shows where the run is now. */
export interface ChartView {
  readonly element: HTMLElement;
  /** Shows a figure, one lane's curve in front of the others; pauses while it is drawn. */
  set(figure: Figure, selected: number): Generator<void>;
  /** Lets all but one lane stand back; null: none does. */
  light(lane: number | null): void;
  /** Where the run is, in units of the x axis, and as text; null: nowhere. */
  now(at: number | null, text: string): void;
  theme(): void;
}

/** What a hand does with a chart. */
export interface ChartHand {
  /** The pointer is on this lane's curve, or on none. */
  point(lane: number | null): void;
  /** A lane's curve was clicked. */
  pick(lane: number): void;
  /** The hand has drawn the line of now to this x. */
  seek(x: number): void;
}

/** A press that moves less is a click. */
const CLICK = 4;

/** Makes the place for a chart. */
export function createChartView({ point, pick, seek }: ChartHand): ChartView {
  const tip = el('div', { class: 'chart-tip', hidden: true });
  const element = el('div', { class: 'svg-chart' }, tip);
  const nowText = el('span');
  const marker = el('div', { class: 'chart-now', 'aria-hidden': 'true', hidden: true }, nowText);
  const cursor = svg('path', { class: 'chart-cursor' });
  let figure: Figure | null = null;
  let selected = -1;
  let lit: number | null = null;
  let drawing: Drawing | null = null;
  let turn = 0;
  let place: { readonly at: number; readonly text: string } | null = null;
  let size = { width: 0, height: 0 };

  /** The line is moved each frame, and nothing is laid out or painted for it. */
  const drawNow = (): void => {
    const plot = drawing?.plot;
    const x = drawing?.x && place ? drawing.x.at(place.at) : Number.NaN;
    const shows = plot !== undefined && x >= plot[0] - 1 && x <= plot[2] + 1;
    if (marker.hidden === shows) {
      marker.hidden = !shows;
    }
    if (plot && shows) {
      marker.style.translate = `${x.toFixed(1)}px`;
      marker.classList.toggle('chart-now-left', x > (plot[0] + plot[2]) / 2);
      setText(nowText, place?.text ?? '');
    }
  };

  function* drawn(): Generator<void> {
    turn += 1;
    const mine = turn;
    const { width, height } = size;
    if (!figure || width < 80 || height < 60) {
      return;
    }
    const next = yield* figure.draw(width, height, selected);
    yield;
    if (mine !== turn) {
      // In another size or theme it was drawn meanwhile.
      return;
    }
    drawing = next;
    cursor.setAttribute('d', '');
    drawing.element.append(cursor);
    const [, top, , bottom] = drawing.plot;
    marker.style.setProperty('--top', `${top}px`);
    marker.style.setProperty('--height', `${bottom - top}px`);
    element.replaceChildren(drawing.element, marker, tip);
    drawing.light(lit);
    drawNow();
  }
  const draw = (): void => atOnce(drawn());

  const tell = ({ lane, head, rows }: Under, px: number, [left, top, right, bottom]: Drawing['plot']): void => {
    cursor.setAttribute('d', `M${px.toFixed(1)} ${top}V${bottom}`);
    tip.replaceChildren(
      el('span', { class: 'chart-tip-x' }, head),
      ...rows.map((row) => {
        const dot = el('i', { class: 'chart-dot' });
        dot.style.background = row.colour;
        return el(
          'span',
          { class: row.lane === lane ? 'chart-tip-row chart-tip-near' : 'chart-tip-row' },
          dot,
          el('span', {}, row.name),
          el('b', {}, row.text),
        );
      }),
    );
    tip.hidden = false;
    tip.classList.toggle('chart-tip-left', px > (left + right) / 2);
    tip.style.left = `${px}px`;
    tip.style.top = `${top}px`;
  };

  const leave = (): void => {
    tip.hidden = true;
    cursor.setAttribute('d', '');
    point(null);
  };

  /** The pointer in the figure, and whether it is in the plot. */
  const at = ({ clientX, clientY }: PointerEvent): { x: number; y: number; inside: boolean } => {
    const box = element.getBoundingClientRect();
    const [x, y] = [clientX - box.left, clientY - box.top];
    const [left, , right, bottom] = drawing?.plot ?? [0, 0, 0, 0];
    return { x, y, inside: x >= left && x <= right && y <= bottom };
  };

  let press: { readonly x: number; readonly lane: number | null; moved: boolean } | null = null;

  const seekTo = (x: number): void => {
    if (drawing?.x) {
      const [left, , right] = drawing.plot;
      seek(drawing.x.value(Math.min(right, Math.max(left, x))));
    }
  };

  element.addEventListener('pointermove', (event) => {
    if (!drawing) {
      return;
    }
    const { x, y, inside } = at(event);
    if (press && (press.moved || Math.abs(x - press.x) > CLICK)) {
      press.moved = true;
      seekTo(x);
    }
    if (!inside) {
      leave();
      return;
    }
    const under = drawing.under(x, y);
    tell(under, x, drawing.plot);
    point(under.lane);
  });
  element.addEventListener('pointerleave', leave);
  element.addEventListener('pointerdown', (event) => {
    const { x, y, inside } = at(event);
    if (drawing && inside && event.button === 0) {
      press = { x, lane: drawing.under(x, y).lane, moved: false };
      element.setPointerCapture(event.pointerId);
    }
  });
  element.addEventListener('pointerup', (event) => {
    const pressed = press;
    press = null;
    if (!pressed || pressed.moved) {
      return;
    }
    if (pressed.lane === null) {
      seekTo(at(event).x);
    } else {
      pick(pressed.lane);
    }
  });
  element.addEventListener('pointercancel', () => {
    press = null;
    leave();
  });
  new ResizeObserver(([{ contentRect }]) => {
    const { width, height } = contentRect;
    size = { width: Math.floor(width), height: Math.floor(height) };
    draw();
  }).observe(element);

  return {
    element,
    *set(next, lane) {
      figure = next;
      selected = lane;
      yield* drawn();
    },
    light(lane) {
      if (lane !== lit) {
        lit = lane;
        drawing?.light(lane);
      }
    },
    now(next, text) {
      if (next === (place?.at ?? null) && text === (place?.text ?? '')) {
        return;
      }
      place = next === null ? null : { at: next, text };
      drawNow();
    },
    theme: draw,
  };
}
