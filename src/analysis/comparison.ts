/** What one of several lanes did from each start, in the order of the starts that all share. */
export interface Contestant {
  /** What it took to reach the target, Infinity where it never did; and what the start spent in all. */
  readonly reached: Float64Array;
  readonly spent: Float64Array;
  /** Loss at the end; Infinity for those that diverged. */
  readonly losses: Float64Array;
}

/** 1 where a is lower, -1 where b is, 0 where neither, as with two infinities. */
export const better = (a: number, b: number): number => (a < b ? 1 : a > b ? -1 : 0);

/** So many times as much; two infinities are alike. */
export const ratio = (a: number, b: number): number => (a === b ? 1 : a / b);

function weighted(values: Float64Array, weights: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) {
    sum += weights[i] * values[i];
  }
  return sum;
}

/**
 * The least that a two-sided p of so many paired starts can be, as for the sign test: all of them for the one, by chance. Without it
 * a bootstrap of a few starts, whose resamples are all alike, would be sure of anything.
 */
export const leastP = (starts: number): number => Math.min(1, 2 ** (1 - starts));

/**
 * The two-sided p of a difference, from its values on resamples.
 *
 * Source: A. C. Davison and D. V. Hinkley, "Bootstrap Methods and their Application", 1997, section 4.4 (with the 1 that keeps it from 0).
 */
function twoSided(differences: Float64Array, starts: number): number {
  let [down, up] = [1, 1];
  for (const value of differences) {
    down += value <= 0 ? 1 : 0;
    up += value >= 0 ? 1 : 0;
  }
  return Math.min(1, Math.max(leastP(starts), (2 * Math.min(down, up)) / (differences.length + 1)));
}

/**
 * Corrects p values for their number.
 *
 * Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statist. 6, 1979.
 */
export function holm(values: readonly number[]): number[] {
  const order = values.map((_, k) => k).sort((a, b) => values[a] - values[b]);
  const corrected = values.map(() => 1);
  let most = 0;
  for (const [place, k] of order.entries()) {
    most = Math.max(most, Math.min(1, (values.length - place) * values[k]));
    corrected[k] = most;
  }
  return corrected;
}

/** More starts are resampled in so many groups, which tell as much: of a sum it does not matter. */
const MOST_GROUPS = 4096;

/** Sums over groups of starts; which group a start belongs to is the same for all lanes. */
function grouped(starts: number, value: (start: number) => number): Float64Array {
  const sums = new Float64Array(Math.min(starts, MOST_GROUPS));
  for (let i = 0; i < starts; i += 1) {
    sums[i % sums.length] += value(i);
  }
  return sums;
}

/** Statistics of each lane and of each pair on resamples of the starts: by expected running time, or by who ends lower. */
export class Comparison {
  /** Groups of starts that are to be resampled. */
  readonly groups: number;
  readonly expected: readonly Float64Array[];
  readonly #starts: number;
  /** Of each lane, by groups: what was spent until the target or in vain, and how many reached it. */
  readonly #costs: readonly Float64Array[];
  readonly #successes: readonly Float64Array[];
  readonly #pairs: readonly (readonly [number, number])[];
  /** For each pair, where the loss at the end decides: starts from which the first of the two is lower, less those from which the other is. */
  readonly #leads: readonly Float64Array[];
  readonly #differences: readonly Float64Array[];

  constructor(lanes: readonly Contestant[], byLoss: boolean, count: number) {
    const starts = lanes[0]?.losses.length ?? 0;
    this.#starts = starts;
    this.groups = Math.min(starts, MOST_GROUPS);
    this.expected = lanes.map(() => new Float64Array(count));
    this.#costs = lanes.map(({ reached, spent }) =>
      grouped(starts, (i) => (reached[i] < Infinity ? reached[i] : spent[i])),
    );
    this.#successes = lanes.map(({ reached }) => grouped(starts, (i) => (reached[i] < Infinity ? 1 : 0)));
    this.#pairs = lanes.flatMap((_, a) => lanes.slice(a + 1).map((_, k) => [a, a + 1 + k] as const));
    this.#differences = this.#pairs.map(() => new Float64Array(count));
    this.#leads = byLoss
      ? this.#pairs.map(([a, b]) => grouped(starts, (i) => better(lanes[a].losses[i], lanes[b].losses[i])))
      : [];
  }

  /** Takes in resample b: how often each group was drawn. */
  take(drawn: Uint32Array, b: number): void {
    for (const [k, costs] of this.#costs.entries()) {
      const successes = weighted(this.#successes[k], drawn);
      this.expected[k][b] = successes > 0 ? weighted(costs, drawn) / successes : Infinity;
    }
    for (const [k, [one, other]] of this.#pairs.entries()) {
      const leads = this.#leads[k];
      this.#differences[k][b] = leads
        ? weighted(leads, drawn) / this.#starts
        : better(this.expected[one][b], this.expected[other][b]);
    }
  }

  /** p of each pair of lanes, by index, corrected for all of them. */
  corrected(): (a: number, b: number) => number {
    const found = holm(this.#differences.map((values) => twoSided(values, this.#starts)));
    return (a, b) => found[this.#pair(a, b)];
  }

  /** How lane b falls behind lane a, on the resamples. */
  behind(a: number, b: number): Float64Array {
    return this.#leads.length > 0
      ? this.#differences[this.#pair(a, b)].map((value) => (a < b ? value : -value))
      : this.expected[b].map((value, i) => ratio(value, this.expected[a][i]));
  }

  #pair(a: number, b: number): number {
    return this.#pairs.findIndex(([one, other]) => one === Math.min(a, b) && other === Math.max(a, b));
  }
}
