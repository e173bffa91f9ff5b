import { findSchedule } from './index.ts';

/** A schedule with some of its keys set, after so many updates of linear warm-up. */
export interface ScheduledRate {
  readonly id: string;
  readonly keys: Readonly<Record<string, number>>;
  readonly warmup: number;
}

/**
 * The learning rate of each update t of a run, t = 0 first.
 *
 * With a warm-up of N updates the rate is base·(t + 1)/N for t < N; the schedule then begins at its own t = 0. Unset
 * keys take their defaults, which may depend on the run's length.
 * @param choice null for a constant rate
 * @param base the lane's learning rate
 * @param steps the run's length in updates
 * @throws RangeError for an unknown schedule
 */
export function scheduleRate(choice: ScheduledRate | null, base: number, steps: number): (t: number) => number {
  if (!choice) {
    return () => base;
  }
  const schedule = findSchedule(choice.id);
  const keys = Object.fromEntries(
    schedule.keys.map((spec) => [spec.key, choice.keys[spec.key] ?? spec.default(steps)]),
  );
  const { warmup } = choice;
  return (t) => (t < warmup ? (base * (t + 1)) / warmup : schedule.rate(base, t - warmup, keys));
}
