import { freshId, svg } from '../dom.ts';
import { token } from '../theme.ts';
import { type Chart, chartCsv, type Curve, heights, indexAt, rangeOf, widths } from './chart.ts';
import { type Drawing, type Figure, lightParts, type Under } from './figure.ts';
import { keptApart } from './labels.ts';
import { cut, LETTER, nameText, numberText, sheet, signAt, widthOf } from './pen.ts';
import { type Scale, scaleOf } from './scale.ts';

const TOP = 10;
const BOTTOM = 28;

/** Pixels of a label along each axis, with air. */
const ROOM = { x: 44, y: 26 } as const;

/** A figure narrower than this has no room for names at the ends of its curves: signs alone tell them. */
const NAMED = 330;
const LONGEST_NAME = 16;

/** Between the names at the ends, and between a curve's end and its sign. */
const NAME_HEIGHT = 16;
const SIGN = 12;

/** Opacity of bands. */
const BAND = '0.18';

/** Pixels from a curve within which the pointer is on it. */
const NEAR = 22;

/** A place in a path: to a tenth of a pixel. */
const tenth = (pixels: number): number => Math.round(10 * pixels) / 10;

/** A curve's path, broken where it has no value. */
function pathOf({ x, y }: Pick<Curve, 'x' | 'y'>, sx: Scale, sy: Scale, steps: boolean): string {
  let path = '';
  let down = false;
  for (let k = 0; k < x.length; k += 1) {
    if (!Number.isFinite(y[k])) {
      down = false;
      continue;
    }
    if (!down || !steps) {
      path += `${down ? 'L' : 'M'}${tenth(sx.at(x[k]))} ${tenth(sy.at(y[k]))}`;
    } else if (y[k] !== y[k - 1]) {
      path += `H${tenth(sx.at(x[k]))}V${tenth(sy.at(y[k]))}`;
    } else if (k === x.length - 1 || !Number.isFinite(y[k + 1])) {
      path += `H${tenth(sx.at(x[k]))}`;
    }
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
  const point = (k: number, edge: ArrayLike<number>): string => `${tenth(sx.at(x[k]))} ${tenth(sy.at(edge[k]))}`;
  const there = whole.map((k) => point(k, band.high));
  const back = [...whole].reverse().map((k) => point(k, band.low));
  return whole.length > 0 ? `M${[...there, ...back].join('L')}Z` : '';
}

/** The ring around a curve's marked point, or nothing. */
function markOf({ x, y, mark, colour }: Curve, sx: Scale, sy: Scale): SVGElement | null {
  const k = mark === undefined ? -1 : indexAt(x, mark);
  return k >= 0 && Number.isFinite(y[k])
    ? svg('circle', {
        cx: sx.at(x[k]).toFixed(1),
        cy: sy.at(y[k]).toFixed(1),
        r: 4.5,
        fill: token('--panel-solid'),
        stroke: colour,
        'stroke-width': 2,
      })
    : null;
}

/** Index of a curve's last value; -1 without one. */
function lastOf({ y }: Curve): number {
  let k = y.length - 1;
  while (k >= 0 && !Number.isFinite(y[k])) {
    k -= 1;
  }
  return k;
}

/** Curves over a common axis, each with its lane's sign and name at its end; pauses between curves. */
function* draw(chart: Chart, width: number, height: number, selected: number): Generator<void, Drawing> {
  const { curves } = chart;
  const named = width >= NAMED;
  const names = curves.map(({ name }) => cut(name, LONGEST_NAME));
  const [xs, ys] = [rangeOf(chart.x, widths(chart)), rangeOf(chart.y, heights(chart, selected))];
  const bottom = height - BOTTOM;
  const y = scaleOf(chart.y, ys, bottom, TOP, ROOM.y);
  const levels = y.ticks.map((tick) => chart.y.text(tick));
  const left = Math.ceil(widthOf(levels, LETTER.number)) + 12;
  const right = width - (named ? Math.ceil(widthOf(names, LETTER.name)) + 2 * SIGN + 4 : 2 * SIGN - 4);
  const x = scaleOf(chart.x, xs, left, right, ROOM.x);
  const ends = curves.map((curve) => {
    const k = lastOf(curve);
    return k < 0 ? null : ([x.at(curve.x[k]), Math.min(bottom, Math.max(TOP, y.at(curve.y[k])))] as const);
  });
  const places = keptApart(
    ends.map((end) => end?.[1] ?? bottom),
    named ? NAME_HEIGHT : SIGN,
    TOP,
    bottom,
  );
  const clip = freshId('plot');
  const parts: { readonly lane: number; readonly element: SVGElement }[] = [];
  for (const [k, curve] of curves.entries()) {
    yield;
    const { lane, colour, outline } = curve;
    const band = lane === selected ? bandOf(curve, x, y) : '';
    const end = ends[k];
    const [signX, signY] = [right + SIGN, places[k]];
    const bends = end && Math.hypot(signX - SIGN - end[0], signY - end[1]) > 3;
    const element = svg(
      'g',
      {},
      svg(
        'g',
        { 'clip-path': `url(#${clip})` },
        band ? svg('path', { d: band, fill: colour, 'fill-opacity': BAND }) : null,
        svg('path', {
          d: pathOf(curve, x, y, chart.steps),
          fill: 'none',
          stroke: colour,
          'stroke-width': lane === selected ? 2.6 : 1.9,
          'stroke-linejoin': 'round',
        }),
      ),
      markOf(curve, x, y),
      // From where it ends to its sign.
      bends
        ? svg('path', {
            d: `M${end[0].toFixed(1)} ${end[1].toFixed(1)}L${(signX - 5).toFixed(1)} ${signY.toFixed(1)}`,
            stroke: colour,
            'stroke-opacity': '0.5',
            fill: 'none',
            'stroke-dasharray': '1 3',
          })
        : null,
      signAt(signX, signY, outline, colour),
      named
        ? nameText(
            signX + 10,
            signY + 4,
            names[k],
            13,
            lane === selected ? '--ink' : '--ink-2',
            lane === selected ? 600 : 400,
          )
        : null,
    );
    parts.push({ lane, element });
  }
  yield;
  const line = token('--line');
  const element = sheet(
    width,
    height,
    chart.title,
    svg(
      'clipPath',
      { id: clip },
      svg('rect', { x: left, y: TOP - 3, width: Math.max(1, right - left + 3), height: bottom - TOP + 6 }),
    ),
    ...y.ticks.flatMap((tick, k) => [
      svg('path', { d: `M${left} ${y.at(tick).toFixed(1)}H${right}`, stroke: line, fill: 'none' }),
      numberText(left - 8, y.at(tick) + 4, 'end', levels[k]),
    ]),
    ...x.ticks.map((tick) => numberText(x.at(tick), height - 8, 'middle', chart.x.text(tick))),
    ...[...parts].sort((a, b) => Number(a.lane === selected) - Number(b.lane === selected)).map((part) => part.element),
  );

  const under = (px: number, py: number): Under => {
    const at = x.value(px);
    const values = curves.map((curve) => {
      const k = indexAt(curve.x, at);
      return k < 0 ? Number.NaN : curve.y[k];
    });
    const distances = values.map((value) =>
      Number.isFinite(value) ? Math.abs(y.at(value) - py) : Number.POSITIVE_INFINITY,
    );
    const nearest = distances.indexOf(Math.min(...distances));
    return {
      lane: distances[nearest] < NEAR ? curves[nearest].lane : null,
      head: `${chart.x.label} ${chart.x.text(at)}`,
      rows: curves.map(({ lane, colour, name }, k) => ({
        lane,
        colour,
        name,
        text: Number.isFinite(values[k]) ? chart.y.text(values[k]) : '–',
      })),
    };
  };
  return {
    element,
    plot: [left, TOP, right, bottom],
    x: chart.timed ? x : null,
    under,
    light: (lane) => lightParts(parts, lane),
  };
}

/** Curves as a figure. */
export function curveFigure(chart: Chart): Figure {
  const { title, note } = chart;
  return {
    title,
    note,
    draw: (width, height, selected) => draw(chart, width, height, selected),
    csv: () => chartCsv(chart),
  };
}
