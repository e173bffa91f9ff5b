/**
 * When starts reach targets, as an empirical distribution: the share of all (start, target) pairs that were reached within so many
 * gradient evaluations, at each of some numbers of evaluations.
 *
 * Source: N. Hansen et al., "COCO: performance assessment", 2016, section 4.2 (runtime distributions over several targets).
 * @param evaluations of each pair, in any order, Infinity where the target was never reached; a race gives them as
 * `seen.evaluations[target]`, one or several targets
 * @param at ascending
 * @returns shares, 0 … 1
 */
export function reachedShares(evaluations: readonly ArrayLike<number>[], at: readonly number[]): number[] {
  const all = Float64Array.from(evaluations.flatMap((row) => Array.from(row))).sort();
  let reached = 0;
  return at.map((limit) => {
    while (reached < all.length && all[reached] <= limit) {
      reached += 1;
    }
    return all.length > 0 ? reached / all.length : 0;
  });
}

/** Whole numbers from 0 to `most`, ascending, about `count` of them evenly by their logarithm: where a distribution is looked at. */
export function logSpaced(most: number, count: number): number[] {
  const between = Array.from({ length: count }, (_, k) => Math.round(most ** (k / Math.max(1, count - 1))));
  return [...new Set([0, ...between.filter((n) => n <= most), Math.floor(most)])].sort((a, b) => a - b);
}

/**
 * Expected running time: evaluations that are spent until one start reaches the target when unlucky ones are followed by another.
 * Infinity where none does.
 *
 * Source: N. Hansen et al., "COCO: performance assessment", 2016, equation (2).
 * @param evaluations of each start to the target, Infinity where it was never reached
 * @param spent by each start in the whole race
 */
export function expectedRunningTime(evaluations: ArrayLike<number>, spent: ArrayLike<number>): number {
  let [total, successes] = [0, 0];
  for (let i = 0; i < evaluations.length; i += 1) {
    const reached = evaluations[i] < Infinity;
    total += reached ? evaluations[i] : spent[i];
    successes += reached ? 1 : 0;
  }
  return successes > 0 ? total / successes : Infinity;
}
