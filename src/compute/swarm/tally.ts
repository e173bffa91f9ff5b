import tallyText from '../../../shaders/kernels/tally.wgsl';
import type { SwarmPlan, Tally } from '../contract.ts';
import { askedVariable } from '../cost.ts';
import { createBuffer, USAGE } from '../gpu/buffers.ts';
import { compileKernel, type Kernel, WORKGROUP } from '../gpu/pipeline.ts';
import { keyPart, Selection, selectionKernels } from './selection.ts';
import { libraryParts, surfaceParts } from './slots.ts';

/** Known minima that arrivals are told by, in pairs: enough for every surface whose minima can be listed. */
const MAX_MINIMA_PAIRS = 32;

/** Arrived: within this share of the domain's width of a known minimum. */
const ARRIVAL = 1e-3;

/** Quantiles told, and the best. */
const QUANTILES = [0.1, 0.5, 0.9, 0] as const;

/** A thread goes over several particles and adds its counts once; so many workgroups fill any GPU. */
const PARTICLES_PER_GROUP = 8 * WORKGROUP;
const MOST_GROUPS = 1024;

/** Words of `Params` in tally.wgsl before `minimum`. */
const HEAD_WORDS = 8;

/** In place of the variable that counts searches' gradients, where none does. */
const NONE = 0xffffffff;

/** The swarm's buffers that a tally looks at. */
export interface TallyBuffers {
  readonly capacity: number;
  readonly surface: GPUBuffer;
  readonly positions: GPUBuffer;
  readonly starts: GPUBuffer;
  readonly state: GPUBuffer;
}

/** Counts a swarm on the GPU and reads back 288 bytes. */
export class GpuTally {
  readonly #device: GPUDevice;
  readonly #kernel: Kernel;
  readonly #params: GPUBuffer;
  readonly #group: GPUBindGroup;
  readonly #selection: Selection;

  private constructor(
    device: GPUDevice,
    kernel: Kernel,
    selection: Selection,
    { landscape, optimizer }: SwarmPlan,
    buffers: TallyBuffers,
  ) {
    this.#device = device;
    this.#kernel = kernel;
    this.#selection = selection;
    const words = new Uint32Array(HEAD_WORDS + 4 * MAX_MINIMA_PAIRS);
    const floats = new Float32Array(words.buffer);
    const [xmin, xmax, ymin, ymax] = landscape.domain;
    const minima = landscape.minima.slice(0, 2 * MAX_MINIMA_PAIRS);
    const variable = askedVariable(optimizer);
    words[1] = minima.length;
    floats[2] = (ARRIVAL * (xmax - xmin)) ** 2;
    words[3] = variable < 0 ? NONE : (variable * buffers.capacity) / 2;
    floats.set([xmin, xmax, ymin, ymax, ...minima.flatMap(({ x, y }) => [x, y])], 4);
    this.#params = createBuffer(device, 'tally parameters', words.byteLength, USAGE.uniform | USAGE.copyTarget);
    device.queue.writeBuffer(this.#params, 0, words);
    const { surface, positions, starts, state } = buffers;
    const bound: readonly GPUBufferBinding[] = [
      ...[this.#params, surface, positions, starts, selection.keys].map((buffer) => ({ buffer })),
      selection.own,
      { buffer: state },
    ];
    this.#group = device.createBindGroup({
      label: kernel.label,
      layout: kernel.layout,
      entries: bound.map((resource, binding) => ({ binding, resource })),
    });
  }

  static async create(device: GPUDevice, plan: SwarmPlan, buffers: TallyBuffers): Promise<GpuTally> {
    const [kernel, kernels] = await Promise.all([
      compileKernel(device, {
        label: 'tally',
        entry: 'tally',
        parts: [
          { name: 'constants of the tally', text: `const MAX_MINIMA_PAIRS = ${MAX_MINIMA_PAIRS};` },
          { name: 'shaders/kernels/tally.wgsl', text: tallyText },
          keyPart,
          ...libraryParts,
          ...surfaceParts(plan.landscape.formula),
        ],
        bindings: [
          'uniform',
          'uniform',
          'read-only-storage',
          'read-only-storage',
          'storage',
          'storage',
          'read-only-storage',
        ],
      }),
      selectionKernels(device),
    ]);
    return new GpuTally(device, kernel, new Selection(device, kernels, 1, QUANTILES, buffers.capacity), plan, buffers);
  }

  /** Whether a tally can be taken now without waiting for an earlier one. */
  get ready(): boolean {
    return this.#selection.ready;
  }

  /** Tallies a swarm as it is after all work submitted so far, or when an earlier tally has come back. */
  async take(swarm: { readonly count: number; readonly step: number }): Promise<Tally> {
    let count = 0;
    let step = 0;
    const { values, own } = await this.#selection.take((encoder) => {
      ({ count, step } = swarm);
      this.#device.queue.writeBuffer(this.#params, 0, new Uint32Array([count]));
      const pass = encoder.beginComputePass({ label: 'tally' });
      pass.setPipeline(this.#kernel.pipeline);
      pass.setBindGroup(0, this.#group);
      pass.dispatchWorkgroups(Math.min(MOST_GROUPS, Math.ceil(count / PARTICLES_PER_GROUP)));
      pass.end();
      return count;
    });
    const [[low, median, high, best]] = values;
    const [converged, diverged, outside, asked, askedUpper] = own;
    return { step, count, low, median, high, best, converged, diverged, outside, asked: asked + askedUpper * 2 ** 32 };
  }

  dispose(): void {
    this.#params.destroy();
    this.#selection.dispose();
  }
}
