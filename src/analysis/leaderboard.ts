import type { Budget } from '../compute/cost.ts';
import type { LaneResult } from '../compute/engine/race.ts';
import { type Estimate, LEVEL, percentileInterval, quantileOf, shareOf } from '../math/intervals.ts';
import { resamples } from '../math/resample.ts';
import { expectedRunningTime } from './ecdf.ts';

/**
 * What one lane did from each start, in the order of the starts that all lanes share. The budget's unit is updates, gradient
 * evaluations, or for time updates of the quickest lane.
 */
export interface Outcomes {
  /** Index of the lane in the scene. */
  readonly lane: number;
  /** What it took to reach the target, in the budget's own unit, Infinity where it never did; and what the start spent in all. */
  readonly reached: Float64Array;
  readonly spent: Float64Array;
  /** Gradient evaluations to the target; Infinity for never. */
  readonly evaluations: Float64Array;
  /** Loss at the end; Infinity for those that diverged. */
  readonly losses: Float64Array;
  readonly diverged: number;
}

/** How a lane compares with the first. */
export interface Behind {
  /** Its expected running time in units of the first's; where nobody reaches the target, the share of starts from which the first ends lower, less the share from which it does. */
  readonly by: Estimate;
  /** Two-sided, corrected for the number of pairs of lanes (Holm). */
  readonly p: number;
  /** Whether there is a difference at the level of all intervals: p at most 1 - LEVEL. */
  readonly seen: boolean;
}

/** A lane's place on the board. */
export interface Standing {
  readonly lane: number;
  /** Share of starts that reached the target. */
  readonly success: Estimate;
  /** Median of the gradient evaluations to the target over all starts: Infinity where fewer than half reached it. */
  readonly evaluations: Estimate;
  /** Expected running time, in the budget's unit. */
  readonly expected: Estimate;
  /** Quantiles of the loss at the end. */
  readonly loss: { readonly q10: Estimate; readonly q50: Estimate; readonly q90: Estimate };
  readonly diverged: Estimate;
  /** null for the first. */
  readonly behind: Behind | null;
}

/** Lanes, the best first. */
export interface Leaderboard {
  readonly standings: readonly Standing[];
  /** Whether any lane reached the target from any start; if none did, they stand by the median loss at the end. */
  readonly reached: boolean;
}

/** Resamples of a comparison: enough for a p that remains below 5 % when it is multiplied by the 28 pairs of eight lanes. */
const RESAMPLES = 2000;

/** What an update of a lane costs in the budget's unit: 1, or for time what it takes in updates of the quickest lane. */
function updateCost(budget: Budget, lane: number): number {
  return budget.kind === 'time' ? budget.costs[lane] / Math.min(...budget.costs) : 1;
}

/** What a race saw of a lane, as the board takes it. */
export function outcomesOf({ lane, updates, seen }: LaneResult, target: number, budget: Budget): Outcomes {
  const evaluations = seen.evaluations[target];
  const byGradients = budget.kind === 'gradients';
  const cost = updateCost(budget, lane);
  return {
    lane,
    evaluations,
    reached: byGradients
      ? evaluations
      : Float64Array.from(seen.updates[target], (update) => (update < 0 ? Infinity : cost * update)),
    spent: byGradients
      ? seen.spent
      : Float64Array.from(seen.diverged, (update) => cost * (update < 0 ? updates : update)),
    losses: seen.losses.map((loss, i) => (seen.diverged[i] < 0 ? loss : Infinity)),
    diverged: seen.diverged.reduce((sum, update) => sum + (update < 0 ? 0 : 1), 0),
  };
}

/** Statistics of each lane and of each pair on the resamples. */
class Resampled {
  readonly expected: readonly Float64Array[];
  readonly #lanes: readonly Outcomes[];
  /** Costs of a start: what it took, or what was spent in vain. */
  readonly #costs: readonly Float64Array[];
  readonly #pairs: readonly (readonly [number, number])[];
  /** For each pair, where the loss at the end decides: 1 where the first of the two is lower, -1 where the other is. */
  readonly #signs: readonly Float64Array[];
  readonly #differences: readonly Float64Array[];

  constructor(lanes: readonly Outcomes[], byLoss: boolean, count: number) {
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
    const found = holm(this.#differences.map(twoSided));
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

function weighted(values: Float64Array, weights: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) {
    sum += weights[i] * values[i];
  }
  return sum;
}

/** 1 where a is lower, -1 where b is, 0 where neither, as with two infinities. */
const better = (a: number, b: number): number => (a < b ? 1 : a > b ? -1 : 0);

const ratio = (a: number, b: number): number => (a === b ? 1 : a / b);

/**
 * The two-sided p of a difference, from its values on resamples.
 *
 * Source: A. C. Davison and D. V. Hinkley, "Bootstrap Methods and their Application", 1997, section 4.4 (with the 1 that keeps it from 0).
 */
function twoSided(differences: Float64Array): number {
  const count = (holds: (value: number) => boolean): number =>
    differences.reduce((sum, value) => sum + (holds(value) ? 1 : 0), 1);
  return Math.min(
    1,
    (2 *
      Math.min(
        count((value) => value <= 0),
        count((value) => value >= 0),
      )) /
      (differences.length + 1),
  );
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

/**
 * The lanes of a race in their order: by expected running time to the target; where nobody reaches it, by the median loss at the end.
 * Intervals: Wilson's for shares, the bootstrap's for all else. Differences are judged by a bootstrap that resamples starts, which
 * the lanes share, so that what a hard start does to all lanes alike is no difference between them; the p of each pair is corrected
 * for the number of pairs. It yields between resamples, so that a page can stay alive; `leaderboardOf` does it all at once.
 *
 * Source: N. Hansen et al., "COCO: performance assessment", 2016 (expected running time); see math/intervals.ts for the intervals.
 * @param lanes all from the same starts, in the same order
 * @param seed of the resamples: same seed, same board
 */
export function* ranking(lanes: readonly Outcomes[], seed: number, count = RESAMPLES): Generator<void, Leaderboard> {
  const reached = lanes.some((lane) => lane.reached.some((cost) => cost < Infinity));
  const resampled = new Resampled(lanes, !reached, count);
  let b = 0;
  for (const drawn of resamples(lanes[0]?.losses.length ?? 0, count, seed)) {
    resampled.take(drawn, b);
    b += 1;
    yield;
  }
  const expected = lanes.map((lane) => expectedRunningTime(lane.reached, lane.spent));
  const losses = lanes.map((lane) => lane.losses.slice().sort());
  const medians = losses.map((sorted) => sorted[(sorted.length - 1) >> 1]);
  const order = lanes.map((_, k) => k);
  order.sort((a, b) => -better(expected[a], expected[b]) || -better(medians[a], medians[b]) || a - b);
  const corrected = resampled.corrected();
  const [first] = order;
  const behind = (k: number): Behind => {
    const p = corrected(first, k);
    const value = reached ? ratio(expected[k], expected[first]) : leads(lanes[first], lanes[k]);
    return { by: { value, interval: percentileInterval(resampled.behind(first, k)) }, p, seen: p <= 1 - LEVEL };
  };
  const standing = (k: number): Standing => {
    const starts = losses[k].length;
    const successes = lanes[k].reached.reduce((sum, cost) => sum + (cost < Infinity ? 1 : 0), 0);
    const loss = (q: number): Estimate => quantileOf(losses[k], q);
    return {
      lane: lanes[k].lane,
      success: shareOf(successes, starts),
      evaluations: quantileOf(lanes[k].evaluations.slice().sort(), 0.5),
      expected: { value: expected[k], interval: percentileInterval(resampled.expected[k].slice()) },
      loss: { q10: loss(0.1), q50: loss(0.5), q90: loss(0.9) },
      diverged: shareOf(lanes[k].diverged, starts),
      behind: k === first ? null : behind(k),
    };
  };
  return { standings: order.map(standing), reached };
}

/** The share of starts from which one lane ends lower, less the share from which the other does. */
function leads(one: Outcomes, other: Outcomes): number {
  return one.losses.reduce((sum, loss, i) => sum + better(loss, other.losses[i]), 0) / one.losses.length;
}

/** All that `ranking` finds, at once. */
export function leaderboardOf(lanes: readonly Outcomes[], seed: number, count?: number): Leaderboard {
  const going = ranking(lanes, seed, count);
  for (;;) {
    const { done, value } = going.next();
    if (done) {
      return value;
    }
  }
}
