import { svg } from '../dom.ts';
import { token } from '../theme.ts';
import { type Chart, type Curve, heights, rangeOf, widths } from './chart.ts';
import { type Scale, scaleOf } from './scale.ts';

/** A chart as it was drawn. All its colours and fonts are in it, so that it can be saved as it is. */
export interface Drawing {
  readonly element: SVGSVGElement;
  readonly x: Scale;
  readonly y: Scale;
  /** The plot's left, top, right and bottom. */
  readonly plot: readonly [number, number, number, number];
}

const MONO = '"IBM Plex Mono", ui-monospace, monospace';
const LEFT = 52;
const TOP = 10;
const RIGHT = 14;
const BOTTOM = 28;

/** Pixels of a label along each axis, with air. */
const ROOM = { x: 64, y: 34 } as const;

/** Opacity of bands, and of curves that stand back behind another. */
const BAND = '0.16';
const BEHIND = '0.28';

/** A curve's path, broken where it has no value. */
function pathOf({ x, y }: Pick<Curve, 'x' | 'y'>, sx: Scale, sy: Scale, steps: boolean): string {
  let path = '';
  let down = false;
  let level = 0;
  for (let k = 0; k < x.length; k += 1) {
    if (!Number.isFinite(y[k])) {
      down = false;
      continue;
    }
    const [px, py] = [sx.at(x[k]).toFixed(1), sy.at(y[k]).toFixed(1)];
    if (down && steps) {
      path += `H${px}`;
      if (y[k] !== level) {
        path += `V${py}`;
      }
    } else {
      path += `${down ? 'L' : 'M'}${px} ${py}`;
    }
    level = y[k];
    down = true;
  }
  return path;
}

/** The outline of a curve's band. */
function bandOf({ x, band }: Curve, sx: Scale, sy: Scale): string {
  if (!band) {
    return '';
  }
  const whole = Array.from(x, (_, k) => k).filter((k) => Number.isFinite(band.low[k]) && Number.isFinite(band.high[k]));
  const point = (k: number, edge: ArrayLike<number>): string => `${sx.at(x[k]).toFixed(1)} ${sy.at(edge[k]).toFixed(1)}`;
  const there = whole.map((k) => point(k, band.high));
  const back = [...whole].reverse().map((k) => point(k, band.low));
  return whole.length > 0 ? `M${[...there, ...back].join('L')}Z` : '';
}

/**
 * Draws a chart.
 * @param front the lane whose curve stands before the others, with its band; null: none does
 */
export function drawChart(chart: Chart, width: number, height: number, front: number | null): Drawing {
  const [right, bottom] = [width - RIGHT, height - BOTTOM];
  const x = scaleOf(chart.x, rangeOf(chart.x, widths(chart)), LEFT, right, ROOM.x);
  const y = scaleOf(chart.y, rangeOf(chart.y, heights(chart)), bottom, TOP, ROOM.y);
  const [ink, line] = [token('--ink-3'), token('--line')];
  const label = (at: readonly [number, number], anchor: string, text: string): SVGTextElement =>
    svg('text', { x: at[0], y: at[1], 'text-anchor': anchor, fill: ink, 'font-family': MONO, 'font-size': 12 }, text);
  const order = [...chart.curves].sort((a, b) => Number(a.lane === front) - Number(b.lane === front));
  const drawCurve = (curve: Curve): SVGPathElement[] => {
    const { lane, colour } = curve;
    const band = lane === front ? bandOf(curve, x, y) : '';
    const path = svg('path', {
      d: pathOf(curve, x, y, chart.steps),
      fill: 'none',
      stroke: colour,
      'stroke-width': lane === front ? 2.6 : 2,
      'stroke-linejoin': 'round',
      opacity: front === null || lane === front ? null : BEHIND,
    });
    return [...(band ? [svg('path', { d: band, fill: colour, 'fill-opacity': BAND })] : []), path];
  };
  const element = svg(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': chart.title },
    ...y.ticks.flatMap((tick) => [
      svg('path', { d: `M${LEFT} ${y.at(tick).toFixed(1)}H${right}`, stroke: line, fill: 'none' }),
      label([LEFT - 8, y.at(tick) + 4], 'end', chart.y.text(tick)),
    ]),
    ...x.ticks.map((tick) => label([x.at(tick), height - 9], tick === x.ticks[0] ? 'start' : 'middle', chart.x.text(tick))),
    ...order.flatMap((curve) => drawCurve(curve)),
  );
  return { element, x, y, plot: [LEFT, TOP, right, bottom] };
}
