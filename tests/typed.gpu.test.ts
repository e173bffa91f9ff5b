import { describe, expect, it } from 'vitest';
import { checkUpdates } from '../src/cli/verify/updates.ts';
import type { SwarmPlan } from '../src/compute/contract.ts';
import { createReferenceSwarm } from '../src/compute/reference/swarm.ts';
import { createGpuSwarm } from '../src/compute/swarm/swarm.ts';
import { updateOnGpu } from '../src/compute/swarm/update.ts';
import type { Hyper, Optimizer } from '../src/descent/optimizer.ts';
import { hyperDefaults, optimizers } from '../src/descent/optimizers/index.ts';
import { compileRecurrences } from '../src/descent/typed/compile.ts';
import { testDevice } from './support/device.ts';
import { formulas } from './support/formulas.ts';
import { expectNear, type Tolerance } from './support/tolerance.ts';
import { planWith, settingsOf } from './support/plans.ts';

const SINGLE: Tolerance = {
  rel: 2e-5,
  abs: 2e-5,
  why: 'twenty updates of a few roundings to float32 each, whose gradients are steep and cancel',
};

const written = optimizers.filter((optimizer): optimizer is Optimizer & { text: string } => optimizer.text !== undefined);

/** Some particles on Himmelblau. */
const planOf = (text: string, hyper: Hyper): SwarmPlan => {
  const optimizer = compileRecurrences(text);
  const values = { ...hyperDefaults(optimizer), ...hyper };
  return planWith({
    landscape: { formula: formulas.himmelblau, parameters: new Float64Array(0), domain: [-5, 5, -5, 5], minima: [] },
    optimizer,
    settings: settingsOf({ hyper: values, rate: () => values.lr }),
    starts: Float64Array.of(-4, 4, 0.5, -1, 2, 2.5, 4.5, -4.5, 1, 1),
  });
};

/** Where the particles are on both devices; one is added after seven updates. */
async function bothAfter(plan: SwarmPlan, updates: number): Promise<{ found: Float64Array; expected: Float64Array }> {
  const gpu = await createGpuSwarm(await testDevice(), plan);
  const reference = createReferenceSwarm(plan);
  try {
    for (const swarm of [gpu, reference]) {
      swarm.advance(7);
      swarm.add(Float64Array.of(-1, 3));
      swarm.advance(updates - 7);
    }
    return { found: (await gpu.read()).positions, expected: (await reference.read()).positions };
  } finally {
    gpu.dispose();
  }
}

/** One update of four parameters at 1 with given gradients, from state 0. */
async function updated(text: string, gradients: readonly number[]): Promise<Float32Array> {
  const optimizer = compileRecurrences(text);
  const hyper = hyperDefaults(optimizer);
  const { weights } = await updateOnGpu(await testDevice(), optimizer, {
    hyper,
    t: 1,
    lr: hyper.lr,
    weights: new Float32Array(4).fill(1),
    gradients: Float32Array.from(gradients),
    states: new Float32Array(4 * optimizer.state.length),
  });
  return weights;
}

describe.each(written.map((optimizer) => [optimizer.id, optimizer] as const))('%s as text', (_, optimizer) => {
  it('does each update to a few ulps in float32', async () => {
    expect(await checkUpdates(await testDevice(), compileRecurrences(optimizer.text))).toMatchObject({ ok: true });
  });

  it('runs where the reference runs', async () => {
    const plan = planOf(optimizer.text, { lr: 0.2 * optimizer.suggestedLearningRate, ...optimizer.suggestedHyper });
    const { found, expected } = await bothAfter(plan, 20);
    expect(found).toHaveLength(12);
    expected.forEach((place, i) => expectNear(found[i], place, SINGLE, `coordinate ${i}`));
  });

  it('takes a particle out of the number range with a gradient that is none', async () => {
    const weights = await updated(optimizer.text, [Number.NaN, -Number.NaN, 1, -1]);
    expect([...weights.subarray(0, 2)].some((w) => Math.abs(w) < 1e30)).toBe(false);
    expect([...weights.subarray(2)].every((w) => Math.abs(w) < 1e30)).toBe(true);
  });
});

describe('a typed optimizer', () => {
  it('is the same bit for bit however its updates are split', async () => {
    const plan = planOf('init s = lr; m = b*m + (1-b)*g; s = s*(1 + 0.1sign(g*m)); w = w - s*m/(1-b^t)/t^0.5', { lr: 0.01 });
    const device = await testDevice();
    const run = async (parts: readonly number[]): Promise<Float64Array> => {
      const swarm = await createGpuSwarm(device, plan);
      for (const updates of parts) swarm.advance(updates);
      const { positions } = await swarm.read();
      swarm.dispose();
      return positions;
    };
    const whole = await run([150]);
    expect(await run([1, 2, 63, 64, 20])).toEqual(whole);
  });

  it('with more coefficients than a row holds computes the rest, nearly as well', async () => {
    const text =
      'a = 0.5 in [0, 1]; c = 0.95 in [0, 1]; d = 0.7 in [0, 1]\n' +
      'p = a*p + (1-a)*g; q = b*q + (1-b)*g; r = c*r + (1-c)*g; s = d*s + (1-d)*g\n' +
      'w = w - lr*(p/(1-a^t) + q/(1-b^t) + r/(1-c^t) + s/(1-d^t))/t^0.1';
    const plan = planOf(text, { lr: 2e-4 });
    expect(Object.keys(plan.optimizer.coefficients)).toHaveLength(3);
    const { found, expected } = await bothAfter(plan, 20);
    // 1 − 0.95ᵗ in float32 loses a digit and a half.
    expected.forEach((place, i) => expectNear(found[i], place, { ...SINGLE, abs: 1e-4 }, `coordinate ${i}`));
  });

  it.each([
    ['a state', 'v = v + g^2; w = w - lr*g/(1 + v)', [1e25, -1e25, 1, 2]],
    ['the sign of what is none', 'w = w - lr*sign(sqrt(g))', [-1, -4, 1, 2]],
    ['max and min of what is none', 'w = w - min(1, max(-1, log(g)))', [-1, -4, 1, 2]],
  ])('goes out of the number range with %s beyond it', async (_, text, gradients) => {
    const weights = [...(await updated(text, gradients))];
    expect(weights.map((w) => Math.abs(w) < 1e30)).toEqual([false, false, true, true]);
  });
});
