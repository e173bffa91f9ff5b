/** A key of a schedule. The default may depend on the run's length. */
export interface ScheduleKey {
  readonly key: string;
  readonly name: string;
  readonly default: (steps: number) => number;
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
  readonly help: string;
}

/** A learning-rate schedule: `rate(base, t, keys)` is used by update t, t = 0 first. */
export interface Schedule {
  readonly id: string;
  readonly name: string;
  readonly keys: readonly ScheduleKey[];
  rate(base: number, t: number, keys: Readonly<Record<string, number>>): number;
  readonly help: string;
  readonly source: string;
}
