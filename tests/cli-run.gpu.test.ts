import { beforeAll, describe, expect, it } from 'vitest';
import { optimizers } from '../src/descent/optimizers/index.ts';
import { main } from '../src/cli/command.ts';
import { applyVulkanDriver } from '../scripts/vulkan.js';
import { answerOf, thalweg } from './support/command.ts';

beforeAll(() => applyVulkanDriver());

describe('run on the GPU', () => {
  it.each(optimizers.map(({ id, suggestedLearningRate }) => [id, suggestedLearningRate]))(
    '%s goes the reference’s way',
    async (id, lr) => {
      const words = [
        'run',
        '--surface',
        'himmelblau',
        '--optimizer',
        `${id}`,
        '--set',
        `lr=${lr}`,
        '--particles',
        '3',
        '--steps',
        '20',
      ];
      const gpu = await answerOf(...words, '--device', 'gpu');
      const reference = await answerOf(...words, '--device', 'reference');
      expect(gpu.device).toBe('gpu');
      const { device: _gpu, particles, ...head } = gpu;
      const { device: _reference, particles: expected, ...expectedHead } = reference;
      expect(head).toEqual(expectedHead);
      for (const [i, { points, steps }] of particles.entries()) {
        expect(steps).toEqual(expected[i].steps);
        // Both start at the very same float32.
        expect(points[0].slice(0, 2)).toEqual(expected[i].points[0].slice(0, 2));
        for (const [k, [x, y]] of points.entries()) {
          // Twenty updates of a few roundings each, at places below 8: far from what another method would do.
          expect(Math.abs(x - expected[i].points[k][0])).toBeLessThan(2e-4);
          expect(Math.abs(y - expected[i].points[k][1])).toBeLessThan(2e-4);
        }
      }
    },
  );

  it('is what auto takes, and gives the same numbers again, whatever is kept of them', async () => {
    const words = [
      'run',
      '--surface',
      'rosenbrock',
      '--optimizer',
      'adam',
      '--set',
      'lr=0.05',
      '--particles',
      '5',
      '--steps',
      '130',
    ];
    const all = await answerOf(...words);
    expect(all.device).toBe('gpu');
    expect(await answerOf(...words, '--device', 'gpu')).toEqual(all);
    const some = await answerOf(...words, '--every', '50');
    for (const [i, { steps, points }] of some.particles.entries()) {
      expect(steps).toEqual([0, 50, 100, 130]);
      expect(points).toEqual(steps.map((step: number) => all.particles[i].points[step]));
    }
  });

  it('ends a record with the first point beyond 1e30', async () => {
    const words = 'run --surface quadratic-bowl --optimizer gd --set lr=1e6 --start 1,1 --steps 50'.split(' ');
    const { particles } = await answerOf(...words);
    const [{ points, outcome }] = particles;
    const sizes = points.map((point: (number | string)[]) =>
      Math.max(...point.map((value) => (typeof value === 'number' ? Math.abs(value) : Number.POSITIVE_INFINITY))),
    );
    expect(outcome).toBe('diverged');
    expect(points.length).toBeGreaterThan(2);
    expect(sizes.slice(0, -1).every((size: number) => size <= 1e30)).toBe(true);
    expect(sizes.at(-1)).toBeGreaterThan(1e30);
  });

  it('evaluates in float32 what the reference evaluates in float64', async () => {
    const words = ['evaluate', '--surface', 'himmelblau', '--at', '0.5,-1.25', '3,3.5'];
    const gpu = await answerOf(...words, '--device', 'gpu');
    const reference = await answerOf(...words);
    const numbers = (answer: any[]) =>
      answer.flatMap(({ value, gradient, hessian }) => [value, ...gradient, ...hessian]);
    for (const [k, value] of numbers(gpu).entries()) {
      expect(Math.fround(value)).toBe(value);
      expect(value).toBeCloseTo(numbers(reference)[k], 3);
    }
    expect(gpu.map(({ x, y }: any) => [x, y])).toEqual([
      [0.5, -1.25],
      [3, 3.5],
    ]);
  });

  it('a device that is lost in mid-run is opened anew, and the numbers are the same', async () => {
    const words = [
      'run',
      '--surface',
      'himmelblau',
      '--optimizer',
      'adam',
      '--particles',
      '16384',
      '--steps',
      '256',
      '--every',
      '256',
      '--format',
      'csv',
    ];
    const undisturbed = await thalweg(...words);
    let out = '';
    let lost = 0;
    const status = await main(words, {
      out: async (chunk) => {
        out += chunk;
      },
      // The progress bar is drawn between the parts that the run is read back in: the newest device goes then.
      err: () => {
        if (lost === 0) {
          const kept = (globalThis as unknown as { thalwegKept: unknown[] }).thalwegKept;
          (kept.at(-1) as GPUDevice).destroy();
        }
        lost += 1;
      },
      terminal: true,
      program: null,
    });
    expect(lost).toBeGreaterThan(0);
    expect({ status, out }).toEqual({ status: 0, out: undisturbed.out });
  });

  it('a formula’s text runs there too', async () => {
    const { status, err } = await thalweg(
      'run',
      '--formula',
      'x^2*y^2 + a*x',
      '--param',
      'a=0.1',
      '--steps',
      '3',
      '--device',
      'gpu',
    );
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });

  it('doctor names the adapter and its limits', async () => {
    const { adapter, limits } = await answerOf('doctor');
    expect(adapter).toMatchObject({ name: expect.stringMatching(/./), software: expect.any(Boolean) });
    expect(limits.maxStorageBufferBindingSize.device).toBeGreaterThanOrEqual(2 ** 27);
  });
});
