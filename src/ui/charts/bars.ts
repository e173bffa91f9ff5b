import { svg } from '../dom.ts';
import { token } from '../theme.ts';
import { csvCell, type Drawing, type Figure, lightParts, type Under } from './figure.ts';
import { cut, LETTER, nameText, numberText, sheet, signAt, widthOf } from './pen.ts';

/** A part that each bar has: the same colour in all of them. */
export interface BarPart {
  readonly name: string;
  /** `#rrggbb`. */
  readonly colour: string;
}

/** A lane's bar. */
export interface Bar {
  /** Index into the scene's lanes. */
  readonly lane: number;
  readonly name: string;
  readonly colour: string;
  /** The lane's sign as a path about the origin, within a circle of radius 1. */
  readonly outline: string;
  /** One for each part, together 1 or less. */
  readonly shares: readonly number[];
}

/** Bars of shares, one below the other. */
export interface Bars {
  readonly title: string;
  readonly note: string;
  readonly parts: readonly BarPart[];
  readonly bars: readonly Bar[];
}

const LONGEST_NAME = 16;
const RIGHT = 12;
const TOP = 6;

/** Heights of a bar at most, of the axis below them, and of a line of the legend. */
const THICK = 26;
const AXIS = 24;
const LINE = 19;

/** Letters of a legend's entry beside its word: a square, and air. */
const SWATCH = 26;

/** A share narrower than this is not written in its bar. */
const WRITTEN = 34;

const percent = (share: number): string => String(Math.round(100 * share));

/** Ink that can be read on a colour. Source: WCAG 2.2, relative luminance. */
function inkOn(hex: string): string {
  const [r, g, b] = [1, 3, 5].map((at) => (Number.parseInt(hex.slice(at, at + 2), 16) / 255) ** 2.2);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? '#0d1316' : '#fffcf2';
}

/** Where the legend's entries stand: row by row. */
function legendOf(parts: readonly BarPart[], width: number): readonly (readonly [x: number, row: number])[] {
  let [x, row] = [0, 0];
  return parts.map(({ name }) => {
    const wide = SWATCH + widthOf([name], LETTER.name);
    if (x > 0 && x + wide > width) {
      [x, row] = [0, row + 1];
    }
    x += wide;
    return [x - wide, row] as const;
  });
}

function* draw(
  { title, parts, bars }: Bars,
  width: number,
  height: number,
  selected: number,
): Generator<void, Drawing> {
  const names = bars.map(({ name }) => cut(name, LONGEST_NAME));
  const left = Math.min(0.4 * width, 24 + Math.ceil(widthOf(names, LETTER.name)));
  const right = width - RIGHT;
  const shown = parts.map((_, k) => k).filter((k) => bars.some(({ shares }) => shares[k] > 0));
  const places = legendOf(
    shown.map((k) => parts[k]),
    width - 8,
  );
  const legendHeight = LINE * (1 + Math.max(0, ...places.map(([, row]) => row)));
  const bottom = height - AXIS - legendHeight;
  const pitch = (bottom - TOP) / Math.max(1, bars.length);
  const thick = Math.min(THICK, 0.68 * pitch);
  const middle = (row: number): number => TOP + (row + 0.5) * pitch;
  const at = (share: number): number => left + share * (right - left);
  /** Where each part of a bar begins and ends. */
  const edges = ({ shares }: Bar): (readonly [number, number])[] => {
    let sum = 0;
    return shares.map((share) => {
      sum += share;
      return [sum - share, sum] as const;
    });
  };
  const drawn: { readonly lane: number; readonly element: SVGElement }[] = [];
  for (const [row, bar] of bars.entries()) {
    yield;
    const y = middle(row);
    const pieces = edges(bar).flatMap(([from, to], k) => {
      if (to <= from) {
        return [];
      }
      const [x, wide] = [at(from), at(to) - at(from)];
      const piece = svg('rect', {
        x: x.toFixed(1),
        y: (y - thick / 2).toFixed(1),
        width: Math.max(1, wide - 1).toFixed(1),
        height: thick.toFixed(1),
        fill: parts[k].colour,
      });
      if (wide < WRITTEN || thick < 13) {
        return [piece];
      }
      const label = numberText(x + wide / 2, y + 4, 'middle', percent(to - from));
      label.setAttribute('fill', inkOn(parts[k].colour));
      return [piece, label];
    });
    const element = svg(
      'g',
      {},
      signAt(8, y, bar.outline, bar.colour),
      nameText(
        20,
        y + 4,
        names[row],
        13,
        bar.lane === selected ? '--ink' : '--ink-2',
        bar.lane === selected ? 600 : 400,
      ),
      ...pieces,
    );
    drawn.push({ lane: bar.lane, element });
  }
  yield;
  const line = token('--line');
  const element = sheet(
    width,
    height,
    title,
    ...[0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
      svg('path', { d: `M${at(share).toFixed(1)} ${TOP}V${bottom.toFixed(1)}`, stroke: line, fill: 'none' }),
      numberText(at(share), bottom + 15, share === 1 ? 'end' : 'middle', percent(share)),
    ]),
    ...drawn.map((part) => part.element),
    ...shown.flatMap((k, i) => {
      const [x, row] = places[i];
      const y = height - legendHeight + LINE * row + 8;
      return [
        svg('rect', { x: x + 4, y: y - 5, width: 10, height: 10, rx: 2, fill: parts[k].colour }),
        nameText(x + 19, y + 4, parts[k].name, 12, '--ink-2'),
      ];
    }),
  );
  const under = (_x: number, py: number): Under => {
    const bar = bars[Math.min(bars.length - 1, Math.max(0, Math.floor((py - TOP) / pitch)))];
    return {
      lane: bar?.lane ?? null,
      head: bar?.name ?? '',
      rows: shown.map((k) => ({
        lane: -1,
        colour: parts[k].colour,
        name: parts[k].name,
        text: `${(100 * (bar?.shares[k] ?? 0)).toFixed(1)} %`,
      })),
    };
  };
  return { element, plot: [0, TOP, width, bottom], x: null, under, light: (lane) => lightParts(drawn, lane) };
}

function csv({ parts, bars }: Bars): string {
  const rows = bars.map(({ name, shares }) => [csvCell(name), ...shares].join(','));
  return `${[['lane', ...parts.map((part) => csvCell(part.name))].join(','), ...rows].join('\n')}\n`;
}

/** Bars as a figure. */
export function barFigure(bars: Bars): Figure {
  const { title, note } = bars;
  return { title, note, draw: (width, height, selected) => draw(bars, width, height, selected), csv: () => csv(bars) };
}
