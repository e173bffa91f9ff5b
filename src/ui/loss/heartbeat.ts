import type { LaneRun } from '../../compute/contract.ts';

/** The lanes' histories on one common list of steps, as a chart takes them. */
export interface Heartbeat {
  /** Steps; then for each lane its medians, null where it has none; then the band's low and high. */
  readonly data: [number[], ...(number | null)[][]];
  readonly log: boolean;
  /** Least and greatest loss to be shown. */
  readonly range: readonly [number, number];
}

/** Decades shown at most: below, an arrived lane would press all that others do into a strip. */
const DECADES = 12;

/** The union of ascending lists. */
function unionOf(lists: readonly (readonly number[])[]): number[] {
  const [first, ...rest] = lists;
  if (first && rest.every((list) => list.length === first.length && list[list.length - 1] === first[first.length - 1])) {
    const same = rest.every((list) => list.every((step, i) => step === first[i]));
    if (same) {
      return [...first];
    }
  }
  return [...new Set(lists.flat())].sort((a, b) => a - b);
}

/** A lane's values at the common steps. */
function spreadOver(steps: readonly number[], own: readonly number[], values: readonly number[]): (number | null)[] {
  let k = 0;
  return steps.map((step) => {
    while (k < own.length && own[k] < step) {
      k += 1;
    }
    return own[k] === step && Number.isFinite(values[k]) ? values[k] : null;
  });
}

/**
 * Lines up what the lanes have measured.
 * @param selected index of the lane whose 10–90 % band is wanted
 */
export function heartbeatOf(lanes: readonly LaneRun[], selected: number): Heartbeat {
  const steps = unionOf(lanes.map(({ history }) => history.steps));
  const medians = lanes.map(({ history }) => spreadOver(steps, history.steps, history.median));
  const chosen = lanes.find(({ lane }) => lane === selected)?.history;
  const low = chosen ? spreadOver(steps, chosen.steps, chosen.low) : steps.map(() => null);
  const high = chosen ? spreadOver(steps, chosen.steps, chosen.high) : steps.map(() => null);
  const columns = [...medians, low, high];
  let least = Infinity;
  let leastPositive = Infinity;
  let greatest = -Infinity;
  for (const column of columns) {
    for (const value of column) {
      if (value !== null) {
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
        leastPositive = value > 0 ? Math.min(leastPositive, value) : leastPositive;
      }
    }
  }
  const log = least >= 0 && leastPositive < Infinity;
  if (!log) {
    return { data: [steps, ...columns], log, range: least <= greatest ? [least, greatest] : [0, 1] };
  }
  const floor = Math.max(leastPositive, greatest * 10 ** -DECADES);
  // Exactly zero has no place on a logarithmic axis: it lies on its floor.
  const lifted = columns.map((column) => column.map((value) => (value === null ? null : Math.max(value, floor))));
  return { data: [steps, ...lifted], log, range: [floor, greatest] };
}

/** Where the axis of steps ends: some way beyond the present one, moving on rarely. */
export function stepsShown(step: number, budget: number): number {
  const wanted = Math.max(10, step * 1.1);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const round = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((k) => k * power).find((end) => end >= wanted) ?? wanted;
  return Math.max(1, Math.min(budget, round));
}
