import '../styles/charts.css';

import { el, svg } from '../dom.ts';
import { token } from '../theme.ts';
import { type Chart, indexAt } from './chart.ts';
import { type Drawing, drawChart } from './draw.ts';

/** A chart on the page: drawn anew when its data, its size or the theme change; a line shows where the run is now. */
export interface ChartView {
  readonly element: HTMLElement;
  /** The chart as it is drawn now; null before the first. */
  readonly drawing: Drawing | null;
  /** Shows a chart, one lane's curve in front of the others. */
  set(chart: Chart, front: number | null): void;
  /** Where the run is for each lane's curve, in units of the x axis; null: nowhere. */
  now(at: number | null, text: string): void;
  theme(): void;
}

/** What a chart tells of the pointer over it. */
export interface ChartHand {
  /** The pointer is at this x; the lane whose curve is nearest there, and the curves' values as text. null: it left. */
  hover(at: { readonly x: number; readonly lane: number | null } | null): void;
}

/** Pixels from a curve within which the pointer is on it. */
const NEAR = 22;

/** Makes the place for a chart. */
export function createChartView({ hover }: ChartHand): ChartView {
  const element = el('div', { class: 'svg-chart' });
  const tip = el('div', { class: 'chart-tip', hidden: true });
  const marker = svg('g', { class: 'chart-now' });
  const cursor = svg('path', { class: 'chart-cursor' });
  let chart: Chart | null = null;
  let front: number | null = null;
  let drawing: Drawing | null = null;
  let place: { readonly at: number; readonly text: string } | null = null;

  const drawNow = (): void => {
    marker.replaceChildren();
    if (!drawing || place === null) {
      return;
    }
    const [left, top, right, bottom] = drawing.plot;
    const x = drawing.x.at(place.at);
    if (!(x >= left && x <= right)) {
      return;
    }
    const inside = x > (left + right) / 2;
    marker.append(
      svg('path', { d: `M${x.toFixed(1)} ${top}V${bottom}`, stroke: token('--ink-2'), 'stroke-dasharray': '2 3' }),
      svg(
        'text',
        { x: x + (inside ? -6 : 6), y: top + 10, 'text-anchor': inside ? 'end' : 'start', fill: token('--ink-2'), 'font-size': 12, 'font-family': '"IBM Plex Mono", monospace' },
        place.text,
      ),
    );
  };

  const draw = (): void => {
    const { clientWidth: width, clientHeight: height } = element;
    if (!chart || width < 80 || height < 60) {
      return;
    }
    drawing = drawChart(chart, width, height, front);
    drawing.element.append(marker, cursor);
    element.replaceChildren(drawing.element, tip);
    drawNow();
  };

  const leave = (): void => {
    tip.hidden = true;
    cursor.setAttribute('d', '');
    hover(null);
  };

  const point = (event: PointerEvent): void => {
    if (!chart || !drawing) {
      return;
    }
    const box = element.getBoundingClientRect();
    const [px, py] = [event.clientX - box.left, event.clientY - box.top];
    const [left, top, right, bottom] = drawing.plot;
    if (px < left || px > right || py > bottom) {
      leave();
      return;
    }
    const { x: sx, y: sy } = drawing;
    const at = sx.value(px);
    const values = chart.curves.map((curve) => {
      const k = indexAt(curve.x, at);
      return { curve, value: k < 0 ? Number.NaN : curve.y[k] };
    });
    const distances = values.map(({ value }) => (Number.isFinite(value) ? Math.abs(sy.at(value) - py) : Number.POSITIVE_INFINITY));
    const least = Math.min(...distances);
    const lane = least < NEAR ? values[distances.indexOf(least)].curve.lane : null;
    cursor.setAttribute('d', `M${px.toFixed(1)} ${top}V${bottom}`);
    const format = chart.y.text;
    tip.replaceChildren(
      el('span', { class: 'chart-tip-x' }, `${chart.x.label} ${chart.x.text(at)}`),
      ...values.map(({ curve, value }) => {
        const dot = el('i', { class: 'chart-dot' });
        dot.style.background = curve.colour;
        const row = el('span', { class: 'chart-tip-row' }, dot, el('span', {}, curve.name), el('b', {}, Number.isFinite(value) ? format(value) : '–'));
        row.classList.toggle('chart-tip-near', curve.lane === lane);
        return row;
      }),
    );
    tip.hidden = false;
    tip.classList.toggle('chart-tip-left', px > (left + right) / 2);
    tip.style.left = `${px}px`;
    tip.style.top = `${top}px`;
    hover({ x: at, lane });
  };

  element.addEventListener('pointermove', point);
  element.addEventListener('pointerleave', leave);
  new ResizeObserver(draw).observe(element);

  return {
    element,
    get drawing() {
      return drawing;
    },
    set(next, lane) {
      chart = next;
      front = lane;
      draw();
    },
    now(at, text) {
      if (at === place?.at && text === place.text) {
        return;
      }
      place = at === null ? null : { at, text };
      drawNow();
    },
    theme: draw,
  };
}
