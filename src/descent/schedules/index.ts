import type { Schedule } from '../schedule.ts';
import { constant } from './constant.ts';
import { cosine } from './cosine.ts';
import { cosineRestarts } from './cosine-restarts.ts';
import { exponential } from './exponential.ts';
import { inverseSqrt } from './inverse-sqrt.ts';
import { linearWarmup } from './linear-warmup.ts';
import { oneCycle } from './one-cycle.ts';
import { polynomial } from './polynomial.ts';
import { step } from './step.ts';
import { warmupCosine } from './warmup-cosine.ts';

/** All learning-rate schedules, in the order in which they are offered. */
export const schedules: readonly Schedule[] = [
  constant,
  step,
  exponential,
  cosine,
  cosineRestarts,
  linearWarmup,
  warmupCosine,
  oneCycle,
  polynomial,
  inverseSqrt,
];

const byId = new Map(schedules.map((schedule) => [schedule.id, schedule]));

/**
 * The schedule of an id.
 * @throws RangeError for an unknown id
 */
export function findSchedule(id: string): Schedule {
  const schedule = byId.get(id);
  if (!schedule) {
    throw new RangeError(`Unknown schedule "${id}". Known: ${[...byId.keys()].join(', ')}.`);
  }
  return schedule;
}
