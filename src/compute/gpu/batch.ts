import { createBuffer, USAGE } from './buffers.ts';
import type { Kernel } from './pipeline.ts';

/** Bytes of uniform blocks that go up together: a few dozen dispatches' worth. */
const ROOM = 65_536;

/** Offsets of uniform blocks are multiples of this on every device (WebGPU's default limit). */
const ALIGNMENT = 256;

interface Dispatch {
  readonly kernel: Kernel;
  readonly group: GPUBindGroup;
  readonly offset: number;
  readonly workgroups: number;
}

/**
 * Dispatches that go to the device together, in order: their uniform blocks are uploaded at once and one pass runs them all,
 * since on a software GPU a submission costs as much as the work of a thousand particles. Each kernel's first binding is a
 * block in `uniforms`, at a dynamic offset.
 */
export class Batch {
  readonly uniforms: GPUBuffer;
  readonly #device: GPUDevice;
  readonly #label: string;
  readonly #bytes = new Uint8Array(ROOM);
  readonly #dispatches: Dispatch[] = [];
  #used = 0;

  constructor(device: GPUDevice, label: string) {
    this.#device = device;
    this.#label = label;
    this.uniforms = createBuffer(device, `${label} uniforms`, ROOM, USAGE.uniform | USAGE.copyTarget);
  }

  /** Adds a dispatch; `block` is copied. What does not fit any more goes up first. */
  add(kernel: Kernel, group: GPUBindGroup, block: ArrayBuffer, workgroups: number): void {
    if (this.#used + block.byteLength > ROOM) {
      this.submit();
    }
    this.#bytes.set(new Uint8Array(block), this.#used);
    this.#dispatches.push({ kernel, group, offset: this.#used, workgroups });
    this.#used = Math.ceil((this.#used + block.byteLength) / ALIGNMENT) * ALIGNMENT;
  }

  /** Sends what was added. */
  submit(): void {
    if (this.#dispatches.length === 0) {
      return;
    }
    this.#device.queue.writeBuffer(this.uniforms, 0, this.#bytes, 0, this.#used);
    const encoder = this.#device.createCommandEncoder();
    const pass = encoder.beginComputePass({ label: this.#label });
    for (const { kernel, group, offset, workgroups } of this.#dispatches) {
      pass.setPipeline(kernel.pipeline);
      pass.setBindGroup(0, group, [offset]);
      pass.dispatchWorkgroups(workgroups);
    }
    pass.end();
    this.#device.queue.submit([encoder.finish()]);
    this.#dispatches.length = 0;
    this.#used = 0;
  }

  dispose(): void {
    this.uniforms.destroy();
  }
}
