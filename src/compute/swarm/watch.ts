import watchText from '../../../shaders/kernels/watch.wgsl';
import { MAX_TARGETS, type SwarmPlan, type Watched, type WatchPlan } from '../contract.ts';
import { askedVariable, gradientsPerUpdate } from '../cost.ts';
import type { Batch } from '../gpu/batch.ts';
import { createStorage, readBuffer } from '../gpu/buffers.ts';
import { compileKernel, type Kernel, WORKGROUP } from '../gpu/pipeline.ts';
import { libraryParts, surfaceParts } from './slots.ts';

/** Words of `Params` in watch.wgsl before `levels`. */
const HEAD_WORDS = 8;

/** Words of a `Mark`. */
const MARK_WORDS = 8;

/** Bytes of the largest storage binding on every device (WebGPU's default limit). */
const MOST_BYTES = 2 ** 27;

/** In place of the variable that counts searches' gradients, where none does; and of a bound, where there is none. */
const NONE = 0xffffffff;

/** The swarm's buffers that a watch looks at. */
interface WatchBuffers {
  readonly initial: number;
  readonly capacity: number;
  readonly surface: GPUBuffer;
  readonly positions: GPUBuffer;
  readonly state: GPUBuffer;
}

/** Compiles the kernel that looks at a swarm after an update. */
export function watchKernel(device: GPUDevice, { landscape }: SwarmPlan): Promise<Kernel> {
  return compileKernel(device, {
    label: 'watch',
    entry: 'watch',
    parts: [
      { name: 'constants of the watch', text: `const TARGET_ROWS = ${MAX_TARGETS / 4};` },
      { name: 'shaders/kernels/watch.wgsl', text: watchText },
      ...libraryParts,
      ...surfaceParts(landscape.formula),
    ],
    bindings: ['block', 'uniform', 'read-only-storage', 'read-only-storage', 'storage', 'storage'],
  });
}

/** Watches the particles that a swarm starts with, on the GPU: nothing comes back before it is asked for. */
export class GpuWatch {
  readonly #device: GPUDevice;
  readonly #kernel: Kernel;
  readonly #batch: Batch;
  readonly #group: GPUBindGroup;
  readonly #marks: GPUBuffer;
  readonly #hits: GPUBuffer;
  readonly #count: number;
  readonly #targets: number;
  readonly #words = new Uint32Array(HEAD_WORDS + MAX_TARGETS);

  /** @throws RangeError for more targets than are watched at a time, or than fit the device's memory for so many particles */
  constructor(device: GPUDevice, kernel: Kernel, { optimizer }: SwarmPlan, watch: WatchPlan, buffers: WatchBuffers, batch: Batch) {
    const { targets, evaluations } = watch;
    const bytes = targets.length * buffers.initial * 8;
    if (targets.length > MAX_TARGETS || bytes > MOST_BYTES) {
      throw new RangeError(`${targets.length} targets for ${buffers.initial} particles are too many to watch for.`);
    }
    this.#device = device;
    this.#kernel = kernel;
    this.#batch = batch;
    this.#count = buffers.initial;
    this.#targets = targets.length;
    this.#marks = createStorage(device, 'marks', buffers.initial * MARK_WORDS * 4);
    this.#hits = createStorage(device, 'hits', bytes);
    const variable = askedVariable(optimizer);
    this.#words.set([
      buffers.initial,
      0,
      targets.length,
      gradientsPerUpdate(optimizer),
      variable < 0 ? NONE : (variable * buffers.capacity) / 2,
      Math.min(evaluations, NONE),
    ]);
    new Float32Array(this.#words.buffer).set(targets, HEAD_WORDS);
    const bound = [buffers.surface, buffers.positions, buffers.state, this.#marks, this.#hits];
    this.#group = device.createBindGroup({
      label: kernel.label,
      layout: kernel.layout,
      entries: [
        { binding: 0, resource: { buffer: batch.uniforms, size: this.#words.byteLength } },
        ...bound.map((buffer, k) => ({ binding: k + 1, resource: { buffer } })),
      ],
    });
  }

  /** Adds a look at the swarm after so many updates to what the batch does; with 0 it begins anew. */
  look(step: number): void {
    this.#words[1] = step;
    this.#batch.add(this.#kernel, this.#group, this.#words.buffer, Math.ceil(this.#count / WORKGROUP));
  }

  /** What was seen after all work submitted so far. */
  async read(): Promise<Watched> {
    const [count, targets] = [this.#count, this.#targets];
    const [marks, hits] = await Promise.all([
      readBuffer(this.#device, this.#marks, count * MARK_WORDS * 4),
      readBuffer(this.#device, this.#hits, Math.max(16, targets * count * 8)),
    ]);
    const floats = new Float32Array(marks);
    const words = new Uint32Array(marks);
    const pairs = new Uint32Array(hits);
    const word = (i: number, k: number): number => words[i * MARK_WORDS + k];
    const float = (i: number, k: number): number => floats[i * MARK_WORDS + k];
    const each = Array.from({ length: targets }, (_, k) => k);
    const numbers = (value: (i: number) => number): Float64Array => Float64Array.from({ length: count }, (_, i) => value(i));
    const whole = (value: (i: number) => number): Int32Array => Int32Array.from({ length: count }, (_, i) => value(i));
    return {
      updates: each.map((k) => whole((i) => (word(i, 5) > k ? pairs[2 * (k * count + i)] : -1))),
      evaluations: each.map((k) => numbers((i) => (word(i, 5) > k ? pairs[2 * (k * count + i) + 1] : Infinity))),
      positions: Float64Array.from({ length: 2 * count }, (_, k) => float(k >> 1, k & 1)),
      losses: numbers((i) => float(i, 2)),
      best: numbers((i) => (word(i, 6) === 1 ? Infinity : float(i, 3))),
      spent: numbers((i) => word(i, 4)),
      diverged: whole((i) => word(i, 6) - 1),
    };
  }

  dispose(): void {
    this.#marks.destroy();
    this.#hits.destroy();
  }
}
