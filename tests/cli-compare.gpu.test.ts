import { beforeAll, expect, it } from 'vitest';
import { applyVulkanDriver } from '../scripts/vulkan.js';
import { answerOf } from './support/command.ts';

beforeAll(() => applyVulkanDriver());

const words = (line: string): string[] => line.split(' ');

it('compare on the GPU agrees with the reference', async () => {
  const line = words(
    'compare --lane adam:lr=0.1 --lane sam:lr=0.01 --lane bfgs --budget gradients:120 --target 1 --particles 256',
  );
  const gpu = await answerOf(...line);
  const reference = await answerOf(...line, '--device', 'reference');
  expect([gpu.device, reference.device]).toEqual(['gpu', 'reference']);
  expect(gpu.lanes.map(({ name, hyper, rank }: any) => [name, hyper, rank])).toEqual(
    reference.lanes.map(({ name, hyper, rank }: any) => [name, hyper, rank]),
  );
  for (const [k, { success, evaluations, expected }] of gpu.lanes.entries()) {
    // A particle in a hundred may go another way near a ridge, and a search may take another trial.
    expect(Math.abs(success - reference.lanes[k].success)).toBeLessThan(0.02);
    expect(Math.abs(evaluations - reference.lanes[k].evaluations)).toBeLessThan(0.05 * reference.lanes[k].evaluations);
    expect(Math.abs(expected / reference.lanes[k].expected - 1)).toBeLessThan(0.05);
  }
  expect(await answerOf(...line)).toEqual(gpu);
});

it('tune on the GPU finds a rate that is as good as the reference’s', async () => {
  const line = words('tune --surface booth --optimizer nesterov --steps 25 --particles 64');
  const gpu = await answerOf(...line);
  const reference = await answerOf(...line, '--device', 'reference');
  expect([gpu.device, gpu.particles, gpu.trials]).toEqual(['gpu', 64, reference.trials]);
  // The same trials where the losses are no noise of float32; the best is within one step of the refined grid.
  expect(Math.abs(Math.log10(gpu.best.lr / reference.best.lr))).toBeLessThan(1 / 20);
  for (const { lr, median } of reference.curve.filter(({ median }: any) => median > 1e-3 && median < 1e20)) {
    const there = gpu.curve.find((row: any) => row.lr === lr);
    // Relative errors of a position grow to some 25 roundings times the condition of the valley, and are squared.
    expect(there && Math.abs(there.median / median - 1)).toBeLessThan(1e-2);
  }
});
