import type { TerrainSamples } from '../../compute/contract.ts';
import { LANE_COLOURS, LANE_SHAPES } from '../../scene/colours.ts';
import { laneNames } from '../../scene/lane-names.ts';
import { heightOf, surfaceOf } from '../../scene/resolve.ts';
import type { Scene } from '../../scene/scene.ts';
import { legendTicks, rampColours } from '../../view/legend.ts';
import { LOOKS } from '../../view/look.ts';
import { toCss } from '../../view/oklab.ts';
import { OUTLINES } from '../../view/outlines.ts';
import { rampOf } from '../../view/ramps.ts';
import { reliefOf } from '../../view/relief.ts';
import { niceTicks, tickText } from '../../view/ticks.ts';
import type { MarkedPoint, Theme } from '../../view/view.ts';
import { contoursOf } from './contours.ts';
import type { LanePaths } from './paths.ts';
import { signOf } from './signs.ts';
import { escaped, lineData, short, tag } from './xml.ts';

/** What the drawing shows. */
export interface MapFacts {
  readonly scene: Scene;
  readonly theme: Theme;
  readonly terrain: TerrainSamples;
  readonly marked: readonly MarkedPoint[];
  readonly paths: readonly LanePaths[];
  /** Updates done. */
  readonly step: number;
  /** Pixels of the file, and of the layout in which everything is placed. */
  readonly size: readonly [number, number];
  readonly layout: readonly [number, number];
}

/** Room around the map, in pixels of the layout. */
const MARGIN = { left: 64, right: 90, top: 30, bottom: 58, title: 34, lanes: 30 } as const;

const SANS = 'Source Sans 3, Helvetica, Arial, sans-serif';
const MONO = 'IBM Plex Mono, Menlo, Consolas, monospace';
const MATH = 'STIX Two Math, Cambria Math, Times New Roman, serif';

/** Ink of contours. */
const INK: Readonly<Record<Theme, string>> = { dark: '#0d1316', light: '#3a352c' };

type Style = Readonly<Record<string, string | number>>;

const NO_LINE: Style = {};

const lineOf = (theme: Theme, bold: boolean): Style => ({
  stroke: INK[theme],
  'stroke-width': bold ? 1.1 : 0.6,
  'stroke-opacity': bold ? 0.75 : 0.42,
});

/** A place of the domain on the page. */
type Place = (x: number, y: number) => readonly [number, number];

/** Where the map lies: as large as there is room, in the domain's shape. */
function frameOf({ scene, paths, layout: [width, height], terrain: { domain } }: MapFacts) {
  const top = MARGIN.top + (scene.film.title !== '' ? MARGIN.title : 0) + (paths.length > 1 ? MARGIN.lanes : 0);
  const [xmin, xmax, ymin, ymax] = domain;
  const room = [width - MARGIN.left - MARGIN.right, height - top - MARGIN.bottom];
  const scale = Math.min(room[0] / (xmax - xmin), room[1] / (ymax - ymin));
  const [wide, high] = [(xmax - xmin) * scale, (ymax - ymin) * scale];
  const left = MARGIN.left + Math.max(0, (room[0] - wide) / 2);
  const place: Place = (x, y) => [
    left + ((x - xmin) / (xmax - xmin)) * wide,
    top + ((ymax - y) / (ymax - ymin)) * high,
  ];
  return { left, top, wide, high, place };
}

/** The map as an SVG file: contour bands, paths and marks as vectors, every text a text. */
export function drawMap(facts: MapFacts): string {
  const { scene, theme, terrain, marked, paths, step, size, layout } = facts;
  const look = LOOKS[theme];
  const relief = reliefOf(terrain, heightOf(scene));
  const ramp = rampOf(scene.picture.palette, theme);
  const frame = frameOf(facts);
  const { left, top, wide, high, place } = frame;
  const text = (words: string, x: number, y: number, style: Readonly<Record<string, string | number>>): string =>
    tag('text', { x: short(x), y: short(y), fill: look.ink, ...style }, escaped(words));

  const bands = contoursOf(terrain, relief).map(({ bold, middle, rings }) => {
    const data = rings
      .map((ring) =>
        lineData(
          ring.map(([u, v]): [number, number] => [left + u * wide, top + (1 - v) * high]),
          true,
        ),
      )
      .join('');
    const line = scene.picture.contours ? lineOf(theme, bold) : NO_LINE;
    return tag('path', { d: data, fill: toCss(ramp(relief.ramp(middle))), ...line });
  });
  const trails = paths.flatMap(({ lane, paths: ways }) => {
    const { colour } = scene.lanes[lane];
    const { hex } = LANE_COLOURS[colour];
    const points = ways.map((way) => way.map(([x, y]) => place(x, y)));
    return [
      ...points.map((way) =>
        tag('path', {
          d: lineData(way),
          fill: 'none',
          stroke: hex,
          'stroke-width': 1.6,
          'stroke-opacity': 0.8,
          'stroke-linejoin': 'round',
        }),
      ),
      ...points.map((way) => {
        const [x, y] = way[way.length - 1];
        return tag('path', {
          d: OUTLINES[LANE_SHAPES[colour]],
          transform: `translate(${short(x)} ${short(y)}) scale(3.6)`,
          fill: hex,
          'fill-rule': 'evenodd',
          stroke: look.halo,
          'stroke-width': 0.35,
        });
      }),
    ];
  });
  const direct = ([dx, dy]: readonly [number, number]): readonly [number, number] => {
    const [px, py] = [
      (dx * wide) / (terrain.domain[1] - terrain.domain[0]),
      (-dy * high) / (terrain.domain[3] - terrain.domain[2]),
    ];
    const length = Math.hypot(px, py) || 1;
    return [px / length, py / length];
  };
  const [xmin, xmax, ymin, ymax] = terrain.domain;
  const inside = ({ x, y }: MarkedPoint): boolean => x >= xmin && x <= xmax && y >= ymin && y <= ymax;
  const signs = scene.picture.markers
    ? marked.filter(inside).map((point) => signOf(point, place(point.x, point.y), direct, look))
    : [];

  const number = { 'font-family': MONO, 'font-size': 12, fill: look.quiet };
  const axes = [
    ...niceTicks(xmin, xmax, 6).map((value) => {
      const [x] = place(value, ymin);
      return (
        tag('path', { d: `M${short(x)} ${short(top + high)}v6`, stroke: look.quiet }) +
        text(tickText(value), x, top + high + 20, { ...number, 'text-anchor': 'middle' })
      );
    }),
    ...niceTicks(ymin, ymax, 6).map((value) => {
      const [, y] = place(xmin, value);
      return (
        tag('path', { d: `M${short(left)} ${short(y)}h-6`, stroke: look.quiet }) +
        text(tickText(value), left - 10, y + 4, { ...number, 'text-anchor': 'end' })
      );
    }),
    text('x', left + wide / 2, top + high + 44, {
      'font-family': MATH,
      'font-style': 'italic',
      'font-size': 19,
      'text-anchor': 'middle',
    }),
    text('y', left - 44, top + high / 2 + 5, {
      'font-family': MATH,
      'font-style': 'italic',
      'font-size': 19,
      'text-anchor': 'middle',
    }),
  ];

  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    tag(
      'svg',
      {
        xmlns: 'http://www.w3.org/2000/svg',
        width: size[0],
        height: size[1],
        viewBox: `0 0 ${short(layout[0])} ${short(layout[1])}`,
      },
      tag('title', {}, escaped(scene.film.title || `${surfaceOf(scene).name}, step ${step}`)),
      tag('rect', { width: '100%', height: '100%', fill: toCss(look.page[0]) }),
      tag(
        'clipPath',
        { id: 'map' },
        tag('rect', { x: short(left), y: short(top), width: short(wide), height: short(high) }),
      ),
      tag(
        'g',
        { 'clip-path': 'url(#map)' },
        tag('rect', { x: short(left), y: short(top), width: short(wide), height: short(high), fill: toCss(ramp(0)) }),
        tag('g', { id: 'contours' }, ...bands),
        tag('g', { id: 'paths' }, ...trails),
        tag('g', { id: 'points' }, ...signs),
      ),
      tag('rect', {
        x: short(left),
        y: short(top),
        width: short(wide),
        height: short(high),
        fill: 'none',
        stroke: look.quiet,
      }),
      ...axes,
      ...legendOf(facts, frame, text),
      ...namesOf(facts, frame, text),
    ),
    '\n',
  ].join('');
}

type Text = (words: string, x: number, y: number, style: Readonly<Record<string, string | number>>) => string;
type Frame = ReturnType<typeof frameOf>;

/** The colour ramp beside the map. */
function legendOf({ scene, theme, terrain }: MapFacts, { left, top, wide, high }: Frame, text: Text): string[] {
  const colours = rampColours(rampOf(scene.picture.palette, theme));
  const relief = reliefOf(terrain, heightOf(scene));
  const x = left + wide + 18;
  const stops = colours.map((colour, k) => tag('stop', { offset: k / (colours.length - 1), 'stop-color': colour }));
  const ticks = legendTicks(relief).map(({ position, text: words }) =>
    text(words, x + 18, top + high * (1 - position) + (position < 0.02 ? 0 : position > 0.98 ? 9 : 4), {
      'font-family': MONO,
      'font-size': 12,
      fill: LOOKS[theme].quiet,
    }),
  );
  return [
    tag('linearGradient', { id: 'ramp', x1: 0, y1: 1, x2: 0, y2: 0 }, ...stops),
    tag('rect', { x: short(x), y: short(top), width: 10, height: short(high), fill: 'url(#ramp)' }),
    ...ticks,
  ];
}

/** The title, and the lanes with their signs where there are several, above the map. */
function namesOf({ scene, paths, theme }: MapFacts, { left, top }: Frame, text: Text): string[] {
  const names = laneNames(scene);
  const title =
    scene.film.title === ''
      ? []
      : [text(scene.film.title, left, MARGIN.top + 14, { 'font-family': SANS, 'font-size': 22, 'font-weight': 600 })];
  let x = left;
  const lanes = (paths.length > 1 ? paths : []).map(({ lane }) => {
    const { colour } = scene.lanes[lane];
    const name = names[lane];
    const at = x;
    // About as wide as it will be in whichever font there is.
    x += 38 + 9.6 * name.length;
    const sign = tag('path', {
      d: OUTLINES[LANE_SHAPES[colour]],
      transform: `translate(${short(at + 6)} ${short(top - 19)}) scale(6)`,
      fill: LANE_COLOURS[colour].hex,
      'fill-rule': 'evenodd',
      stroke: LOOKS[theme].halo,
      'stroke-width': 0.2,
    });
    return sign + text(name, at + 18, top - 14, { 'font-family': SANS, 'font-size': 15, 'font-weight': 600 });
  });
  return [...title, ...lanes];
}
