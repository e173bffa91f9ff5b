import keyText from '../../../shaders/lib/key.wgsl';
import selectText from '../../../shaders/kernels/select.wgsl';
import type { Part } from '../gpu/compose.ts';
import { createBuffer, createStorage, ReadbackPool, USAGE } from '../gpu/buffers.ts';
import { compileKernel, type Kernel, WORKGROUP } from '../gpu/pipeline.ts';

/** Keys whose order is that of the floats they were made from. */
export const keyPart: Part = { name: 'shaders/lib/key.wgsl', text: keyText };

/** Words of a `Row` in select.wgsl. */
const ROW_WORDS = 4;

/** Where the owner's own numbers begin in what is read back, a multiple of what a binding may begin at (WebGPU's default limit); and their room. */
const OWN_AT = 256;
const OWN_BYTES = 32;

/** A thread goes over several keys; so many workgroups fill any GPU. */
const KEYS_PER_GROUP = 8 * WORKGROUP;
const MOST_GROUPS = 1024;

const DIGITS = 4;

/** Compiles what selects. */
export function selectionKernels(device: GPUDevice): Promise<readonly Kernel[]> {
  return Promise.all(
    ['histogram', 'choose'].map((entry) =>
      compileKernel(device, {
        label: `select: ${entry}`,
        entry,
        parts: [{ name: 'shaders/kernels/select.wgsl', text: selectText }],
        bindings: ['read-only-storage', 'storage', 'storage', 'uniform'],
      }),
    ),
  );
}

/**
 * Finds order statistics of columns of keys on the GPU: `encode` lets its owner write the keys first, and numbers of its own
 * that come back with them. Nothing but the result is read back.
 */
export class Selection {
  /** Column c's key of particle i at c·count + i. */
  readonly keys: GPUBuffer;
  /** Numbers of the owner's, cleared before each selection. */
  readonly own: Required<GPUBufferBinding>;
  readonly #device: GPUDevice;
  readonly #kernels: readonly Kernel[];
  readonly #columns: number;
  readonly #quantiles: readonly number[];
  readonly #size: GPUBuffer;
  readonly #counts: GPUBuffer;
  readonly #result: GPUBuffer;
  readonly #pool: ReadbackPool;
  readonly #groups: readonly GPUBindGroup[];
  readonly #rows: Uint32Array<ArrayBuffer>;

  /**
   * @param quantiles of each column the keys of rank floor(q·(count - 1)) are found; at most 16 in all columns together
   * @param capacity the most keys in a column
   */
  constructor(
    device: GPUDevice,
    kernels: readonly Kernel[],
    columns: number,
    quantiles: readonly number[],
    capacity: number,
  ) {
    const rowCount = columns * quantiles.length;
    this.#device = device;
    this.#kernels = kernels;
    this.#columns = columns;
    this.#quantiles = quantiles;
    this.#rows = new Uint32Array(ROW_WORDS * rowCount);
    this.keys = createStorage(device, 'keys', columns * capacity * 4);
    this.#size = createBuffer(device, 'keys to select from', 16, USAGE.uniform | USAGE.copyTarget);
    this.#counts = createStorage(device, 'counts of digits', DIGITS * rowCount * 256 * 4);
    this.#result = createStorage(device, 'selected', OWN_AT + OWN_BYTES);
    this.own = { buffer: this.#result, offset: OWN_AT, size: OWN_BYTES };
    this.#pool = new ReadbackPool(device, 'selected', OWN_AT + OWN_BYTES);
    const rows = { buffer: this.#result, offset: 0, size: this.#rows.byteLength };
    const bound: readonly GPUBufferBinding[] = [
      { buffer: this.keys },
      { buffer: this.#counts },
      rows,
      { buffer: this.#size },
    ];
    this.#groups = kernels.map(({ label, layout }) =>
      device.createBindGroup({ label, layout, entries: bound.map((resource, binding) => ({ binding, resource })) }),
    );
  }

  /** Whether a selection can be made now without waiting for an earlier one. */
  get ready(): boolean {
    return this.#pool.ready;
  }

  /**
   * Selects as soon as there is room for one more on its way.
   * @param write writes the keys (and the own numbers) of as many particles as it returns
   * @returns for each column the values of the quantiles; and the own numbers
   */
  async take(
    write: (encoder: GPUCommandEncoder) => number,
  ): Promise<{ readonly values: readonly number[][]; readonly own: Uint32Array }> {
    const ranks = this.#quantiles.length;
    const bytes = await this.#pool.read(this.#result, (encoder) => {
      encoder.clearBuffer(this.#result, OWN_AT, OWN_BYTES);
      encoder.clearBuffer(this.#counts);
      const count = write(encoder);
      for (let row = 0; row < this.#columns * ranks; row += 1) {
        this.#rows.set([0, Math.floor(this.#quantiles[row % ranks] * (count - 1)), 0], ROW_WORDS * row);
      }
      this.#device.queue.writeBuffer(this.#result, 0, this.#rows);
      this.#device.queue.writeBuffer(this.#size, 0, new Uint32Array([count, ranks]));
      this.#encode(encoder, count);
    });
    const words = new Uint32Array(bytes);
    const value = (row: number): number => floatOf(words[ROW_WORDS * row]);
    return {
      values: Array.from({ length: this.#columns }, (_, column) =>
        this.#quantiles.map((_, k) => value(column * ranks + k)),
      ),
      own: words.subarray(OWN_AT / 4),
    };
  }

  dispose(): void {
    for (const buffer of [this.keys, this.#size, this.#counts, this.#result]) {
      buffer.destroy();
    }
    this.#pool.dispose();
  }

  #encode(encoder: GPUCommandEncoder, count: number): void {
    const workgroups = Math.min(MOST_GROUPS, Math.ceil(count / KEYS_PER_GROUP));
    const pass = encoder.beginComputePass({ label: 'select' });
    for (let digit = 0; digit < DIGITS; digit += 1) {
      for (const [k, { pipeline }] of this.#kernels.entries()) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, this.#groups[k]);
        if (k === 0) {
          pass.dispatchWorkgroups(workgroups, this.#columns);
        } else {
          pass.dispatchWorkgroups(this.#columns * this.#quantiles.length);
        }
      }
    }
    pass.end();
  }
}

const bits = new Uint32Array(1);
const float = new Float32Array(bits.buffer);

/** Undoes `keyOf` of key.wgsl. */
function floatOf(key: number): number {
  bits[0] = key >>> 31 === 1 ? key ^ 0x80000000 : ~key;
  return float[0];
}
