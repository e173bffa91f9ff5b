import watchText from '../../../shaders/kernels/watch.wgsl';
import { MAX_GOALS, MAX_TARGETS, type Survey, type SwarmPlan, type Watched, type WatchPlan } from '../contract.ts';
import { askedVariable, gradientsPerUpdate } from '../cost.ts';
import type { Batch } from '../gpu/batch.ts';
import { createStorage, readBuffer } from '../gpu/buffers.ts';
import { compileKernel, type Kernel, WORKGROUP } from '../gpu/pipeline.ts';
import { libraryParts, surfaceParts } from './slots.ts';
import { GpuSurvey, markPart, type SurveyKernels, surveyKernels } from './survey.ts';

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

export type WatchKernels = readonly [look: Kernel, survey: SurveyKernels];

/** Compiles the kernel that looks at a swarm after an update, and those that put what was seen into a few numbers. */
export function watchKernels(device: GPUDevice, plan: SwarmPlan): Promise<WatchKernels> {
  const look = compileKernel(device, {
    label: 'watch',
    entry: 'watch',
    parts: [
      { name: 'constants of the watch', text: `const TARGET_ROWS = ${MAX_TARGETS / 4};` },
      { name: 'shaders/kernels/watch.wgsl', text: watchText },
      markPart,
      ...libraryParts,
      ...surfaceParts(plan.landscape.formula),
    ],
    bindings: ['block', 'uniform', 'read-only-storage', 'read-only-storage', 'storage', 'storage'],
  });
  return Promise.all([look, surveyKernels(device, plan)]);
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
  readonly #survey: GpuSurvey;

  /** @throws RangeError for more targets or goals than are watched at a time, or than fit the device's memory for so many particles */
  constructor(
    device: GPUDevice,
    kernels: WatchKernels,
    { optimizer }: SwarmPlan,
    watch: WatchPlan,
    buffers: WatchBuffers,
    batch: Batch,
  ) {
    const { targets, evaluations, goals = [] } = watch;
    const [kernel, surveys] = kernels;
    const bytes = targets.length * buffers.initial * 8;
    if (targets.length > MAX_TARGETS || bytes > MOST_BYTES) {
      throw new RangeError(`${targets.length} targets for ${buffers.initial} particles are too many to watch for.`);
    }
    if (goals.length > MAX_GOALS) {
      throw new RangeError(
        `${goals.length} goals are too many to measure the distance to; at most ${MAX_GOALS} are taken.`,
      );
    }
    this.#device = device;
    this.#kernel = kernel;
    this.#batch = batch;
    this.#count = buffers.initial;
    this.#targets = targets.length;
    this.#marks = createStorage(device, 'marks', buffers.initial * MARK_WORDS * 4);
    this.#hits = createStorage(device, 'hits', bytes);
    this.#survey = new GpuSurvey(device, surveys, goals, {
      marks: this.#marks,
      surface: buffers.surface,
      count: buffers.initial,
    });
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
    const seen: Watched = {
      updates: Array.from({ length: targets }, () => new Int32Array(count).fill(-1)),
      evaluations: Array.from({ length: targets }, () => new Float64Array(count).fill(Infinity)),
      positions: new Float64Array(2 * count),
      losses: new Float64Array(count),
      moved: new Float64Array(count),
      best: new Float64Array(count),
      spent: new Float64Array(count),
      diverged: new Int32Array(count),
    };
    // Plain loops: on a page it is a hundred thousand numbers at a time.
    for (let i = 0, at = 0; i < count; i += 1, at += MARK_WORDS) {
      seen.positions[2 * i] = floats[at];
      seen.positions[2 * i + 1] = floats[at + 1];
      seen.losses[i] = floats[at + 2];
      seen.best[i] = words[at + 6] === 1 ? Infinity : floats[at + 3];
      seen.spent[i] = words[at + 4];
      seen.diverged[i] = words[at + 6] - 1;
      seen.moved[i] = floats[at + 7];
    }
    for (let k = 0; k < targets; k += 1) {
      const [updates, evaluations] = [seen.updates[k], seen.evaluations[k]];
      for (let i = 0; i < count; i += 1) {
        if (words[i * MARK_WORDS + 5] > k) {
          updates[i] = pairs[2 * (k * count + i)];
          evaluations[i] = pairs[2 * (k * count + i) + 1];
        }
      }
    }
    return seen;
  }

  /** What was seen of a swarm so far, in a few numbers. */
  survey(swarm: { readonly step: number }): Promise<Survey> {
    return this.#survey.take(swarm);
  }

  dispose(): void {
    this.#marks.destroy();
    this.#hits.destroy();
    this.#survey.dispose();
  }
}
