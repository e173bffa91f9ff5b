import descendText from '../../../shaders/kernels/descend.wgsl?raw';
import {
  DIVERGED_BEYOND,
  MAX_ADDED,
  MAX_PARTICLES,
  type Particles,
  type ParticleSource,
  type Settings,
  type Swarm,
  type SwarmPlan,
  type Tally,
  type TrailRing,
} from '../contract.ts';
import { createBuffer, createStorage, readBuffer, USAGE } from '../gpu/buffers.ts';
import { compileKernel, type Kernel, WORKGROUP } from '../gpu/pipeline.ts';
import { Evaluation, evaluateKernel } from './evaluate.ts';
import { libraryParts, optimizerParts, surfacePart } from './slots.ts';
import { type Cohort, MAX_UPDATES, StepTable, surfaceParameters } from './steps.ts';
import { GpuTally } from './tally.ts';

/** What a swarm keeps of its particles' past. */
export interface TrailPlan {
  /** Of the particles that the swarm starts with, so many at most are followed, evenly by index. */
  readonly columns: number;
  readonly slots: number;
  /** Updates between two samples. */
  readonly every: number;
}

/** Positions and values after each of several updates, for records and exports. */
export interface Trace {
  /** x, y for each particle, after each update. */
  readonly positions: Float32Array;
  readonly losses: Float32Array;
}

/** Bytes that one trace may take on the device at a time. */
const TRACE_BYTES = 2 ** 26;

/**
 * Compiles what the plan needs and starts a swarm on the device. Compilation does not block; equal kernels are compiled
 * once. Without a trail plan nothing of the past is kept.
 * @throws ShaderError (rejects) when the device refuses the code; RangeError for no particles or too many
 */
export async function createGpuSwarm(device: GPUDevice, plan: SwarmPlan, trail?: TrailPlan): Promise<GpuSwarm> {
  const count = plan.starts.length / 2;
  if (count < 1 || count > MAX_PARTICLES) {
    throw new RangeError(`A swarm has 1 to ${MAX_PARTICLES} particles, not ${count}.`);
  }
  const [descend, evaluate] = await Promise.all([
    compileKernel(device, {
      label: `descend ${plan.optimizer.id}`,
      entry: 'descend',
      parts: [
        { name: 'constants of the swarm', text: `const MAX_UPDATES = ${MAX_UPDATES};` },
        { name: 'shaders/kernels/descend.wgsl', text: descendText },
        ...libraryParts,
        surfacePart(plan.landscape.formula),
        ...optimizerParts(plan.optimizer),
      ],
      bindings: ['uniform', 'uniform', 'storage', 'storage', 'storage', 'storage'],
    }),
    evaluateKernel(device, plan.landscape),
  ]);
  const buffers = new SwarmBuffers(device, plan, trail);
  const tally = await GpuTally.create(device, plan.landscape, buffers);
  return new GpuSwarm(device, plan, buffers, descend, new Evaluation(device, evaluate, buffers.surface, buffers.positions, buffers.capacity), tally);
}

/** The device memory of a swarm: owned here, lent to kernels and to the view. */
class SwarmBuffers {
  readonly capacity: number;
  readonly initial: number;
  readonly surface: GPUBuffer;
  readonly positions: GPUBuffer;
  readonly starts: GPUBuffer;
  readonly state: GPUBuffer;
  readonly exits: GPUBuffer;
  readonly trail: GPUBuffer;
  readonly ring: { -readonly [K in keyof TrailRing]: TrailRing[K] };

  constructor(device: GPUDevice, plan: SwarmPlan, trail: TrailPlan | undefined) {
    this.initial = plan.starts.length / 2;
    this.capacity = Math.ceil((this.initial + MAX_ADDED) / 2) * 2;
    this.surface = createBuffer(device, 'surface parameters', 64, USAGE.uniform | USAGE.copyTarget);
    device.queue.writeBuffer(this.surface, 0, surfaceParameters(plan.landscape));
    const starts = new Float32Array(plan.starts);
    this.positions = createStorage(device, 'positions', this.capacity * 8, starts);
    this.starts = createStorage(device, 'starts', this.capacity * 8, starts);
    this.state = createStorage(device, 'state', this.capacity * 8 * plan.optimizer.state.length);
    this.exits = createStorage(device, 'exits', this.capacity * 16);
    const stride = trail ? Math.ceil(this.initial / trail.columns) : 1;
    const columns = trail ? Math.ceil(this.initial / stride) + MAX_ADDED : MAX_ADDED;
    this.ring = { slots: trail?.slots ?? 0, columns, stride, every: trail?.every ?? 1, head: 0, filled: 0 };
    this.trail = createStorage(device, 'trail', columns * 8 * this.ring.slots);
  }

  dispose(): void {
    for (const buffer of [this.surface, this.positions, this.starts, this.state, this.exits, this.trail]) {
      buffer.destroy();
    }
  }
}

/** A swarm on the GPU, in float32. Create it with `createGpuSwarm`. */
export class GpuSwarm implements Swarm {
  readonly device = 'gpu';
  readonly #gpu: GPUDevice;
  readonly #plan: SwarmPlan;
  readonly #buffers: SwarmBuffers;
  readonly #kernel: Kernel;
  readonly #evaluation: Evaluation;
  readonly #tally: GpuTally;
  readonly #params: GPUBuffer;
  readonly #group: GPUBindGroup;
  readonly #table: StepTable;
  readonly #cohorts: Cohort[];
  #settings: Settings;
  #step = 0;
  #disposed = false;

  constructor(device: GPUDevice, plan: SwarmPlan, buffers: SwarmBuffers, kernel: Kernel, evaluation: Evaluation, tally: GpuTally) {
    this.#gpu = device;
    this.#plan = plan;
    this.#buffers = buffers;
    this.#kernel = kernel;
    this.#evaluation = evaluation;
    this.#tally = tally;
    this.#settings = plan.settings;
    this.#table = new StepTable(plan.optimizer);
    this.#table.place(buffers.capacity, buffers.initial, buffers.ring);
    this.#table.set(plan.settings);
    this.#cohorts = [{ birth: 0, first: 0, end: buffers.initial }];
    this.#params = createBuffer(device, 'descend parameters', this.#table.bytes.byteLength, USAGE.uniform | USAGE.copyTarget);
    const bound = [this.#params, buffers.surface, buffers.positions, buffers.state, buffers.exits, buffers.trail];
    this.#group = device.createBindGroup({
      label: kernel.label,
      layout: kernel.layout,
      entries: bound.map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
    this.#fillTrail(plan.starts, 0);
  }

  get count(): number {
    return this.#cohorts[this.#cohorts.length - 1].end;
  }

  get step(): number {
    return this.#step;
  }

  /** What the view draws from; the buffers stay this swarm's. */
  get source(): ParticleSource {
    const { positions, exits, trail, capacity, ring } = this.#buffers;
    return { kind: 'gpu', positions, exits, trail, capacity, count: this.count, ring };
  }

  /** Whether `tally` can be asked now without waiting for an earlier one. */
  get tallyReady(): boolean {
    return this.#tally.ready;
  }

  restart(settings: Settings): void {
    const { positions, state, exits, ring } = this.#buffers;
    const starts = new Float32Array(this.#plan.starts);
    this.#gpu.queue.writeBuffer(positions, 0, starts);
    const encoder = this.#gpu.createCommandEncoder();
    encoder.clearBuffer(state);
    encoder.clearBuffer(exits);
    this.#gpu.queue.submit([encoder.finish()]);
    this.#cohorts.splice(0, Infinity, { birth: 0, first: 0, end: this.#buffers.initial });
    this.#step = 0;
    ring.head = 0;
    ring.filled = 0;
    this.#fillTrail(this.#plan.starts, 0);
    this.set(settings);
  }

  set(settings: Settings): void {
    this.#settings = settings;
    this.#table.set(settings);
  }

  add(starts: Float64Array): void {
    const first = this.count;
    const end = first + starts.length / 2;
    if (end > this.#buffers.initial + MAX_ADDED) {
      throw new RangeError(`At most ${MAX_ADDED} particles can be added to a run.`);
    }
    const places = new Float32Array(starts);
    this.#gpu.queue.writeBuffer(this.#buffers.positions, first * 8, places);
    this.#gpu.queue.writeBuffer(this.#buffers.starts, first * 8, places);
    const youngest = this.#cohorts[this.#cohorts.length - 1];
    if (youngest.birth === this.#step) {
      youngest.end = end;
    } else {
      this.#cohorts.push({ birth: this.#step, first, end });
    }
    this.#fillTrail(starts, first);
  }

  advance(updates: number): void {
    for (let left = updates; left > 0; ) {
      const chunk = Math.min(left, MAX_UPDATES);
      for (const cohort of this.#cohorts) {
        this.#dispatch(cohort, chunk);
      }
      this.#passed(chunk);
      left -= chunk;
    }
  }

  async read(): Promise<Particles> {
    const { count } = this;
    const encoder = this.#gpu.createCommandEncoder();
    this.#evaluation.encode(encoder, count);
    this.#gpu.queue.submit([encoder.finish()]);
    const [positions, values, exits] = await Promise.all([
      readBuffer(this.#gpu, this.#buffers.positions, count * 8),
      readBuffer(this.#gpu, this.#evaluation.results, count * 16),
      readBuffer(this.#gpu, this.#buffers.exits, count * 16),
    ]);
    const places = Float64Array.from(new Float32Array(positions));
    const results = new Float32Array(values);
    const left = new Float32Array(exits);
    const inRange = (v: number) => Math.abs(v) <= DIVERGED_BEYOND;
    return {
      positions: places,
      losses: Float64Array.from({ length: count }, (_, i) => results[4 * i]),
      diverged: Int32Array.from({ length: count }, (_, i) =>
        inRange(places[2 * i]) && inRange(places[2 * i + 1]) ? -1 : left[4 * i + 2],
      ),
    };
  }

  tally(): Promise<Tally> {
    return this.#tally.take(this.count, this.#step);
  }

  /** Does so many updates one by one and reads back where every particle was after each, and the surface's value there. */
  async trace(updates: number): Promise<Trace> {
    const { count } = this;
    const positions = new Float32Array(2 * count * updates);
    const losses = new Float32Array(count * updates);
    const chunk = Math.max(1, Math.min(updates, Math.floor(TRACE_BYTES / (count * 24))));
    const places = createStorage(this.#gpu, 'traced positions', chunk * count * 8);
    const values = createStorage(this.#gpu, 'traced values', chunk * count * 16);
    try {
      for (let done = 0; done < updates; done += chunk) {
        const size = Math.min(chunk, updates - done);
        for (let k = 0; k < size; k += 1) {
          this.advance(1);
          const encoder = this.#gpu.createCommandEncoder();
          this.#evaluation.encode(encoder, count);
          encoder.copyBufferToBuffer(this.#buffers.positions, 0, places, k * count * 8, count * 8);
          encoder.copyBufferToBuffer(this.#evaluation.results, 0, values, k * count * 16, count * 16);
          this.#gpu.queue.submit([encoder.finish()]);
        }
        positions.set(new Float32Array(await readBuffer(this.#gpu, places, size * count * 8)), 2 * count * done);
        const read = new Float32Array(await readBuffer(this.#gpu, values, size * count * 16));
        for (let i = 0; i < size * count; i += 1) {
          losses[count * done + i] = read[4 * i];
        }
      }
    } finally {
      places.destroy();
      values.destroy();
    }
    return { positions, losses };
  }

  dispose(): void {
    if (this.#disposed) {
      return;
    }
    this.#disposed = true;
    this.#params.destroy();
    this.#buffers.dispose();
    this.#evaluation.dispose();
    this.#tally.dispose();
  }

  #dispatch(cohort: Cohort, updates: number): void {
    this.#table.fill(cohort, this.#step, updates, this.#settings, this.#trailRow);
    this.#gpu.queue.writeBuffer(this.#params, 0, this.#table.bytes);
    const encoder = this.#gpu.createCommandEncoder();
    const pass = encoder.beginComputePass({ label: this.#kernel.label });
    pass.setPipeline(this.#kernel.pipeline);
    pass.setBindGroup(0, this.#group);
    const pairs = Math.ceil(cohort.end / 2) - Math.floor(cohort.first / 2);
    pass.dispatchWorkgroups(Math.ceil(pairs / WORKGROUP));
    pass.end();
    this.#gpu.queue.submit([encoder.finish()]);
  }

  /** The trail row of the sample taken after the update that makes the step number `step`, or -1 for none. */
  readonly #trailRow = (step: number): number => {
    const { slots, every } = this.#buffers.ring;
    return slots > 0 && step % every === 0 ? (step / every) % slots : -1;
  };

  #passed(updates: number): void {
    this.#step += updates;
    const { ring } = this.#buffers;
    const samples = Math.floor(this.#step / ring.every);
    ring.head = ring.slots > 0 ? samples % ring.slots : 0;
    ring.filled = Math.min(ring.slots, samples + 1);
  }

  /** A swarm's first sample is its start; an added particle's whole column is, for no trail leads there from elsewhere. */
  #fillTrail(starts: Float64Array, first: number): void {
    const { ring, trail, initial } = this.#buffers;
    if (ring.slots === 0) {
      return;
    }
    ring.filled = Math.max(1, ring.filled);
    const added = first >= initial;
    const stride = added ? 1 : ring.stride;
    const columns = Math.ceil(starts.length / 2 / stride);
    const row = new Float32Array(2 * columns);
    for (let c = 0; c < columns; c += 1) {
      row[2 * c] = starts[2 * c * stride];
      row[2 * c + 1] = starts[2 * c * stride + 1];
    }
    const column = added ? ring.columns - MAX_ADDED + first - initial : 0;
    for (let slot = 0; slot < (added ? ring.slots : 1); slot += 1) {
      this.#gpu.queue.writeBuffer(trail, (slot * ring.columns + column) * 8, row);
    }
  }
}
