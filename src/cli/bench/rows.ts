import type { Contestant } from './contestant.ts';

/** How long and how often. An odd number of repeats has a median that was measured. */
export interface Pace {
  readonly repeats: number;
  readonly seconds: number;
}

/** One figure of the answer. */
export interface Row {
  readonly id: string;
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly unit: 'particle-steps/s' | 'ms/frame' | 'MiB/1000 frames';
  /** For the GPU: how many times as fast as each of the others, by medians of this run. */
  readonly ratios: Readonly<Record<string, number>>;
}

/** Seconds in which something is tried for the first time. */
const FIRST_SECONDS = 0.05;

const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

const medianOf = (values: readonly number[]): number => ascending(values)[values.length >> 1];

/** The middle and the ends of what was measured. */
export const figures = (values: readonly number[]): { median: number; low: number; high: number } => ({
  median: medianOf(values),
  low: Math.min(...values),
  high: Math.max(...values),
});

/**
 * Times all contestants of a case in turn, again and again, so that a machine that slows down slows all of them.
 * @returns particle-steps a second of each, by id
 */
export async function timeCase(
  contestants: readonly Contestant[],
  { repeats, seconds }: Pace,
): Promise<Map<string, number[]>> {
  const rates = new Map(contestants.map(({ id }) => [id, [] as number[]]));
  for (const contestant of contestants) {
    // Twice: compilers warm up, and the first gives the pace by which the second is as long as those that count.
    await contestant.rate(FIRST_SECONDS);
    await contestant.rate(seconds);
  }
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const contestant of contestants) {
      rates.get(contestant.id)?.push(await contestant.rate(seconds));
    }
  }
  return rates;
}

/** A case's figures; those of the GPU with their ratios to all others. */
export function rowsOf(name: string, rates: ReadonlyMap<string, readonly number[]>): Row[] {
  const medians = new Map([...rates].map(([id, values]) => [id, medianOf(values)]));
  return [...rates].map(([id, values]) => {
    const { median } = figures(values);
    const others = [...medians].filter(([other]) => id.startsWith('gpu') && other !== id);
    return {
      id: `${name}/${id}`,
      ...figures(values),
      unit: 'particle-steps/s',
      ratios: Object.fromEntries(others.map(([other, value]) => [other, Number((median / value).toPrecision(3))])),
    };
  });
}
