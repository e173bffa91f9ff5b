import { createStorage, readBuffer } from '../../src/compute/gpu/buffers.ts';
import { compileKernel, WORKGROUP } from '../../src/compute/gpu/pipeline.ts';
import { testDevice } from './device.ts';

/**
 * Runs `fn mapped(x: vec4u) -> vec4u`, defined in the given WGSL, on rows of four words; for tests of shader libraries.
 * @returns as many words as were given
 */
export async function mapOnGpu(wgsl: readonly string[], words: Uint32Array<ArrayBuffer>): Promise<Uint32Array> {
  const device = await testDevice();
  const kernel = await compileKernel(device, {
    label: 'map',
    entry: 'map',
    parts: [
      ...wgsl.map((text, i) => ({ name: `part ${i}`, text })),
      {
        name: 'map',
        text: `
          @group(0) @binding(0) var<storage, read_write> rows: array<vec4u>;
          @compute @workgroup_size(WORKGROUP)
          fn map(@builtin(global_invocation_id) id: vec3u) {
            if (id.x < arrayLength(&rows)) {
              rows[id.x] = mapped(rows[id.x]);
            }
          }`,
      },
    ],
    bindings: ['storage'],
  });
  const buffer = createStorage(device, 'rows', words.byteLength, words);
  try {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(kernel.pipeline);
    const entries = [{ binding: 0, resource: { buffer } }];
    pass.setBindGroup(0, device.createBindGroup({ layout: kernel.layout, entries }));
    pass.dispatchWorkgroups(Math.ceil(words.length / 4 / WORKGROUP));
    pass.end();
    device.queue.submit([encoder.finish()]);
    return new Uint32Array(await readBuffer(device, buffer, words.byteLength));
  } finally {
    buffer.destroy();
  }
}
