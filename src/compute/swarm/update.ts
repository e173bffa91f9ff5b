import updateText from '../../../shaders/kernels/update.wgsl';
import { compileFormula } from '../../formula/compile.ts';
import type { Hyper, Optimizer } from '../../descent/optimizer.ts';
import { createBuffer, createStorage, readBuffer, USAGE } from '../gpu/buffers.ts';
import { compileKernel, WORKGROUP } from '../gpu/pipeline.ts';
import { conditioningPart, decayPart, libraryParts, optimizerParts, surfaceParts } from './slots.ts';

/** What an optimizer that looks around needs to compile, though nothing of it is run. */
const AROUND = [
  ...surfaceParts(compileFormula('x*y')),
  conditioningPart({ clips: false, noisy: false }),
  decayPart(true),
];

/** Parameters about to be updated. */
export interface BeforeUpdate {
  readonly hyper: Hyper;
  /** Number of the update, 1 first. */
  readonly t: number;
  readonly lr: number;
  /** A multiple of four. */
  readonly weights: Float32Array;
  readonly gradients: Float32Array;
  /** For each parameter a row of the optimizer's state variables. */
  readonly states: Float32Array;
}

/** One update of an optimizer's own kernel file on given gradients: the new parameters, and their states in rows. */
export async function updateOnGpu(
  device: GPUDevice,
  optimizer: Optimizer,
  { hyper, t, lr, weights, gradients, states }: BeforeUpdate,
): Promise<{ weights: Float32Array; states: Float32Array }> {
  const kernel = await compileKernel(device, {
    label: `update ${optimizer.id}`,
    entry: 'updateOnce',
    parts: [
      { name: 'shaders/kernels/update.wgsl', text: updateText },
      ...libraryParts,
      ...optimizerParts(optimizer),
      ...AROUND,
    ],
    bindings: ['uniform', 'read-only-storage', 'storage', 'storage'],
  });
  const count = weights.length;
  const constants = Object.values(optimizer.constants).map((constant) => constant(hyper));
  const params = new Float32Array(8 + Math.max(4, Math.ceil(constants.length / 4) * 4));
  new Uint32Array(params.buffer)[0] = count / 2;
  params.set(
    Object.values(optimizer.coefficients).map((coefficient) => coefficient(hyper, t, lr)),
    4,
  );
  params.set(constants, 8);
  const variables = optimizer.state.length;
  const buffers = [
    createBuffer(device, 'update parameters', params.byteLength, USAGE.uniform | USAGE.copyTarget),
    createStorage(device, 'gradients', count * 4, Float32Array.from(gradients)),
    createStorage(device, 'weights', count * 4, Float32Array.from(weights)),
    createStorage(device, 'state', count * 4 * variables, transposed(states, variables, count)),
  ];
  device.queue.writeBuffer(buffers[0], 0, params);
  try {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass({ label: kernel.label });
    pass.setPipeline(kernel.pipeline);
    pass.setBindGroup(
      0,
      device.createBindGroup({
        label: kernel.label,
        layout: kernel.layout,
        entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
      }),
    );
    pass.dispatchWorkgroups(Math.ceil(count / 2 / WORKGROUP));
    pass.end();
    device.queue.submit([encoder.finish()]);
    const updated = new Float32Array(await readBuffer(device, buffers[2], count * 4));
    const state = variables > 0 ? await readBuffer(device, buffers[3], count * 4 * variables) : new ArrayBuffer(0);
    return { weights: updated, states: transposed(new Float32Array(state), count, variables) };
  } finally {
    for (const buffer of buffers) {
      buffer.destroy();
    }
  }
}

/** Turns rows of `columns` numbers into columns, `rows` of them. */
function transposed(values: Float32Array, columns: number, rows: number): Float32Array<ArrayBuffer> {
  const turned = new Float32Array(values.length);
  for (let r = 0; r < rows; r += 1) {
    for (let c = 0; c < columns; c += 1) {
      turned[c * rows + r] = values[r * columns + c];
    }
  }
  return turned;
}
