import { csvCell } from './figure.ts';

/** An axis: what it measures, and how it is divided. */
export interface Axis {
  readonly label: string;
  readonly log: boolean;
  /** From where to where; without it, as far as the curves go. */
  readonly range?: readonly [number, number];
  /** Without a range: what of the curves' values is beyond these leaves the chart. */
  readonly within?: readonly [number, number];
  /** Where it is divided; without it, at round numbers. */
  readonly ticks?: readonly number[];
  /** A value as it is printed beside the axis. */
  readonly text: (value: number) => string;
}

/** A lane's curve. */
export interface Curve {
  /** Index into the scene's lanes. */
  readonly lane: number;
  readonly name: string;
  readonly colour: string;
  /** Its sign as a path about the origin, within a circle of radius 1. */
  readonly outline: string;
  /** Ascending. */
  readonly x: ArrayLike<number>;
  /** One for each x; what is not finite is a gap. */
  readonly y: ArrayLike<number>;
  /** The x of a point of it that is marked with a ring. */
  readonly mark?: number;
  /** Edges of a band about it, likewise. */
  readonly band?: { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> };
}

/** Curves as data. */
export interface Chart {
  readonly title: string;
  /** What is measured, in a few words under the title. */
  readonly note: string;
  readonly x: Axis;
  readonly y: Axis;
  /** Whether a value holds until the next one, as in a distribution, rather than changing evenly. */
  readonly steps: boolean;
  /** Whether places on the x axis are times of the run. */
  readonly timed: boolean;
  readonly curves: readonly Curve[];
}

/** Decades that a logarithmic axis shows at most: below, one arrived lane would press all others into a strip. */
const DECADES = 12;

/** From where to where an axis goes, for the values on it. */
export function rangeOf({ range, within, log }: Axis, values: Iterable<number>): readonly [number, number] {
  if (range) {
    return range;
  }
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (Number.isFinite(value) && (!log || value > 0)) {
      const shown = within ? Math.min(within[1], Math.max(within[0], value)) : value;
      low = Math.min(low, shown);
      high = Math.max(high, shown);
    }
  }
  if (low > high) {
    return log ? [0.1, 1] : [0, 1];
  }
  if (log) {
    const bottom = Math.max(low, high * 10 ** -DECADES);
    return [10 ** Math.floor(Math.log10(bottom) + 1e-9), 10 ** Math.ceil(Math.log10(high) - 1e-9)].map(
      (end, k, ends) => (ends[0] === ends[1] ? end * [0.1, 1][k] : end),
    ) as [number, number];
  }
  const room = 0.05 * (high - low || Math.abs(high) || 1);
  return [low - room, high + room];
}

/** All that the curves of a chart have on its y axis, with the band of one of them. */
export function* heights({ curves }: Chart, selected: number): Generator<number> {
  for (const { lane, y, band } of curves) {
    for (const values of lane === selected && band ? [y, band.low, band.high] : [y]) {
      yield* Array.from(values);
    }
  }
}

/** All that they have on the x axis. */
export function* widths({ curves }: Chart): Generator<number> {
  for (const { x } of curves) {
    yield* Array.from(x);
  }
}

/** Index of the last x that is not beyond a value; -1 where all are. */
export function indexAt(x: ArrayLike<number>, value: number): number {
  let low = -1;
  let high = x.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle] <= value) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

/** A chart as comma-separated values: lane, x, y, and the band's edges where there is one. */
export function chartCsv({ x, y, curves }: Chart): string {
  const banded = curves.some(({ band }) => band !== undefined);
  const head = ['lane', x.label, y.label, ...(banded ? ['low', 'high'] : [])].map(csvCell).join(',');
  const rows = curves.flatMap((curve) =>
    Array.from(curve.x, (at, k) => {
      const band = banded ? [curve.band?.low[k] ?? '', curve.band?.high[k] ?? ''] : [];
      return [csvCell(curve.name), at, curve.y[k], ...band].join(',');
    }),
  );
  return `${[head, ...rows].join('\n')}\n`;
}
