import { expect, test } from 'vitest';
import { SceneRun } from '../src/compute/engine/run.ts';
import { compileKernel, type KernelSource, ShaderError } from '../src/compute/gpu/pipeline.ts';
import { DEFAULT_SCENE } from '../src/scene/defaults.ts';
import type { Scene } from '../src/scene/scene.ts';
import { ownDevice, testDevice } from './support/device.ts';

const source = (body: string): KernelSource => ({
  label: 'broken',
  entry: 'main',
  parts: [
    { name: 'helper.wgsl', text: 'fn twice(x: f32) -> f32 {\n  return x + x;\n}\n' },
    { name: 'kernel.wgsl', text: `@compute @workgroup_size(WORKGROUP)\nfn main() {\n  ${body}\n}\n` },
  ],
  bindings: [],
});

test('a shader that does not compile is told with the file and the line that are at fault', async () => {
  const device = await testDevice();
  await expect(compileKernel(device, source('let x = twice(true);'))).rejects.toThrow(ShaderError);
  await expect(compileKernel(device, source('let x = twice(true);'))).rejects.toThrow(/broken.*kernel\.wgsl, line 3/);
  await expect(compileKernel(device, source('let x = twice(1);'))).resolves.toMatchObject({ label: 'broken' });
});

test('equal kernels are compiled once', async () => {
  const device = await testDevice();
  const kernels = await Promise.all([1, 2].map(() => compileKernel(device, source('let x = twice(2);'))));
  expect(kernels[0]).toBe(kernels[1]);
});

const SMALL: Scene = { ...DEFAULT_SCENE, start: { ...DEFAULT_SCENE.start, count: 64 } };

test('when a device refuses the code of a new surface, the run goes on as it was', async () => {
  const device = await testDevice();
  let broken = false;
  const spoiled = new Proxy(device, {
    get(target, key) {
      const value = Reflect.get(target, key);
      if (typeof value !== 'function') {
        return value;
      }
      if (key !== 'createShaderModule') {
        return value.bind(target);
      }
      return (descriptor: GPUShaderModuleDescriptor) =>
        target.createShaderModule({ ...descriptor, code: broken ? `${descriptor.code}\n!` : descriptor.code });
    },
  });
  const run = await SceneRun.create(spoiled, 'test', SMALL);
  await run.start(10);
  const { terrain, lanes } = run;
  broken = true;
  await expect(run.setScene({ ...SMALL, surface: { formula: 'x^2 + 7*y^2', params: {} } })).rejects.toThrow(ShaderError);
  expect(run.terrain).toBe(terrain);
  expect(run.lanes).toBe(lanes);
  run.advance(5);
  expect(run.step).toBe(15);
  broken = false;
  await run.setScene({ ...SMALL, surface: { formula: 'x^2 + 7*y^2', params: {} } });
  expect(run.landscape.formula.text).toBe('x^2 + 7*y^2');
  run.dispose();
});

test('a lost device loses nothing: on another one the scene and the step give the same numbers', async () => {
  const first = await ownDevice();
  const run = await SceneRun.create(first, 'test', SMALL);
  await run.start();
  run.advance(37);
  const before = await Promise.all(run.lanes.map((lane) => lane.swarm.read()));
  first.destroy();
  await first.lost;
  run.advance(1);
  run.frame(16);
  run.dispose();
  const again = await SceneRun.create(await testDevice(), 'test', SMALL);
  await again.start(37);
  expect(await Promise.all(again.lanes.map((lane) => lane.swarm.read()))).toEqual(before);
  again.dispose();
});
