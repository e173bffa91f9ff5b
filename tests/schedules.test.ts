import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSchedule, schedules } from '../src/descent/schedules/index.ts';
import { scheduleRate } from '../src/descent/schedules/rate.ts';
import golden from './golden/optimizers.json';
import { expectNear } from './support/tolerance.ts';

const records = golden.schedules.map(({ id, schedule: { id: schedule, ...keys }, lr, lrs }) => ({
  id,
  schedule,
  keys: keys as Record<string, number>,
  lr,
  lrs,
}));

const STEPS = 200;

describe('Schedules give the rates of PyTorch', () => {
  it('on records of every schedule', () => {
    expect([...new Set(records.map(({ schedule }) => schedule))].sort()).toEqual(schedules.map(({ id }) => id).sort());
  });

  it.each(records.map((record) => [record.id, record] as const))('%s', (_, { schedule, keys, lr, lrs }) => {
    const rate = scheduleRate({ id: schedule, keys, warmup: 0 }, lr, lrs.length);
    const peak = Math.max(...lrs);
    const tolerance = { rel: 0, abs: 1e-12 * peak, why: 'a closed form in float64, near 0 to be judged by the peak' };
    for (const [t, expected] of lrs.entries()) {
      expectNear(rate(t), expected, tolerance, `update ${t}`);
    }
  });
});

describe.each(schedules.map((schedule) => [schedule.id, schedule] as const))('%s', (id, schedule) => {
  it('with its defaults is finite and not negative through the run and beyond, whatever its length', () => {
    for (const steps of [1, 2, 3, 7, 100, 1001]) {
      const rate = scheduleRate({ id, keys: {}, warmup: 0 }, 0.1, steps);
      for (let t = 0; t <= 2 * steps; t += 1) {
        expect(rate(t), `update ${t} of ${steps}`).toBeGreaterThanOrEqual(0);
        expect(rate(t), `update ${t} of ${steps}`).toBeLessThanOrEqual(0.1 * (1 + 1e-12));
      }
    }
  });

  it('takes any keys within their ranges without giving NaN', () => {
    const keys = fc.record(
      Object.fromEntries(
        schedule.keys.map(({ key, min, max, integer }) => [
          key,
          integer
            ? fc.integer({ min, max: Math.min(max, 1000) })
            : fc.double({ min, max: Math.min(max, 1e3), noNaN: true }),
        ]),
      ),
    );
    fc.assert(
      fc.property(keys, fc.nat(3000), (values, t) => {
        expect(scheduleRate({ id, keys: values, warmup: 0 }, 0.1, STEPS)(t)).not.toBeNaN();
      }),
    );
  });

  it('begins anew after a warm-up of N updates, which rises in a straight line to the base', () => {
    const inner = scheduleRate({ id, keys: {}, warmup: 0 }, 0.4, STEPS);
    const warmed = scheduleRate({ id, keys: {}, warmup: 8 }, 0.4, STEPS);
    expect([0, 1, 2, 3, 4, 5, 6, 7].map(warmed)).toEqual(
      [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4].map((v) => expect.closeTo(v, 14)),
    );
    expect([8, 9, 50, 208].map(warmed)).toEqual([0, 1, 42, 200].map(inner));
  });
});

describe('Lengths that nobody set follow the run', () => {
  const lengths = [
    ['step', 'stepSize', 20],
    ['cosine', 'tMax', 200],
    ['cosine-restarts', 't0', 50],
    ['linear-warmup', 'warmupSteps', 20],
    ['warmup-cosine', 'warmupSteps', 20],
    ['warmup-cosine', 'totalSteps', 200],
    ['one-cycle', 'totalSteps', 200],
    ['polynomial', 'totalSteps', 200],
    ['inverse-sqrt', 'warmupSteps', 20],
    ['step', 'gamma', 0.1],
    ['exponential', 'gamma', 0.95],
  ] as const;

  it.each(lengths)('%s: %s is %d in a run of 200', (id, key, expected) => {
    const unset = scheduleRate({ id, keys: {}, warmup: 0 }, 0.1, STEPS);
    const set = scheduleRate({ id, keys: { [key]: expected }, warmup: 0 }, 0.1, STEPS);
    const other = scheduleRate({ id, keys: { [key]: expected / 2 }, warmup: 0 }, 0.1, STEPS);
    const rates = (rate: (t: number) => number) => Array.from({ length: STEPS }, (_, t) => rate(t));
    expect(rates(unset)).toEqual(rates(set));
    expect(rates(unset)).not.toEqual(rates(other));
  });
});

it('No schedule is the base throughout', () => {
  expect([0, 1, 99].map(scheduleRate(null, 0.3, 100))).toEqual([0.3, 0.3, 0.3]);
});

it('An unknown schedule is refused with the known ones', () => {
  expect(() => findSchedule('cosin')).toThrow(/Unknown schedule "cosin"\. Known: constant, /);
});
