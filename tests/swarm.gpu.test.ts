import { beforeAll, describe, expect, test } from 'vitest';
import { createReferenceSwarm } from '../src/compute/reference/swarm.ts';
import { strideCrew } from '../src/compute/swarm/crew.ts';
import { createGpuSwarm } from '../src/compute/swarm/swarm.ts';
import { DIVERGED_BEYOND, type Particles, type SwarmPlan } from '../src/compute/contract.ts';
import { hyperDefaults, optimizers } from '../src/descent/optimizers/index.ts';
import type { Optimizer } from '../src/descent/optimizer.ts';
import { spawnStarts } from '../src/descent/spawn.ts';
import { compileFormula } from '../src/formula/compile.ts';
import { testDevice } from './support/device.ts';
import { planWith, settingsOf } from './support/plans.ts';

const BOX = [-5, 5, -5, 5] as const;
const HIMMELBLAU = '(x^2 + y - 11)^2 + (x + y^2 - 7)^2';

interface Options {
  readonly formula?: string;
  readonly count?: number;
  readonly lr?: number;
  readonly rate?: (t: number) => number;
  readonly clip?: SwarmPlan['settings']['clip'];
  readonly ema?: number;
}

function planFor(optimizer: Optimizer, options: Options = {}): SwarmPlan {
  const formula = compileFormula(options.formula ?? HIMMELBLAU);
  const lr = options.lr ?? optimizer.suggestedLearningRate;
  return planWith({
    landscape: { formula, parameters: new Float64Array(0), domain: BOX, minima: [{ x: 3, y: 2, value: 0 }] },
    optimizer,
    settings: settingsOf({
      hyper: { ...hyperDefaults(optimizer), lr },
      rate: options.rate ?? (() => lr),
      clip: options.clip ?? null,
      ema: options.ema ?? null,
    }),
    starts: spawnStarts({ count: options.count ?? 1000, spawn: 'uniform', points: [] }, BOX, 7),
  });
}

/** As bits, so that NaNs and signed zeros count too. */
const bits = ({ positions, losses, diverged }: Particles) => [
  new Uint32Array(Float32Array.from(positions).buffer),
  new Uint32Array(Float32Array.from(losses).buffer),
  diverged,
];

let device: GPUDevice;
beforeAll(async () => {
  device = await testDevice();
});

const run = async (plan: SwarmPlan, splits: readonly number[]): Promise<Particles> => {
  const swarm = await createGpuSwarm(device, plan);
  for (const updates of splits) {
    swarm.advance(updates);
  }
  const particles = await swarm.read();
  swarm.dispose();
  return particles;
};

describe.each(optimizers.map((optimizer) => [optimizer.id, optimizer] as const))('%s on the GPU', (_, optimizer) => {
  test('is the same bit for bit however its updates are split among dispatches', async () => {
    const plan = planFor(optimizer, { clip: { kind: 'norm', limit: 30 } });
    const whole = await run(plan, [97]);
    expect(bits(await run(plan, Array(97).fill(1)))).toEqual(bits(whole));
    expect(bits(await run(plan, [3, 64, 1, 29]))).toEqual(bits(whole));
  });

  test('diverges at the same update however its updates are split, and rests there', async () => {
    const plan = planFor(optimizer, { lr: 1e30 });
    const whole = await run(plan, [40]);
    const split = await run(plan, Array(40).fill(1));
    expect(bits(split)).toEqual(bits(whole));
    const later = await run(plan, [40, 40]);
    whole.diverged.forEach((at, i) => {
      if (at >= 0) {
        // Bounded steps, as of Rprop and Lion, may take longer, or never get there.
        expect([later.diverged[i], ...later.positions.subarray(2 * i, 2 * i + 2)]).toEqual([
          at,
          ...whole.positions.subarray(2 * i, 2 * i + 2),
        ]);
      }
      const inside = [0, 1].every((k) => Math.abs(whole.positions[2 * i + k]) <= DIVERGED_BEYOND);
      expect(at >= 0).toBe(!inside);
    });
  });

  test('starts again as it began', async () => {
    const plan = planFor(optimizer);
    const swarm = await createGpuSwarm(device, plan);
    swarm.advance(20);
    const first = await swarm.read();
    swarm.add(Float64Array.of(1, 1));
    swarm.advance(9);
    swarm.restart(plan.settings);
    swarm.advance(20);
    expect(bits(await swarm.read())).toEqual(bits(first));
    swarm.dispose();
  });

  test('moves added particles as it would have moved them from a start of their own', async () => {
    const plan = planFor(optimizer, { count: 5 });
    const added = Float64Array.of(1.5, -2.25, 0.5, 4, -3, -3);
    const swarm = await createGpuSwarm(device, plan);
    swarm.advance(11);
    swarm.add(added.subarray(0, 2));
    swarm.add(added.subarray(2, 4));
    swarm.advance(4);
    swarm.add(added.subarray(4));
    swarm.advance(13);
    const all = await swarm.read();
    swarm.dispose();
    const alone = async (start: Float64Array, updates: number) => run({ ...plan, starts: start }, [updates]);
    expect(all.positions.slice(0, 10)).toEqual((await run(plan, [28])).positions);
    expect(all.positions.slice(10, 14)).toEqual((await alone(added.slice(0, 4), 17)).positions);
    expect(all.positions.slice(14)).toEqual((await alone(added.slice(4), 13)).positions);
  });
});

// With one, two and three numbers a step.
describe.each(['gd', 'adam', 'adamw'])('%s in whole strides', (id) => {
  const optimizer = optimizers.find((one) => one.id === id)!;

  /** Runs in strides of 64 updates where they are compiled, which they are here. */
  const inStrides = async (plan: SwarmPlan, splits: readonly number[]): Promise<Particles> => {
    expect(strideCrew(plan, false)).not.toBeNull();
    const swarm = await createGpuSwarm(device, plan);
    await swarm.hasten();
    for (const updates of splits) {
      swarm.advance(updates);
    }
    const particles = await swarm.read();
    swarm.dispose();
    return particles;
  };

  // A rate that some particles bear and others do not, so that they leave in the middle of strides.
  test.each([optimizer.suggestedLearningRate, 0.035, 1e30])(
    'is the same bit for bit as update by update, at the rate %d',
    async (lr) => {
      const plan = planFor(optimizer, { lr, count: 1003 });
      const whole = await run(plan, Array(150).fill(1));
      expect(bits(await inStrides(plan, [150]))).toEqual(bits(whole));
      expect(bits(await inStrides(plan, [3, 128, 19]))).toEqual(bits(whole));
    },
  );

  test('is the same with particles added and a weight decay set on the way', async () => {
    const plan = planFor(optimizer, { count: 37 });
    const decayed = { ...plan.settings, hyper: { ...plan.settings.hyper, weightDecay: 0.25 } };
    const through = async (split: number, hastened: boolean): Promise<Particles> => {
      const swarm = await createGpuSwarm(device, plan);
      const go = async () => {
        if (hastened) {
          await swarm.hasten();
        }
        for (let done = 0; done < 128; done += split) {
          swarm.advance(split);
        }
      };
      await go();
      swarm.add(Float64Array.of(1.5, -2.25, 0.5, 4, -3, -3));
      await go();
      swarm.set(decayed);
      // Those that are compiled know nothing of it.
      swarm.advance(64);
      await go();
      const particles = await swarm.read();
      swarm.dispose();
      return particles;
    };
    expect(bits(await through(128, true))).toEqual(bits(await through(16, false)));
  });
});

test('the average of a particle that left stays as it was then, as the reference has it', async () => {
  // Each leaves after an update of its own: |y| grows by 2.8 an update.
  const plan = planFor(optimizers[0], { formula: 'x^2 - y^2', lr: 0.9, count: 64, ema: 0.5 });
  const whole = await run(plan, [100]);
  const splits = [[33, 33, 34], Array<number>(100).fill(1)];
  for (const split of splits) {
    const parts = await run(plan, split);
    expect([bits(parts), parts.averages]).toEqual([bits(whole), whole.averages]);
  }
  const reference = createReferenceSwarm(plan);
  const left = [...new Set(whole.diverged)].sort((a, b) => a - b);
  expect(left.length).toBeGreaterThan(2);
  for (const update of left) {
    // The reference goes on in float64's range.
    reference.advance(update - reference.step);
    const { averages } = await reference.read();
    whole.diverged.forEach((at, i) => {
      if (at === update) {
        const off = Math.abs((whole.averages?.[2 * i + 1] ?? 0) / (averages?.[2 * i + 1] ?? 0) - 1);
        // About 70 updates, each of which rounds a few times to 2^-24.
        expect(off).toBeLessThan(70 * 4 * 2 ** -24);
      }
    });
  }
});

describe('the tally', () => {
  const optimizer = optimizers[0];

  test.each([1, 2, 63, 64, 65, 1000, 20_000])('of %d particles agrees exactly with sorting them', async (count) => {
    const plan = planFor(optimizer, { count });
    const swarm = await createGpuSwarm(device, plan);
    swarm.advance(7);
    const [tally, particles] = [await swarm.tally(), await swarm.read()];
    swarm.dispose();
    const sorted = particles.losses.slice().sort();
    const rank = (q: number) => sorted[Math.floor(q * (count - 1))];
    expect(tally).toMatchObject({ step: 7, count, low: rank(0.1), median: rank(0.5), high: rank(0.9), best: rank(0) });
  });

  test('counts as the reference does, negative losses and diverged particles among them', async () => {
    // Downhill without end along y: some particles leave the domain, and with this rate soon the number range.
    const plan = planFor(optimizer, { formula: 'x^2 - y^2', lr: 0.9, count: 4096 });
    const swarm = await createGpuSwarm(device, plan);
    const reference = createReferenceSwarm(plan);
    for (const updates of [1, 3, 120]) {
      swarm.advance(updates);
      reference.advance(updates);
      const [gpu, cpu] = [await swarm.tally(), await reference.tally()];
      expect(gpu.outside + gpu.converged + gpu.diverged).toBeLessThanOrEqual(gpu.count);
      if (updates < 120) {
        expect(gpu.outside).toBe(cpu.outside);
        expect(gpu.diverged).toBe(0);
        expect(gpu.median).toBeLessThan(0);
      } else {
        // 2.8^124 is beyond 1e30, but inside float64's range: the GPU counts as diverged what the reference calls outside.
        expect(gpu.diverged).toBeGreaterThan(4000);
        expect(gpu.high).toBe(Number.POSITIVE_INFINITY);
      }
    }
    swarm.dispose();
  });
});

test('the trail ring holds where each followed particle was, newest at the head', async () => {
  const plan = planFor(optimizers[0], { count: 10 });
  const swarm = await createGpuSwarm(device, plan, { columns: 5, slots: 4, every: 3 });
  const places: Float64Array[] = [];
  for (let step = 0; step <= 18; step += 3) {
    places.push((await swarm.read()).positions);
    swarm.advance(3);
  }
  const { source } = swarm;
  expect(source.kind === 'gpu' && source.ring).toMatchObject({ stride: 2, filled: 4 });
  const { readBuffer } = await import('../src/compute/gpu/buffers.ts');
  if (source.kind !== 'gpu' || !source.trail || !source.ring) {
    throw new Error('a GPU swarm with a trail plan has a trail');
  }
  const { ring } = source;
  const rows = new Float32Array(await readBuffer(device, source.trail, ring.columns * ring.slots * 8));
  places.push((await swarm.read()).positions);
  for (let age = 0; age < 4; age += 1) {
    const row = ((ring.head - age + 4) % 4) * ring.columns;
    const then = places[places.length - 1 - age];
    for (let c = 0; c < 5; c += 1) {
      expect([rows[2 * (row + c)], rows[2 * (row + c) + 1]]).toEqual([then[4 * c], then[4 * c + 1]]);
    }
  }
  swarm.dispose();
});

test('a swarm gives back every buffer that it made', async () => {
  let live = 0;
  const counting = new Proxy(device, {
    get(target, key) {
      const value = Reflect.get(target, key);
      if (key !== 'createBuffer') {
        return typeof value === 'function' ? value.bind(target) : value;
      }
      return (descriptor: GPUBufferDescriptor) => {
        const buffer = target.createBuffer(descriptor);
        const destroy = buffer.destroy.bind(buffer);
        live += 1;
        let destroyed = false;
        buffer.destroy = () => {
          live -= destroyed ? 0 : 1;
          destroyed = true;
          destroy();
        };
        return buffer;
      };
    },
  });
  const swarm = await createGpuSwarm(counting, planFor(optimizers[0]), { columns: 10, slots: 4, every: 1 });
  swarm.advance(5);
  await swarm.tally();
  await swarm.read();
  expect(live).toBeGreaterThan(5);
  swarm.dispose();
  swarm.dispose();
  expect(live).toBe(0);
});
