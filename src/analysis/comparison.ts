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

/** Statistics of each lane and of each pair on resamples of the starts: by expected running time, or by who ends lower. */
export class Comparison {
  readonly expected: readonly Float64Array[];
  readonly #lanes: readonly Contestant[];
  /** Costs of a start: what it took, or what was spent in vain. */
  readonly #costs: readonly Float64Array[];
  readonly #pairs: readonly (readonly [number, number])[];
  /** For each pair, where the loss at the end decides: 1 where the first of the two is lower, -1 where the other is. */
  readonly #signs: readonly Float64Array[];
  readonly #differences: readonly Float64Array[];

  constructor(lanes: readonly Contestant[], byLoss: boolean, count: number) {
    const starts = lanes[0]?.losses.length ?? 0;
    this.#lanes = lanes;
    this.expected = lanes.map(() => new Float64Array(count));
    this.#costs = lanes.map(({ reached, spent }) => reached.map((cost, i) => (cost < Infinity ? cost : spent[i])));
    this.#pairs = lanes.flatMap((_, a) => lanes.slice(a + 1).map((_, k) => [a, a + 1 + k] as const));
    this.#differences = this.#pairs.map(() => new Float64Array(count));
    this.#signs = byLoss
      ? this.#pairs.map(([a, b]) =>
          Float64Array.from({ length: starts }, (_, i) => better(lanes[a].losses[i], lanes[b].losses[i])),
        )
      : [];
  }

  /** Takes in resample b. */
  take(drawn: Uint32Array, b: number): void {
    for (const [k, { reached }] of this.#lanes.entries()) {
      const costs = this.#costs[k];
      let [total, successes] = [0, 0];
      for (let i = 0; i < drawn.length; i += 1) {
        total += drawn[i] * costs[i];
        successes += reached[i] < Infinity ? drawn[i] : 0;
      }
      this.expected[k][b] = successes > 0 ? total / successes : Infinity;
    }
    for (const [k, [one, other]] of this.#pairs.entries()) {
      const signs = this.#signs[k];
      this.#differences[k][b] = signs
        ? weighted(signs, drawn) / drawn.length
        : better(this.expected[one][b], this.expected[other][b]);
    }
  }

  /** p of each pair of lanes, by index, corrected for all of them. */
  corrected(): (a: number, b: number) => number {
    const found = holm(this.#differences.map((values) => twoSided(values, this.#costs[0].length)));
    return (a, b) => found[this.#pairs.findIndex(([one, other]) => one === Math.min(a, b) && other === Math.max(a, b))];
  }

  /** How lane b falls behind lane a, on the resamples. */
  behind(a: number, b: number): Float64Array {
    const k = this.#pairs.findIndex(([one, other]) => one === Math.min(a, b) && other === Math.max(a, b));
    return this.#signs.length > 0
      ? this.#differences[k].map((value) => (a < b ? value : -value))
      : this.expected[b].map((value, i) => ratio(value, this.expected[a][i]));
  }
}
