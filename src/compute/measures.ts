export interface Place {
  readonly x: number;
  readonly y: number;
}

/** A particle as a watch last saw it, and what is needed to measure it. */
export interface Sighting {
  readonly x: number;
  readonly y: number;
  readonly loss: number;
  /** Length of its last update; 0 at the start. */
  readonly moved: number;
  /** The gradient there. */
  readonly gx: number;
  readonly gy: number;
  /** Places to which the distance is measured. */
  readonly goals: readonly Place[];
}

/** What is measured of each particle of a race while it runs: never negative but for the loss, Infinity for those gone. */
export interface Measure {
  readonly id: string;
  /** What it is called on the axis of a chart. */
  readonly name: string;
  /** In float64. */
  of(sighting: Sighting): number;
  /** The same in float32: an expression of `mark` (watch.wgsl), with `norm` and `nearestGoal` at hand. */
  readonly wgsl: string;
}

/** In the order in which the kernel has them. A measure more is a line more. */
export const MEASURES = [
  { id: 'loss', name: 'loss', of: ({ loss }) => loss, wgsl: 'mark.loss' },
  {
    id: 'distance',
    name: 'distance to the nearest minimum',
    of: ({ x, y, goals }) =>
      goals.reduce((least, goal) => Math.min(least, Math.hypot(x - goal.x, y - goal.y)), Infinity),
    wgsl: 'nearestGoal(mark.place)',
  },
  {
    id: 'gradient',
    name: 'gradient norm',
    of: ({ gx, gy }) => Math.hypot(gx, gy),
    wgsl: 'norm(surfaceGradient(mark.place))',
  },
  { id: 'stride', name: 'length of an update', of: ({ moved }) => moved, wgsl: 'mark.moved' },
] as const satisfies readonly Measure[];

export type MeasureId = (typeof MEASURES)[number]['id'];

/** Order statistics of a measure over particles: those of rank floor(q·(count - 1)), for q = 0.1, 0.5 and 0.9. */
export interface Quantiles {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** The q of `Quantiles`. */
export const QUANTILES = { low: 0.1, median: 0.5, high: 0.9 } as const satisfies Quantiles;

/** One value for each measure. */
export function byMeasure<T>(value: (id: MeasureId, index: number) => T): Readonly<Record<MeasureId, T>> {
  return Object.fromEntries(MEASURES.map(({ id }, index) => [id, value(id, index)])) as Record<MeasureId, T>;
}
