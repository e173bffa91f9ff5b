import trailText from '../../../shaders/kernels/trail.wgsl';
import rangeText from '../../../shaders/lib/range.wgsl';
import { MAX_ADDED, type TrailRing } from '../contract.ts';
import type { Batch } from '../gpu/batch.ts';
import { createStorage } from '../gpu/buffers.ts';
import { compileKernel, type Kernel, WORKGROUP } from '../gpu/pipeline.ts';

/** What a swarm keeps of its particles' past. */
export interface TrailPlan {
  /** Of the particles that the swarm starts with, so many at most are followed, evenly by index. */
  readonly columns: number;
  readonly slots: number;
  /** Updates between two samples, to begin with. */
  readonly every: number;
}

/** The swarm's buffers that a trail is recorded from. */
interface TrailBuffers {
  readonly initial: number;
  readonly positions: GPUBufferBinding;
  readonly exits: GPUBuffer;
}

/** Compiles the kernel that records a row of a trail ring. */
export function trailKernel(device: GPUDevice): Promise<Kernel> {
  return compileKernel(device, {
    label: 'trail',
    entry: 'record',
    parts: [
      { name: 'shaders/kernels/trail.wgsl', text: trailText },
      { name: 'shaders/lib/range.wgsl', text: rangeText },
    ],
    bindings: ['block', 'read-only-storage', 'read-only-storage', 'storage'],
  });
}

/** A ring of rows of where the followed particles were, on the GPU. */
export class GpuTrail {
  readonly ring: { -readonly [K in keyof TrailRing]: TrailRing[K] };
  readonly buffer: GPUBuffer;
  readonly #device: GPUDevice;
  readonly #kernel: Kernel;
  readonly #batch: Batch;
  readonly #group: GPUBindGroup;
  readonly #initial: number;
  readonly #words = new Uint32Array(6);

  constructor(device: GPUDevice, kernel: Kernel, plan: TrailPlan, buffers: TrailBuffers, batch: Batch) {
    const stride = Math.ceil(buffers.initial / plan.columns);
    const columns = Math.ceil(buffers.initial / stride) + MAX_ADDED;
    this.ring = { slots: plan.slots, columns, stride, every: plan.every, head: 0, filled: 0 };
    this.buffer = createStorage(device, 'trail', columns * 8 * plan.slots);
    this.#device = device;
    this.#kernel = kernel;
    this.#initial = buffers.initial;
    this.#batch = batch;
    this.#group = device.createBindGroup({
      label: kernel.label,
      layout: kernel.layout,
      entries: [
        { binding: 0, resource: { buffer: batch.uniforms, size: this.#words.byteLength } },
        { binding: 1, resource: buffers.positions },
        ...[buffers.exits, this.buffer].map((buffer, k) => ({ binding: k + 2, resource: { buffer } })),
      ],
    });
    this.#words[1] = columns;
    this.#words[2] = stride;
    this.#words[3] = columns - MAX_ADDED;
    this.#words[4] = buffers.initial;
  }

  /** Forgets all. */
  clear(): void {
    this.ring.head = -1;
    this.ring.filled = 0;
  }

  /** Adds a row to what the batch does: where the followed ones of `count` particles are after all before it. */
  record(count: number): void {
    const { ring } = this;
    ring.head = (ring.head + 1) % ring.slots;
    ring.filled = Math.min(ring.slots, ring.filled + 1);
    this.#words[0] = ring.head * ring.columns;
    this.#words[5] = count;
    const used = ring.columns - MAX_ADDED + count - this.#initial;
    this.#batch.add(this.#kernel, this.#group, this.#words.buffer, Math.ceil(used / WORKGROUP));
  }

  /** Makes the whole past of particles from `first` on their starts: no trail leads there from anywhere else. */
  begin(starts: Float32Array<ArrayBuffer>, first: number): void {
    const { ring } = this;
    const column = ring.columns - MAX_ADDED + first - this.#initial;
    for (let slot = 0; slot < ring.slots; slot += 1) {
      this.#device.queue.writeBuffer(this.buffer, (slot * ring.columns + column) * 8, starts);
    }
  }

  dispose(): void {
    this.buffer.destroy();
  }
}
