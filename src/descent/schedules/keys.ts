import type { ScheduleKey } from '../schedule.ts';

/** A length in updates; its default is a share of the run's length, at least 1. */
export const length = (key: string, name: string, share: number, help: string): ScheduleKey => ({
  key,
  name,
  default: (steps) => Math.max(1, Math.round(share * steps)),
  min: 1,
  max: 1e9,
  integer: true,
  help,
});

/** A number with a fixed default. */
export const number = (
  key: string,
  name: string,
  standard: number,
  min: number,
  max: number,
  help: string,
): ScheduleKey => ({ key, name, default: () => standard, min, max, integer: false, help });

/** The rate at which an annealing ends. */
export const leastRate: ScheduleKey = number('lrMin', 'least rate', 0, 0, 1e30, 'The learning rate at the end.');

/** Half a cosine from `from` (at share 0) to `to` (at share 1): to + (from − to)(1 + cos πp)/2. */
export function halfCosine(from: number, to: number, share: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;
}
