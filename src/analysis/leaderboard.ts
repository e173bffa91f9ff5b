import type { Budget } from '../compute/cost.ts';
import type { LaneResult } from '../compute/engine/race.ts';
import { atOnce } from '../math/at-once.ts';
import { type Estimate, LEVEL, percentileInterval, quantileOf, shareOf } from '../math/intervals.ts';
import { resamples } from '../math/resample.ts';
import { better, Comparison, type Contestant, ratio } from './comparison.ts';
import { expectedRunningTime } from './ecdf.ts';

/** What one lane did, in the budget's unit: updates, gradient evaluations, or for time updates of the quickest lane. */
export interface Outcomes extends Contestant {
  /** Index of the lane in the scene. */
  readonly lane: number;
  /** Gradient evaluations to the target, from each start; Infinity for never. */
  readonly evaluations: Float64Array;
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
  /** Starts that all lanes had. */
  readonly starts: number;
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

/**
 * The lanes of a race in their order: by expected running time to the target; where nobody reaches it, by the median loss at the end.
 * Intervals: Wilson's for shares, the bootstrap's for all else. Differences are judged by a bootstrap that resamples starts, which
 * the lanes share, so that what a hard start does to all lanes alike is no difference between them; the p of each pair is corrected
 * for the number of pairs. It yields between resamples and between lanes, so that a page can stay alive; `leaderboardOf` does it all at once.
 *
 * Source: N. Hansen et al., "COCO: performance assessment", 2016 (expected running time); see math/intervals.ts for the intervals.
 * @param lanes all from the same starts, in the same order
 * @param seed of the resamples: same seed, same board
 */
export function* ranking(lanes: readonly Outcomes[], seed: number, count = RESAMPLES): Generator<void, Leaderboard> {
  const reached = lanes.some((lane) => lane.reached.some((cost) => cost < Infinity));
  const starts = lanes[0]?.losses.length ?? 0;
  const resampled = new Comparison(lanes, !reached, count);
  let b = 0;
  for (const drawn of resamples(resampled.groups, count, seed)) {
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
  const standings: Standing[] = [];
  for (const k of order) {
    const successes = lanes[k].reached.reduce((sum, cost) => sum + (cost < Infinity ? 1 : 0), 0);
    const loss = (q: number): Estimate => quantileOf(losses[k], q);
    yield;
    standings.push({
      lane: lanes[k].lane,
      success: shareOf(successes, starts),
      evaluations: quantileOf(lanes[k].evaluations.slice().sort(), 0.5),
      expected: { value: expected[k], interval: percentileInterval(resampled.expected[k].slice()) },
      loss: { q10: loss(0.1), q50: loss(0.5), q90: loss(0.9) },
      diverged: shareOf(lanes[k].diverged, starts),
      behind: k === first ? null : behind(k),
    });
    yield;
  }
  return { standings, starts, reached };
}

/** The share of starts from which one lane ends lower, less the share from which the other does. */
function leads(one: Outcomes, other: Outcomes): number {
  return one.losses.reduce((sum, loss, i) => sum + better(loss, other.losses[i]), 0) / one.losses.length;
}

/** All that `ranking` finds, at once. */
export function leaderboardOf(lanes: readonly Outcomes[], seed: number, count?: number): Leaderboard {
  return atOnce(ranking(lanes, seed, count));
}
