import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_ADDED, type Settings, type SwarmPlan } from '../src/compute/contract.ts';
import { createReferenceSwarm } from '../src/compute/reference/swarm.ts';
import { findOptimizer, hyperDefaults, optimizers } from '../src/descent/optimizers/index.ts';
import { spawnStarts } from '../src/descent/spawn.ts';
import { selectRank } from '../src/math/statistics.ts';
import { formulas } from './support/formulas.ts';
import { planWith, settingsOf } from './support/plans.ts';

const DOMAIN = [-5, 5, -5, 5] as const;

interface Wish {
  readonly optimizer?: string;
  readonly surface?: string;
  readonly lr?: number;
  readonly rate?: (t: number) => number;
  readonly clip?: Settings['clip'];
  readonly starts?: readonly number[] | Float64Array;
  readonly hyper?: Readonly<Record<string, number>>;
}

function planOf(wish: Wish = {}): SwarmPlan {
  const optimizer = findOptimizer(wish.optimizer ?? 'adam');
  const lr = wish.lr ?? 0.05;
  const starts = wish.starts ?? spawnStarts({ count: 50, spawn: 'uniform', points: [] }, DOMAIN, 1);
  return planWith({
    landscape: {
      formula: formulas[wish.surface ?? 'himmelblau'],
      parameters: new Float64Array(),
      domain: DOMAIN,
      minima: [{ x: 3, y: 2, value: 0 }],
    },
    optimizer,
    settings: settingsOf({
      hyper: { ...hyperDefaults(optimizer), ...wish.hyper, lr },
      rate: wish.rate ?? (() => lr),
      clip: wish.clip ?? null,
    }),
    starts: Float64Array.from(starts),
  });
}

describe.each(optimizers.map(({ id }) => [id] as const))('A swarm of %s', (optimizer) => {
  const plan = planOf({ optimizer, lr: 0.003, rate: (t) => 0.003 / (1 + t), clip: { kind: 'norm', limit: 40 } });

  it('is the same however its updates are split', async () => {
    const whole = createReferenceSwarm(plan);
    whole.advance(37);
    const split = createReferenceSwarm(plan, { trail: { columns: 7, slots: 3, every: 2 } });
    for (const updates of [1, 5, 0, 30, 1]) {
      split.advance(updates);
      await split.tally();
      split.source.positions;
    }
    expect(await split.read()).toEqual(await whole.read());
  });

  it('starts again as it began, without the added ones', async () => {
    const swarm = createReferenceSwarm(plan);
    swarm.advance(9);
    const first = await swarm.read();
    swarm.add(Float64Array.of(1, 1));
    swarm.advance(5);
    swarm.restart(plan.settings);
    expect([swarm.step, swarm.count]).toEqual([0, 50]);
    swarm.advance(9);
    expect(await swarm.read()).toEqual(first);
  });

  it('counts an added particle’s updates from 1, while the rate goes by the run', async () => {
    const swarm = createReferenceSwarm(plan);
    swarm.advance(11);
    swarm.add(Float64Array.of(1.5, -2.25));
    swarm.advance(20);
    const later = planOf({
      optimizer,
      lr: 0.003,
      rate: (t) => 0.003 / (1 + t + 11),
      clip: { kind: 'norm', limit: 40 },
      starts: [1.5, -2.25],
    });
    const alone = createReferenceSwarm(later);
    alone.advance(20);
    const { positions, losses } = await swarm.read();
    expect(positions.subarray(100)).toEqual((await alone.read()).positions);
    expect(losses.subarray(50)).toEqual((await alone.read()).losses);
  });
});

describe('An update', () => {
  it('takes the rate of its number, the first being 0, from the settings as they are', async () => {
    const asked: number[] = [];
    const rate = (t: number) => {
      asked.push(t);
      return 0.5;
    };
    const swarm = createReferenceSwarm(planOf({ optimizer: 'gd', surface: 'parabola-valley', rate, starts: [8, 1] }));
    swarm.advance(2);
    expect(asked).toEqual([0, 1]);
    expect([...(await swarm.read()).positions]).toEqual([0, 1]);
    const halved = planOf({ optimizer: 'gd', rate: (t) => (t === 2 ? 1 : Number.NaN) });
    swarm.set(halved.settings);
    swarm.advance(1);
    expect([...(await swarm.read()).positions]).toEqual([0, 1]);
  });

  it('clips before weight decay is added', async () => {
    // The gradient (3, 40) of the bowl at (3, 4), by value to (2, 2), plus 0.5·(3, 4): (3.5, 4).
    const value = planOf({
      optimizer: 'gd',
      surface: 'quadratic-bowl',
      lr: 0.5,
      hyper: { weightDecay: 0.5 },
      clip: { kind: 'value', limit: 2 },
      starts: [3, 4],
    });
    const swarm = createReferenceSwarm(value);
    swarm.advance(1);
    expect([...(await swarm.read()).positions]).toEqual([3 - 1.75, 4 - 2]);
  });

  it('clips by the norm of both entries, as long as it may', async () => {
    // The gradient (30, 40) has the norm 50.
    const norm = planOf({
      optimizer: 'gd',
      surface: 'quadratic-bowl',
      lr: 1,
      clip: { kind: 'norm', limit: 5 },
      starts: [30, 4],
    });
    const swarm = createReferenceSwarm(norm);
    swarm.advance(1);
    const { positions } = await swarm.read();
    const share = 5 / (50 + 1e-6);
    expect(positions[0]).toBeCloseTo(30 - 30 * share, 12);
    expect(positions[1]).toBeCloseTo(4 - 40 * share, 12);
  });
});

describe('A particle that leaves the number range', () => {
  // On x² − y² with rate 1, y trebles with every update: y² overflows before y does.
  const plan = planOf({ optimizer: 'gd', surface: 'saddle', lr: 1, starts: [0, 1, 0, 0] });
  const gone = Math.ceil(Math.log(Math.sqrt(Number.MAX_VALUE)) / Math.log(3));

  it('is marked at that update, rests there with the point as it is, and leaves the others alone', async () => {
    const swarm = createReferenceSwarm(plan);
    swarm.advance(gone - 1);
    expect([...(await swarm.read()).diverged]).toEqual([-1, -1]);
    swarm.advance(1);
    const { positions, losses, diverged } = await swarm.read();
    expect([...diverged]).toEqual([gone, -1]);
    expect(positions[1] / 3 ** gone).toBeCloseTo(1, 9);
    expect(losses[0]).toBe(Number.NEGATIVE_INFINITY);
    swarm.advance(20);
    expect(await swarm.read()).toEqual({ positions, losses, averages: null, diverged });
    expect(await swarm.tally()).toMatchObject({ diverged: 1, converged: 1, outside: 0, high: 0 });
  });

  it('is drawn where it was last within what float32 and the picture hold', () => {
    const swarm = createReferenceSwarm(plan, { trail: { columns: 2, slots: 4, every: 1 } });
    swarm.advance(gone + 3);
    const last = 3 ** Math.floor(Math.log(1e30) / Math.log(3));
    expect(swarm.source.positions[1] / last).toBeCloseTo(1, 6);
    expect(swarm.source.diverged[0]).toBe(gone);
    const { head, columns } = swarm.source.ring!;
    expect(swarm.source.trail![2 * head * columns + 1] / last).toBeCloseTo(1, 6);
  });

  it('has done so at the start when the loss there is not finite', async () => {
    const swarm = createReferenceSwarm(planOf({ optimizer: 'gd', surface: 'rosenbrock', starts: [1e80, 0, 1, 1] }));
    swarm.advance(3);
    const { positions, diverged } = await swarm.read();
    expect([...diverged]).toEqual([0, -1]);
    expect(positions[0]).toBe(1e80);
  });
});

describe('The trail', () => {
  const every = 3;
  const slots = 5;
  /** Places of all particles after each step, by a swarm that keeps nothing. */
  async function history(plan: SwarmPlan, steps: number): Promise<Float64Array[]> {
    const swarm = createReferenceSwarm(plan);
    const rows = [(await swarm.read()).positions];
    for (let k = 0; k < steps; k += 1) {
      swarm.advance(1);
      rows.push((await swarm.read()).positions);
    }
    return rows;
  }

  it('holds every third place of every second particle, newest at the head', async () => {
    const plan = planOf();
    const rows = await history(plan, 40);
    const swarm = createReferenceSwarm(plan, { trail: { columns: 25, slots, every } });
    const ring = swarm.source.ring!;
    expect([ring.stride, ring.columns, ring.slots]).toEqual([2, 25 + MAX_ADDED, slots]);
    for (let step = 0; step <= 40; step += 1) {
      const samples = Math.floor(step / every) + 1;
      expect(ring.filled).toBe(Math.min(slots, samples));
      for (let age = 0; age < ring.filled; age += 1) {
        const row = ring.columns * ((ring.head - age + slots) % slots);
        const at = (samples - 1 - age) * every;
        const expected = Array.from({ length: 25 }, (_, c) => [rows[at][4 * c], rows[at][4 * c + 1]]).flat();
        expect([...swarm.source.trail!.subarray(2 * row, 2 * row + 50)]).toEqual(expected.map(Math.fround));
      }
      swarm.advance(1);
    }
  });

  it('of an added particle begins everywhere at its start', () => {
    const swarm = createReferenceSwarm(planOf(), { trail: { columns: 50, slots, every } });
    swarm.advance(7);
    swarm.add(Float64Array.of(0.5, -1.5));
    swarm.add(Float64Array.of(2, 3));
    swarm.advance(2);
    const ring = swarm.source.ring!;
    const column = (slot: number, added: number) => {
      const at = 2 * (slot * ring.columns + 50 + added);
      return [...swarm.source.trail!.subarray(at, at + 2)];
    };
    const newest = [...swarm.source.positions.subarray(100, 104)];
    for (let slot = 0; slot < slots; slot += 1) {
      expect([...column(slot, 0), ...column(slot, 1)]).toEqual(slot === ring.head ? newest : [0.5, -1.5, 2, 3]);
    }
    expect(newest).not.toEqual([0.5, -1.5, 2, 3]);
  });

  it('is absent when nobody asked for it', () => {
    const { trail, ring } = createReferenceSwarm(planOf()).source;
    expect([trail, ring]).toEqual([null, null]);
  });
});

describe('The tally', () => {
  it('has the exact ranks of the losses', async () => {
    for (const count of [1, 2, 9, 10, 11, 1000]) {
      const starts = spawnStarts({ count, spawn: 'uniform', points: [] }, DOMAIN, count);
      const swarm = createReferenceSwarm(planOf({ starts }));
      swarm.advance(13);
      const sorted = (await swarm.read()).losses.sort();
      const rank = (q: number) => sorted[Math.floor(q * (count - 1))];
      const expected = { step: 13, count, low: rank(0.1), median: rank(0.5), high: rank(0.9), best: sorted[0] };
      expect(await swarm.tally()).toMatchObject(expected);
    }
  });

  it('counts who has arrived, gone and strayed', async () => {
    // Near the known minimum; at another one, where the slope vanishes; strayed; going down somewhere.
    const starts = [3.005, 2, 3.5844283403304917, -1.8481265269644034, 9, 0, -1, 0];
    const swarm = createReferenceSwarm(planOf({ starts }));
    expect(await swarm.tally()).toMatchObject({ count: 4, converged: 2, diverged: 0, outside: 1 });
  });

  it('finds any rank of any numbers', () => {
    const numbers = fc.array(fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: 0, max: 3 })), { minLength: 1 });
    fc.assert(
      fc.property(numbers, fc.nat(), (values, pick) => {
        const k = pick % values.length;
        // Sums with 0 make −0 and 0 one, which have no order.
        const sorted = Float64Array.from(values, (v) => v + 0).sort();
        expect(selectRank(Float64Array.from(values), values.length, k) + 0).toBe(sorted[k]);
      }),
    );
  });
});

it('A swarm takes 1 to 2²⁰ particles, and so many more in mid-run', () => {
  expect(() => createReferenceSwarm(planOf({ starts: [] }))).toThrow('A swarm has 1 to 1048576 particles, not 0.');
  const swarm = createReferenceSwarm(planOf());
  swarm.add(new Float64Array(2 * MAX_ADDED));
  expect(() => swarm.add(new Float64Array(2))).toThrow(`At most ${MAX_ADDED} particles can be added to a run.`);
  expect(swarm.count).toBe(50 + MAX_ADDED);
});
