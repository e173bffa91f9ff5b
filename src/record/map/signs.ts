import type { Look } from '../../view/look.ts';
import type { MarkedPoint } from '../../view/view.ts';
import { lineData, tag } from './xml.ts';

/** Half the size of a sign, and of a saddle's arms, in pixels of the layout. */
const HALF = 7;
const ARM = 15;
const END = 4;

type Point = readonly [number, number];

/** Which way an arm goes on the page, from a unit vector of the domain. */
type Direct = (vector: Point) => Point;

const corners: Readonly<Record<'minimum' | 'maximum' | 'degenerate', readonly Point[]>> = {
  minimum: [
    [0, 1],
    [-1, -0.75],
    [1, -0.75],
  ],
  maximum: [
    [0, -1],
    [-1, 0.75],
    [1, 0.75],
  ],
  degenerate: [
    [0, -1],
    [1, 0],
    [0, 1],
    [-1, 0],
  ],
};

/** A saddle: arrows along the way down, bars across the way up. */
function saddle([x, y]: Point, low: Point, direct: Direct): string {
  const [down, up] = [direct(low), direct([-low[1], low[0]])];
  const from = ([dx, dy]: Point, along: number, across = 0): Point => [
    x + along * dx - across * dy,
    y + along * dy + across * dx,
  ];
  const arms = [down, up].map((way) => lineData([from(way, -ARM), from(way, ARM)]));
  const bars = [-ARM, ARM].map((end) => lineData([from(up, end, -END), from(up, end, END)]));
  const heads = [-1, 1].map((side) =>
    lineData([
      from(down, side * (ARM - END), -END * 0.8),
      from(down, side * ARM),
      from(down, side * (ARM - END), END * 0.8),
    ]),
  );
  return [...arms, ...bars, ...heads].join('');
}

/** The sign of a stationary point. */
export function signOf({ type, low }: MarkedPoint, at: Point, direct: Direct, look: Look): string {
  const line = (data: string, fill: string): string => {
    const common = { d: data, 'stroke-linejoin': 'round', 'stroke-linecap': 'round' };
    return (
      tag('path', { ...common, fill: 'none', stroke: look.halo, 'stroke-width': 4 }) +
      tag('path', { ...common, fill, stroke: look.ink, 'stroke-width': 1.6 })
    );
  };
  if (type === 'saddle') {
    return line(saddle(at, low, direct), 'none');
  }
  return line(
    lineData(
      corners[type].map(([dx, dy]): Point => [at[0] + HALF * dx, at[1] + HALF * dy]),
      true,
    ),
    look.halo,
  );
}
