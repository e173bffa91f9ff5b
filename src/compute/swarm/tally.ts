import tallyText from '../../../shaders/kernels/tally.wgsl';
import type { SwarmPlan, Tally } from '../contract.ts';
import { askedVariable } from '../cost.ts';
import { createBuffer, createStorage, ReadbackPool, USAGE } from '../gpu/buffers.ts';
import { compileKernel, type Kernel, type KernelSource, WORKGROUP } from '../gpu/pipeline.ts';
import { libraryParts, surfaceParts } from './slots.ts';

/** Known minima that arrivals are told by, in pairs: enough for every surface whose minima can be listed. */
const MAX_MINIMA_PAIRS = 32;

/** Arrived: within this share of the domain's width of a known minimum. */
const ARRIVAL = 1e-3;

/** Quantiles told, and the best: ranks floor(q·(count - 1)). */
const QUANTILES = [0.1, 0.5, 0.9, 0] as const;

/** A thread goes over several particles and adds its counts once; so many workgroups fill any GPU. */
const PARTICLES_PER_GROUP = 8 * WORKGROUP;
const MOST_GROUPS = 1024;

const PARAM_WORDS = 12 + 4 * MAX_MINIMA_PAIRS;

/** Words of `Tally` in tally.wgsl. */
const RESULT_WORDS = 16;

/** In place of the variable that counts searches' gradients, where none does. */
const NONE = 0xffffffff;

/** Counts a swarm on the GPU and reads back 64 bytes. */
export class GpuTally {
  readonly #device: GPUDevice;
  readonly #kernels: readonly Kernel[];
  readonly #params: GPUBuffer;
  readonly #counts: GPUBuffer;
  readonly #result: GPUBuffer;
  readonly #keys: GPUBuffer;
  readonly #groups: readonly GPUBindGroup[];
  readonly #pool: ReadbackPool;
  readonly #words = new Uint32Array(PARAM_WORDS);

  private constructor(device: GPUDevice, kernels: readonly Kernel[], { landscape, optimizer }: SwarmPlan, buffers: TallyBuffers) {
    this.#device = device;
    this.#kernels = kernels;
    this.#params = createBuffer(device, 'tally parameters', PARAM_WORDS * 4, USAGE.uniform | USAGE.copyTarget);
    this.#counts = createStorage(device, 'tally histogram', 1024 * 4);
    this.#result = createStorage(device, 'tally result', RESULT_WORDS * 4);
    this.#keys = createStorage(device, 'tally keys', buffers.capacity * 4);
    const bound = [
      this.#params,
      buffers.surface,
      buffers.positions,
      buffers.starts,
      this.#keys,
      this.#counts,
      this.#result,
      buffers.state,
    ];
    this.#groups = kernels.map((kernel) =>
      device.createBindGroup({
        label: kernel.label,
        layout: kernel.layout,
        entries: bound.map((buffer, binding) => ({ binding, resource: { buffer } })),
      }),
    );
    this.#pool = new ReadbackPool(device, 'tally', RESULT_WORDS * 4);
    const floats = new Float32Array(this.#words.buffer);
    const [xmin, xmax, ymin, ymax] = landscape.domain;
    const minima = landscape.minima.slice(0, 2 * MAX_MINIMA_PAIRS);
    this.#words[1] = minima.length;
    const variable = askedVariable(optimizer);
    this.#words[3] = variable < 0 ? NONE : (variable * buffers.capacity) / 2;
    floats[2] = (ARRIVAL * (xmax - xmin)) ** 2;
    floats.set([xmin, xmax, ymin, ymax], 4);
    floats.set(
      minima.flatMap(({ x, y }) => [x, y]),
      12,
    );
  }

  static async create(device: GPUDevice, plan: SwarmPlan, buffers: TallyBuffers): Promise<GpuTally> {
    const parts = [
      { name: 'constants of the tally', text: `const MAX_MINIMA_PAIRS = ${MAX_MINIMA_PAIRS};` },
      { name: 'shaders/kernels/tally.wgsl', text: tallyText },
      ...libraryParts,
      ...surfaceParts(plan.landscape.formula),
    ];
    const bindings: KernelSource['bindings'] = [
      'uniform',
      'uniform',
      'read-only-storage',
      'read-only-storage',
      'storage',
      'storage',
      'storage',
      'read-only-storage',
    ];
    const kernels = await Promise.all(
      ['measure', 'histogram', 'choose'].map((entry) =>
        compileKernel(device, { label: `tally: ${entry}`, parts, entry, bindings }),
      ),
    );
    return new GpuTally(device, kernels, plan, buffers);
  }

  /** Whether a tally can be taken now without waiting for an earlier one. */
  get ready(): boolean {
    return this.#pool.ready;
  }

  /** Tallies a swarm as it is after all work submitted so far, or when an earlier tally has come back. */
  async take(swarm: { readonly count: number; readonly step: number }): Promise<Tally> {
    let count = 0;
    let step = 0;
    const bytes = await this.#pool.read(this.#result, (encoder) => {
      ({ count, step } = swarm);
      this.#words[0] = count;
      for (let q = 0; q < QUANTILES.length; q += 1) {
        this.#words[8 + q] = Math.floor(QUANTILES[q] * (count - 1));
      }
      this.#device.queue.writeBuffer(this.#params, 0, this.#words);
      encoder.clearBuffer(this.#result);
      encoder.clearBuffer(this.#counts);
      const pass = encoder.beginComputePass({ label: 'tally' });
      const dispatch = (kernel: number, workgroups: number) => {
        pass.setPipeline(this.#kernels[kernel].pipeline);
        pass.setBindGroup(0, this.#groups[kernel]);
        pass.dispatchWorkgroups(workgroups);
      };
      const groups = Math.min(MOST_GROUPS, Math.ceil(count / PARTICLES_PER_GROUP));
      dispatch(0, groups);
      dispatch(2, 1);
      for (let digit = 1; digit < 4; digit += 1) {
        dispatch(1, groups);
        dispatch(2, 1);
      }
      pass.end();
    });
    const words = new Uint32Array(bytes);
    const [low, median, high, best] = Array.from(words.subarray(0, 4), lossOf);
    const [converged, diverged, outside] = words.subarray(8, 11);
    const asked = words[12] + words[13] * 2 ** 32;
    return { step, count, low, median, high, best, converged, diverged, outside, asked };
  }

  dispose(): void {
    for (const buffer of [this.#params, this.#counts, this.#result, this.#keys]) {
      buffer.destroy();
    }
    this.#pool.dispose();
  }
}

/** The swarm's buffers that a tally looks at. */
export interface TallyBuffers {
  readonly capacity: number;
  readonly surface: GPUBuffer;
  readonly positions: GPUBuffer;
  readonly starts: GPUBuffer;
  readonly state: GPUBuffer;
}

const bits = new Uint32Array(1);
const float = new Float32Array(bits.buffer);

/** Undoes `keyOf` of tally.wgsl. */
function lossOf(key: number): number {
  bits[0] = key >>> 31 === 1 ? key ^ 0x80000000 : ~key;
  return float[0];
}
