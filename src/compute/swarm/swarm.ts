import {
  MAX_ADDED,
  MAX_PARTICLES,
  type Particles,
  type ParticleSource,
  type Settings,
  type Survey,
  type Swarm,
  type SwarmPlan,
  type Tally,
  type Watched,
  type WatchPlan,
} from '../contract.ts';
import { Batch } from '../gpu/batch.ts';
import { createStorage, readBuffer } from '../gpu/buffers.ts';
import { WORKGROUP } from '../gpu/pipeline.ts';
import { Evaluation, evaluateKernel } from './evaluate.ts';
import { SwarmBuffers } from './buffers.ts';
import { threadSize } from './crew.ts';
import { type Descent, Descents } from './descents.ts';
import { particlesOf } from './particles.ts';
import { type Cohort, MAX_UPDATES, StepTable } from './steps.ts';
import { GpuTally } from './tally.ts';
import { GpuTrail, type TrailPlan, trailKernel } from './trail.ts';
import { GpuWatch, watchKernels } from './watch.ts';

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
 * once. Without a trail plan nothing of the past is kept, and without a watch plan nobody looks at each update.
 * @throws ShaderError (rejects) when the device refuses the code; RangeError for no particles or too many
 */
export async function createGpuSwarm(
  device: GPUDevice,
  plan: SwarmPlan,
  trail?: TrailPlan,
  watch?: WatchPlan,
): Promise<GpuSwarm> {
  const count = plan.starts.length / 2;
  if (count < 1 || count > MAX_PARTICLES) {
    throw new RangeError(`A swarm has 1 to ${MAX_PARTICLES} particles, not ${count}.`);
  }
  const [descents, evaluate, record, look] = await Promise.all([
    Descents.create(device, plan),
    evaluateKernel(device, plan.landscape),
    trailKernel(device),
    watch ? watchKernels(device, plan) : null,
  ]);
  const buffers = new SwarmBuffers(device, plan);
  const batch = new Batch(device, descents.loop.kernel.label);
  const followed = (positions: GPUBufferBinding): GpuTrail | null =>
    trail ? new GpuTrail(device, record, trail, { ...buffers, positions }, batch) : null;
  return new GpuSwarm(device, plan, buffers, descents, batch, {
    evaluation: new Evaluation(device, evaluate, buffers.surface, buffers.positions, buffers.capacity),
    tally: await GpuTally.create(device, plan, buffers),
    trail: followed({ buffer: buffers.positions }),
    ghost: buffers.averages && followed(buffers.averagesInState),
    watch: watch && look ? new GpuWatch(device, look, plan, watch, buffers, batch) : null,
  });
}

/** What looks at a swarm without touching it. */
interface Observers {
  readonly evaluation: Evaluation;
  readonly tally: GpuTally;
  readonly trail: GpuTrail | null;
  readonly ghost: GpuTrail | null;
  readonly watch: GpuWatch | null;
}

/** A swarm on the GPU, in float32. Create it with `createGpuSwarm`. */
export class GpuSwarm implements Swarm {
  readonly device = 'gpu';
  readonly #gpu: GPUDevice;
  readonly #plan: SwarmPlan;
  readonly #buffers: SwarmBuffers;
  readonly #descents: Descents;
  readonly #observers: Observers;
  readonly #batch: Batch;
  readonly #group: GPUBindGroup;
  readonly #table: StepTable;
  readonly #cohorts: Cohort[];
  #settings: Settings;
  #step = 0;
  #disposed = false;

  constructor(
    device: GPUDevice,
    plan: SwarmPlan,
    buffers: SwarmBuffers,
    descents: Descents,
    batch: Batch,
    observers: Observers,
  ) {
    this.#gpu = device;
    this.#plan = plan;
    this.#buffers = buffers;
    this.#descents = descents;
    this.#observers = observers;
    this.#settings = plan.settings;
    this.#table = new StepTable(plan, buffers.capacity);
    this.#table.set(plan.settings);
    this.#cohorts = [{ birth: 0, first: 0, end: buffers.initial }];
    this.#batch = batch;
    this.#beginAverages(new Float32Array(plan.starts), 0);
    const bound = [buffers.surface, buffers.positions, buffers.state, buffers.exits, buffers.behind];
    const { kernel } = descents.loop;
    this.#group = device.createBindGroup({
      label: kernel.label,
      layout: kernel.layout,
      entries: [
        { binding: 0, resource: { buffer: batch.uniforms, size: this.#table.bytes.byteLength } },
        ...bound.map((buffer, k) => ({ binding: k + 1, resource: { buffer } })),
      ],
    });
    this.#sampleStart();
  }

  get count(): number {
    return this.#cohorts[this.#cohorts.length - 1].end;
  }

  get step(): number {
    return this.#step;
  }

  /** What the view draws from; the buffers stay this swarm's. */
  get source(): ParticleSource {
    const { positions, exits, capacity } = this.#buffers;
    const { trail } = this.#observers;
    const { buffer = null, ring = null } = trail ?? {};
    return { kind: 'gpu', positions, exits, capacity, count: this.count, trail: buffer, ring };
  }

  get ghost(): ParticleSource | null {
    const { averages } = this.#buffers;
    const { ghost } = this.#observers;
    return (
      averages &&
      ({
        ...this.source,
        positions: averages,
        trail: ghost?.buffer ?? null,
        ring: ghost?.ring ?? null,
      } as ParticleSource)
    );
  }

  get tallyReady(): boolean {
    return this.#observers.tally.ready;
  }

  restart(settings: Settings): void {
    const { positions, state, exits, initial } = this.#buffers;
    this.#gpu.queue.writeBuffer(positions, 0, new Float32Array(this.#plan.starts));
    const encoder = this.#gpu.createCommandEncoder();
    encoder.clearBuffer(state);
    encoder.clearBuffer(exits);
    this.#gpu.queue.submit([encoder.finish()]);
    this.#beginAverages(new Float32Array(this.#plan.starts), 0);
    this.#cohorts.splice(0, Number.POSITIVE_INFINITY, { birth: 0, first: 0, end: initial });
    this.#step = 0;
    this.#sampleStart();
    this.set(settings);
  }

  set(settings: Settings): void {
    const { clip, noise, ema, recover, stop, bounded } = settings;
    const { clips, noisy, guards } = this.#plan;
    const guarded = ema !== null || recover !== null || stop !== null || bounded;
    if ((clip && !clips) || (noise && !noisy) || (guarded && !guards)) {
      throw new Error('This swarm was planned without what these settings ask for.');
    }
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
    this.#beginAverages(places, first);
    this.#observers.ghost?.begin(places, first);
    const youngest = this.#cohorts[this.#cohorts.length - 1];
    if (youngest.birth === this.#step) {
      youngest.end = end;
    } else {
      this.#cohorts.push({ birth: this.#step, first, end });
    }
    this.#observers.trail?.begin(places, first);
  }

  advance(updates: number): void {
    const end = this.#step + updates;
    const { trail, watch } = this.#observers;
    const most = watch ? 1 : MAX_UPDATES;
    // Samples that later ones of the same call would overwrite are not taken.
    const sampled = trail ? end - trail.ring.slots * trail.ring.every : end;
    while (this.#step < end) {
      const next =
        trail && this.#step >= sampled ? (Math.floor(this.#step / trail.ring.every) + 1) * trail.ring.every : end;
      const chunk = Math.min(next - this.#step, most, end - this.#step);
      const descent = this.#descents.for(chunk, this.count, this.#settings);
      for (const cohort of this.#cohorts) {
        this.#dispatch(descent, cohort, chunk);
      }
      this.#step += chunk;
      watch?.look(this.#step);
      if (trail && this.#step === next) {
        trail.record(this.count);
        this.#observers.ghost?.record(this.count);
      }
    }
    this.#batch.submit();
    this.#copyAverages();
  }

  /** Has the kernel for long runs compiled, as a swarm that has run for long does by itself. Its numbers are the same. */
  hasten(): Promise<void> {
    return this.#descents.hasten(this.#settings);
  }

  async read(): Promise<Particles> {
    const { count } = this;
    const encoder = this.#gpu.createCommandEncoder();
    this.#observers.evaluation.encode(encoder, count);
    this.#gpu.queue.submit([encoder.finish()]);
    const { averagesInState } = this.#buffers;
    const [positions, averages, values, exits] = await Promise.all([
      readBuffer(this.#gpu, this.#buffers.positions, count * 8),
      this.#plan.averages ? readBuffer(this.#gpu, averagesInState.buffer, count * 8, averagesInState.offset) : null,
      readBuffer(this.#gpu, this.#observers.evaluation.results, count * 16),
      readBuffer(this.#gpu, this.#buffers.exits, count * 16),
    ]);
    return particlesOf(count, { positions, averages, values, exits });
  }

  tally(): Promise<Tally> {
    return this.#observers.tally.take(this);
  }

  async watched(): Promise<Watched | null> {
    return (await this.#observers.watch?.read()) ?? null;
  }

  async survey(): Promise<Survey | null> {
    return (await this.#observers.watch?.survey(this)) ?? null;
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
          this.#observers.evaluation.encode(encoder, count);
          encoder.copyBufferToBuffer(this.#buffers.positions, 0, places, k * count * 8, count * 8);
          encoder.copyBufferToBuffer(this.#observers.evaluation.results, 0, values, k * count * 16, count * 16);
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
    this.#batch.dispose();
    this.#buffers.dispose();
    this.#observers.evaluation.dispose();
    this.#observers.tally.dispose();
    this.#observers.trail?.dispose();
    this.#observers.ghost?.dispose();
    this.#observers.watch?.dispose();
  }

  /** Begins the trails and the watch anew with where the particles start. */
  #sampleStart(): void {
    for (const trail of [this.#observers.trail, this.#observers.ghost]) {
      trail?.clear();
      trail?.record(this.#buffers.initial);
    }
    this.#observers.watch?.look(0);
    this.#batch.submit();
  }

  /** The averages of particles from `first` on are where they start. */
  #beginAverages(places: Float32Array<ArrayBuffer>, first: number): void {
    const { averages, averagesInState } = this.#buffers;
    if (averages) {
      this.#gpu.queue.writeBuffer(averagesInState.buffer, averagesInState.offset + first * 8, places);
      this.#gpu.queue.writeBuffer(averages, first * 8, places);
    }
  }

  /** Brings the averages to where the picture is drawn from. */
  #copyAverages(): void {
    const { averages, averagesInState } = this.#buffers;
    if (averages) {
      const encoder = this.#gpu.createCommandEncoder();
      encoder.copyBufferToBuffer(averagesInState.buffer, averagesInState.offset, averages, 0, averagesInState.size);
      this.#gpu.queue.submit([encoder.finish()]);
    }
  }

  #dispatch({ kernel, retrace, crew }: Descent, cohort: Cohort, updates: number): void {
    this.#table.fill(cohort, this.#step, updates, this.#settings, crew.width);
    const groups = (perThread: number): number =>
      Math.ceil((Math.ceil(cohort.end / perThread) - Math.floor(cohort.first / perThread)) / WORKGROUP);
    this.#batch.add(kernel, this.#group, this.#table.bytes, groups(threadSize(crew)));
    if (retrace) {
      this.#batch.add(retrace, this.#group, this.#table.bytes, groups(32));
    }
  }
}
