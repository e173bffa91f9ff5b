import { median, quantile, robustLine } from '../../math/robust.ts';
import { selectRank } from '../../math/statistics.ts';

/** The share of a run that is looked back on, and the least and the most updates. */
const WINDOW = { share: 1 / 4, least: 20, most: 512 } as const;

/** A loss that stands out of those around it. */
export interface Spike {
  readonly step: number;
  /** How many times the level around it. */
  readonly times: number;
  /** Its level as a share of the first. */
  readonly share: number;
}

/** What a loss curve says by itself. Levels are losses above the floor; e-folds are differences of their logarithms. */
export interface Curve {
  readonly steps: readonly number[];
  readonly losses: readonly number[];
  /** Updates from the first point to the last. */
  readonly updates: number;
  /** Updates that the run is to have. */
  readonly budget: number;
  /** The loss that levels are counted from. */
  readonly floor: number;
  /** Whether the last loss, or the place that it belongs to, is out of the number range. */
  readonly gone: boolean;
  /** Finite points at the end of the curve that all lie above twice the first level: how long it has been climbing. */
  readonly climb: number;
  /** Largest level in the number range in units of the first. */
  readonly height: number;
  /** First and last step of the window that the numbers below are of. */
  readonly window: readonly [number, number];
  /** The first level, the median level of the first and of the last fifth of the window, and the least of all. */
  readonly start: number;
  readonly before: number;
  readonly end: number;
  readonly best: number;
  /** How far the level changes in the window, in e-folds, by a robust line; negative is falling. */
  readonly trend: number;
  /** How far levels scatter about that line, in e-folds (median absolute deviation). */
  readonly scatter: number;
  /** The share of updates in the window after which the loss was higher. */
  readonly rises: number;
  /** The share of turns of the loss in the window, from rising to falling or back. */
  readonly turns: number;
  /** How far levels reach from their 10th to their 90th percentile in the newer half of the window, as a share of the first level. */
  readonly swing: number;
  /** How much of the scatter about the trend repeats: near 1 for a swing of any period, near 0 for noise. */
  readonly rhythm: number;
  readonly spikes: readonly Spike[];
  /** Single updates after the first quarter of the run that doubled the level, or more, to what matters. */
  readonly leaps: number;
}

/** A leap multiplies the level by this, and to this share of the first level. */
const LEAP = { times: 2, share: 0.01 } as const;

/** A spike lies so many upper deviations above what is around it, and at least by this factor. */
const SPIKE = { deviations: 6, times: 4 } as const;

/** Points at the end of the curve in which spikes are looked for. */
const NEWEST = 1024;

/** Points on each side that a loss is compared with to tell a spike. */
const AROUND = 12;

/** Half a period of a swing, at most. */
const MOST_LAG = 64;

/** Rounding: levels below this share of the first are zero. */
const LEAST_LEVEL = 1e-14;

/**
 * Losses far above those around them: by more than 6 upper deviations of the logarithm. In a valley that noise shakes, levels
 * are as χ² with one or two degrees of freedom, which pass that less than once in 10⁶ updates; heavy tails and cliffs pass it soon.
 */
function spikesOf(steps: readonly number[], logs: Float64Array): Spike[] {
  const first = Math.max(0, logs.length - NEWEST);
  const near = new Float64Array(2 * AROUND + 1);
  const rest = new Float64Array(logs.length - first);
  for (let k = first; k < logs.length; k += 1) {
    const [from, end] = [Math.max(first, k - AROUND), Math.min(logs.length, k + AROUND + 1)];
    for (let i = from; i < end; i += 1) {
      near[i - from] = logs[i];
    }
    rest[k - first] = logs[k] - selectRank(near, end - from, (end - from - 1) >> 1);
  }
  const upper = Math.max(0.05, median(rest.filter((value) => value > 0)) || 0);
  const least = Math.max(SPIKE.deviations * upper, Math.log(SPIKE.times));
  const spikes: Spike[] = [];
  // The first quarter belongs to the descent, which is steep and overshoots; the last points may be the beginning of a climb.
  for (let k = Math.max(3, (logs.length >> 2) - first); k < rest.length - 2; k += 1) {
    const peak = rest[k] >= least && rest[k] >= rest[k - 1] && rest[k] > rest[k + 1];
    if (peak) {
      const at = k + first;
      spikes.push({ step: steps[at], times: Math.exp(rest[k]), share: Math.exp(logs[at] - logs[0]) });
    }
  }
  return spikes;
}

const leapsOf = (levels: Float64Array): number =>
  levels.filter(
    (level, k) => k > levels.length >> 2 && level > LEAP.times * levels[k - 1] && level > LEAP.share * levels[0],
  ).length;

/**
 * How much a series swings: half the difference of its autocorrelations at a whole and at half a period, for the period at which
 * that is largest.
 */
function rhythmOf(series: Float64Array): number {
  const mean = series.reduce((sum, value) => sum + value, 0) / series.length;
  const centred = series.map((value) => value - mean);
  const correlation = (lag: number): number => {
    let sum = 0;
    for (let k = lag; k < centred.length; k += 1) {
      sum += centred[k] * centred[k - lag];
    }
    return sum / (centred.length - lag);
  };
  const power = correlation(0);
  let most = 0;
  for (let half = 1; power > 0 && half <= Math.min(MOST_LAG, series.length / 4); half += 1) {
    most = Math.max(most, (correlation(2 * half) - correlation(half)) / 2 / power);
  }
  return most;
}

/** The number of updates that the end of a run is judged by. */
export function windowOf(points: number): number {
  return Math.min(points, WINDOW.most, Math.max(WINDOW.least, Math.ceil(WINDOW.share * points)));
}

/**
 * @param floor a loss that is no higher than any of the curve
 * @param gone whether the last point is out of the number range
 * @param budget updates that the run is to have
 */
export function curveOf(
  steps: readonly number[],
  losses: readonly number[],
  floor: number,
  gone: boolean,
  budget: number,
): Curve {
  const count = losses.findIndex((loss) => !Number.isFinite(loss));
  const finite =
    gone || count >= 0
      ? Math.max(1, count >= 0 ? Math.min(count, losses.length - 1) : losses.length - 1)
      : losses.length;
  const start = Math.max(losses[0] - floor, Number.MIN_VALUE);
  const levels = Float64Array.from(losses.slice(0, finite), (loss) =>
    Math.max(loss - floor, LEAST_LEVEL * start, loss > floor ? 2 ** -52 * Math.abs(loss) : 0),
  );
  const first = levels[0];
  const logs = levels.map(Math.log);
  let climb = 0;
  while (climb < finite && levels[finite - 1 - climb] > 2 * first) {
    climb += 1;
  }
  const width = windowOf(finite);
  const from = finite - width;
  const fifth = Math.max(1, Math.floor(width / 5));
  const times = steps.slice(from, finite);
  const span = Math.max(1, times[times.length - 1] - times[0]);
  const line = robustLine(times, logs.subarray(from));
  let [rises, turns, last] = [0, 0, 0];
  for (let k = from + 1; k < finite; k += 1) {
    const change = losses[k] - losses[k - 1];
    // A change within rounding is none.
    const sign = Math.abs(change) <= 2 ** -48 * Math.abs(losses[k]) + 1e-13 * first ? 0 : Math.sign(change);
    rises += sign > 0 ? 1 : 0;
    turns += sign * last < 0 ? 1 : 0;
    last = sign || last;
  }
  const each = Math.max(1, width - 1);
  const newest = levels.subarray(finite - Math.ceil(width / 2));
  return {
    steps,
    losses,
    updates: steps[steps.length - 1] - steps[0],
    budget,
    floor,
    gone: gone || count >= 0,
    climb,
    height: quantile(levels, 1) / first,
    window: [steps[from], steps[finite - 1]],
    start: first,
    before: median(levels.subarray(from, from + fifth)),
    end: median(levels.subarray(finite - fifth)),
    best: quantile(levels, 0),
    trend: line.slope * span,
    scatter: line.scatter,
    rises: rises / each,
    turns: turns / each,
    swing: (quantile(newest, 0.9) - quantile(newest, 0.1)) / first,
    rhythm: rhythmOf(logs.subarray(from).map((log, k) => log - line.slope * times[k])),
    spikes: spikesOf(steps, logs),
    leaps: leapsOf(levels),
  };
}
