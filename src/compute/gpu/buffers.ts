/** Buffer usages by number: the names are globals that not every host of WebGPU has. Source: the WebGPU specification. */
export const USAGE = {
  mapRead: 0x0001,
  copySource: 0x0004,
  copyTarget: 0x0008,
  uniform: 0x0040,
  storage: 0x0080,
} as const;

/** GPUMapMode.READ. */
const MAP_READ = 1;

/** A buffer of `size` bytes (rounded up to 16), zeroed. Its creator destroys it. */
export function createBuffer(device: GPUDevice, label: string, size: number, usage: number): GPUBuffer {
  return device.createBuffer({ label, size: Math.max(16, Math.ceil(size / 16) * 16), usage });
}

/** A storage buffer that can be copied from and to, optionally filled. */
export function createStorage(device: GPUDevice, label: string, size: number, data?: ArrayBufferView<ArrayBuffer>): GPUBuffer {
  const buffer = createBuffer(device, label, size, USAGE.storage | USAGE.copySource | USAGE.copyTarget);
  if (data) {
    device.queue.writeBuffer(buffer, 0, data.buffer, data.byteOffset, data.byteLength);
  }
  return buffer;
}

/** Copies `size` bytes of a buffer to the host: for exports and tests, never in the frame loop. */
export async function readBuffer(device: GPUDevice, source: GPUBuffer, size: number, offset = 0): Promise<ArrayBuffer> {
  const staging = createBuffer(device, `read ${source.label}`, size, USAGE.mapRead | USAGE.copyTarget);
  try {
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(source, offset, staging, 0, size);
    device.queue.submit([encoder.finish()]);
    await staging.mapAsync(MAP_READ, 0, size);
    return staging.getMappedRange(0, size).slice(0);
  } finally {
    staging.destroy();
  }
}

/** Small buffers for reading back while frames go on: taken, filled by a copy, mapped, put back. They are made once. */
export class ReadbackPool {
  readonly #free: GPUBuffer[];
  readonly #all: readonly GPUBuffer[];
  readonly #device: GPUDevice;
  readonly #size: number;
  readonly #underWay = new Set<Promise<ArrayBuffer>>();

  constructor(device: GPUDevice, label: string, size: number, buffers = 3) {
    this.#device = device;
    this.#size = size;
    this.#all = Array.from({ length: buffers }, (_, i) =>
      createBuffer(device, `${label} readback ${i}`, size, USAGE.mapRead | USAGE.copyTarget),
    );
    this.#free = [...this.#all];
  }

  /** Whether a `read` would be taken at once; the frame loop asks first, so that it never waits. */
  get ready(): boolean {
    return this.#free.length > 0;
  }

  /**
   * Submits what `encode` encodes and then a copy of `source`, as soon as a buffer is free; resolves with the bytes.
   * Rejects when the device is lost.
   */
  async read(source: GPUBuffer, encode: (encoder: GPUCommandEncoder) => void): Promise<ArrayBuffer> {
    while (!this.ready) {
      await Promise.race(this.#underWay);
    }
    const bytes = this.#read(source, encode);
    this.#underWay.add(bytes);
    try {
      return await bytes;
    } finally {
      this.#underWay.delete(bytes);
    }
  }

  async #read(source: GPUBuffer, encode: (encoder: GPUCommandEncoder) => void): Promise<ArrayBuffer> {
    const staging = this.#free.pop() as GPUBuffer;
    const encoder = this.#device.createCommandEncoder();
    encode(encoder);
    encoder.copyBufferToBuffer(source, 0, staging, 0, this.#size);
    this.#device.queue.submit([encoder.finish()]);
    await staging.mapAsync(MAP_READ, 0, this.#size);
    const bytes = staging.getMappedRange(0, this.#size).slice(0);
    staging.unmap();
    this.#free.push(staging);
    return bytes;
  }

  dispose(): void {
    for (const buffer of this.#all) {
      buffer.destroy();
    }
  }
}
