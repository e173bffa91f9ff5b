import evaluateText from '../../../shaders/kernels/evaluate.wgsl';
import type { Landscape } from '../contract.ts';
import { createBuffer, createStorage, readBuffer, USAGE } from '../gpu/buffers.ts';
import { compileKernel, type Kernel, WORKGROUP } from '../gpu/pipeline.ts';
import { libraryParts, surfaceParts } from './slots.ts';
import { surfaceParameters } from './steps.ts';

/** What is evaluated at each point: f, ∂f/∂x, ∂f/∂y, 0, or fxx, fxy, fyy, 0. */
export type EvaluateEntry = 'evaluate' | 'curve';

/** Compiles the kernel that evaluates a surface at points. */
export function evaluateKernel(
  device: GPUDevice,
  landscape: Landscape,
  entry: EvaluateEntry = 'evaluate',
): Promise<Kernel> {
  return compileKernel(device, {
    label: entry,
    entry,
    parts: [
      { name: 'shaders/kernels/evaluate.wgsl', text: evaluateText },
      ...libraryParts,
      ...surfaceParts(landscape.formula),
    ],
    bindings: ['uniform', 'uniform', 'read-only-storage', 'storage'],
  });
}

/** The evaluation of the surface at the points of a buffer, ready to be encoded any number of times. */
export class Evaluation {
  /** f, ∂f/∂x, ∂f/∂y, 0 for each point. */
  readonly results: GPUBuffer;
  readonly #device: GPUDevice;
  readonly #kernel: Kernel;
  readonly #params: GPUBuffer;
  readonly #group: GPUBindGroup;

  constructor(device: GPUDevice, kernel: Kernel, surface: GPUBuffer, points: GPUBuffer, capacity: number) {
    this.#device = device;
    this.#kernel = kernel;
    this.results = createStorage(device, 'values', capacity * 16);
    this.#params = createBuffer(device, 'evaluate parameters', 16, USAGE.uniform | USAGE.copyTarget);
    this.#group = device.createBindGroup({
      label: 'evaluate',
      layout: kernel.layout,
      entries: [this.#params, surface, points, this.results].map((buffer, binding) => ({
        binding,
        resource: { buffer },
      })),
    });
  }

  /** Encodes the evaluation of the first `count` points. */
  encode(encoder: GPUCommandEncoder, count: number): void {
    this.#device.queue.writeBuffer(this.#params, 0, new Uint32Array([count]));
    const pass = encoder.beginComputePass({ label: 'evaluate' });
    pass.setPipeline(this.#kernel.pipeline);
    pass.setBindGroup(0, this.#group);
    pass.dispatchWorkgroups(Math.ceil(count / WORKGROUP));
    pass.end();
  }

  dispose(): void {
    this.results.destroy();
    this.#params.destroy();
  }
}

/**
 * f, ∂f/∂x, ∂f/∂y, 0 (or the second derivatives) at each of the points (x, y pairs), in float32 by the very WGSL that swarms run.
 * @throws ShaderError (rejects) when the device refuses the formula's code
 */
export async function evaluateOnGpu(
  device: GPUDevice,
  landscape: Landscape,
  points: Float32Array<ArrayBuffer>,
  entry: EvaluateEntry = 'evaluate',
): Promise<Float32Array> {
  const kernel = await evaluateKernel(device, landscape, entry);
  const count = points.length / 2;
  const surface = createBuffer(device, 'surface parameters', 64, USAGE.uniform | USAGE.copyTarget);
  device.queue.writeBuffer(surface, 0, surfaceParameters(landscape));
  const places = createStorage(device, 'points', points.byteLength, points);
  const evaluation = new Evaluation(device, kernel, surface, places, count);
  try {
    const encoder = device.createCommandEncoder();
    evaluation.encode(encoder, count);
    device.queue.submit([encoder.finish()]);
    return new Float32Array(await readBuffer(device, evaluation.results, count * 16));
  } finally {
    evaluation.dispose();
    surface.destroy();
    places.destroy();
  }
}
