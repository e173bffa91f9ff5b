import { describe, expect, it, vi } from 'vitest';
import { ADAM, LOOPS, loopState } from '../src/cli/bench/loops.ts';
import { GpuTimer } from '../src/cli/bench/contestant.ts';
import { rowsOf, timeCase } from '../src/cli/bench/rows.ts';
import { answerOf } from './support/command.ts';

describe('what bench compares with', () => {
  it.each(Object.entries(LOOPS))('the plain loop on %s goes the reference’s way', async (surface, loop) => {
    const set = Object.entries(ADAM).map(([key, value]) => `${key}=${value}`);
    const words = ['run', '--surface', surface, '--optimizer', 'adam', '--set', set.join(), '--device', 'reference'];
    const { particles } = await answerOf(...words, '--particles', '600', '--steps', '50');
    const starts = Float64Array.from(particles.flatMap(({ points }: any) => points[0].slice(0, 2)));
    const state = loopState(starts);
    // In two goes, so that the update's number is carried on.
    loop(state, 1, 20);
    loop(state, 21, 30);
    for (const [i, { points }] of particles.entries()) {
      // The same arithmetic in another order, over 50 updates of at most 0.01 each.
      expect(state.x[i]).toBeCloseTo(points[50][0], 10);
      expect(state.y[i]).toBeCloseTo(points[50][1], 10);
    }
  });

  it('a GPU’s time counts only when the work was still under way after most of it had been slept through', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
    const timer = new GpuTimer();
    // A device that does an update in 2 ms, but took 40 ms for each of the first, as when it compiles.
    let free = 0;
    let each = 40;
    const submit = (updates: number) => {
      free = Math.max(free, performance.now()) + each * updates;
      each = 2;
    };
    const done = () => new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, free - performance.now())));
    const rates: number[] = [];
    for (let repeat = 0; repeat < 3; repeat++) {
      const rate = timer.rate(1000, 0.2, 5, submit, done);
      await vi.runAllTimersAsync();
      rates.push(await rate);
    }
    vi.useRealTimers();
    // 1000 particles in 40 ms, then in 2; a timer that overslept would stay near the first, or within 1/0.85 of it.
    expect(rates[0]).toBeCloseTo(25_000, 0);
    for (const rate of rates.slice(1)) {
      // Timers are told in whole milliseconds, of 10 at least.
      expect(Math.abs(rate / 500_000 - 1)).toBeLessThan(0.1);
    }
  });

  it('times all in turn, and gives medians, extremes and the GPU’s ratios', async () => {
    const calls: string[] = [];
    const contestant = (id: string, rates: number[]) => ({
      id,
      rate: async () => {
        calls.push(id);
        return rates.shift() as number;
      },
      end: () => undefined,
    });
    const contestants = [contestant('gpu-k64', [0, 0, 30, 10, 20]), contestant('numpy', [0, 0, 5, 4, 6])];
    const rates = await timeCase(contestants, { repeats: 3, seconds: 1 });
    expect(calls.slice(4)).toEqual(['gpu-k64', 'numpy', 'gpu-k64', 'numpy', 'gpu-k64', 'numpy']);
    const unit = 'particle-steps/s';
    expect(rowsOf('adam', rates)).toEqual([
      { id: 'adam/gpu-k64', median: 20, low: 10, high: 30, unit, ratios: { numpy: 4 } },
      { id: 'adam/numpy', median: 5, low: 4, high: 6, unit, ratios: {} },
    ]);
  });
});
