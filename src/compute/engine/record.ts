import type { Scene } from '../../scene/scene.ts';
import { DIVERGED_BEYOND, type Landscape, type Swarm, type SwarmPlan } from '../contract.ts';
import { type Outcome, OutcomeTracker } from '../outcome.ts';
import type { Trace } from '../swarm/swarm.ts';
import { settingsAt } from './plan.ts';

/** One particle's way: x, y and loss at each of `steps`, and what came of it. */
export interface ParticleRecord {
  /** The run's steps, ascending: the start first, the end last. */
  readonly steps: readonly number[];
  /** x, y, loss for each of the steps. */
  readonly points: Float64Array;
  readonly outcome: Outcome;
  /** x, y, loss of the average of its places at the end; null where none was kept. */
  readonly average: readonly [number, number, number] | null;
}

/** A swarm that can tell many updates at once. */
type Traceable = Swarm & { trace(updates: number): Promise<Trace> };

/** Particle-updates that are read back at a time. */
const CHUNK = 2 ** 20;

/** Bounds of the number range: beyond 1e30 shaders stop being trustworthy. */
const LARGEST = { gpu: DIVERGED_BEYOND, reference: Number.MAX_VALUE } as const;

const isTraceable = (swarm: Swarm): swarm is Traceable => 'trace' in swarm;

/**
 * A run as it was recorded: every K-th step of all particles, and each one's start and end. A particle's record ends with
 * the first point that has left the number range: not finite on the reference; not finite in float32 or beyond 1e30 on
 * the GPU, of x, y or the loss.
 */
export class RunRecord {
  /** The common steps that were kept: 0, K, 2K, …, and the last. */
  readonly steps: number[] = [];
  readonly #frames: Float64Array[] = [];
  readonly #largest: number;
  readonly #tracker: OutcomeTracker;
  readonly #births: number[] = [];
  /** The last step of each particle so far. */
  readonly #ends: number[] = [];
  readonly #gone: boolean[] = [];
  /** x, y, loss of each particle at its start and at its end. */
  readonly #first: number[] = [];
  readonly #last: number[] = [];
  readonly #landscape: Landscape;
  #averages: Float64Array | null = null;

  constructor(device: Swarm['device'], plan: SwarmPlan) {
    this.#landscape = plan.landscape;
    this.#largest = LARGEST[device];
    this.#tracker = new OutcomeTracker(plan.landscape);
  }

  /** Particles, those that edits added last. */
  get count(): number {
    return this.#births.length;
  }

  /** x, y, loss of every particle at `steps[index]`; NaN for one that had ended before or had not come yet. */
  frame(index: number): Float64Array {
    const frame = new Float64Array(3 * this.count).fill(Number.NaN);
    frame.set(this.#frames[index]);
    return frame;
  }

  particle(index: number): ParticleRecord {
    const [birth, end] = [this.#births[index], this.#ends[index]];
    const inner = this.steps.flatMap((step, k) => (step > birth && step < end ? [k] : []));
    const points = new Float64Array(3 * (inner.length + (end > birth ? 2 : 1)));
    points.set(this.#first.slice(3 * index, 3 * index + 3));
    for (const [at, k] of inner.entries()) {
      points.set(this.#frames[k].subarray(3 * index, 3 * index + 3), 3 * (at + 1));
    }
    points.set(this.#last.slice(3 * index, 3 * index + 3), points.length - 3);
    const steps = [birth, ...inner.map((k) => this.steps[k]), ...(end > birth ? [end] : [])];
    return { steps, points, outcome: this.#tracker.outcome(index), average: this.#averageOf(index) };
  }

  /** Takes in the averages of places at the end of the run. */
  end(averages: Float64Array | null): void {
    this.#averages = averages;
  }

  #averageOf(index: number): [number, number, number] | null {
    if (!this.#averages) {
      return null;
    }
    const [x, y] = this.#averages.subarray(2 * index, 2 * index + 2);
    return [x, y, this.#landscape.formula.value(x, y, this.#landscape.parameters)];
  }

  /**
   * Takes in where particles `first`, `first` + 1, … are after `step` updates.
   * @param positions x, y pairs and `losses` of all particles, from their element `row` (in particles) on
   * @param kept whether the step is one of those to be told
   */
  take(
    step: number,
    positions: ArrayLike<number>,
    losses: ArrayLike<number>,
    row: number,
    count: number,
    kept: boolean,
    first = 0,
  ): void {
    const frame = kept ? new Float64Array(3 * count).fill(Number.NaN) : null;
    for (let i = first; i < count; i += 1) {
      if (this.#gone[i]) {
        continue;
      }
      const x = positions[2 * (row + i)];
      const y = positions[2 * (row + i) + 1];
      const loss = losses[row + i];
      if (i >= this.#births.length) {
        this.#births.push(step);
        this.#first.push(x, y, loss);
      }
      this.#ends[i] = step;
      this.#last[3 * i] = x;
      this.#last[3 * i + 1] = y;
      this.#last[3 * i + 2] = loss;
      if (frame) {
        frame[3 * i] = x;
        frame[3 * i + 1] = y;
        frame[3 * i + 2] = loss;
      }
      this.#gone[i] = !(
        Math.abs(x) <= this.#largest &&
        Math.abs(y) <= this.#largest &&
        Math.abs(loss) <= this.#largest
      );
      this.#tracker.take(i, x, y, loss, this.#gone[i]);
    }
    if (frame) {
      this.steps.push(step);
      this.#frames.push(frame);
    }
  }
}

/** Does `updates` updates and gives where the particles were after each, row after row. */
async function traced(
  swarm: Swarm,
  updates: number,
): Promise<{ readonly positions: ArrayLike<number>; readonly losses: ArrayLike<number> }> {
  if (isTraceable(swarm)) {
    return swarm.trace(updates);
  }
  const positions = new Float64Array(2 * swarm.count * updates);
  const losses = new Float64Array(swarm.count * updates);
  for (let k = 0; k < updates; k += 1) {
    swarm.advance(1);
    const now = await swarm.read();
    positions.set(now.positions, 2 * k * swarm.count);
    losses.set(now.losses, k * swarm.count);
  }
  return { positions, losses };
}

/** Where the particles of a run were after one or more updates. */
export interface Rows {
  /** The step after the first of the updates. */
  readonly step: number;
  readonly updates: number;
  /** x, y pairs and losses, row after row, of `count` particles each. */
  readonly positions: ArrayLike<number>;
  readonly losses: ArrayLike<number>;
  readonly count: number;
  /** Index of the first particle that has just been added: the row is of where they start. 0 else. */
  readonly added: number;
}

/** Applies the edits of the step that the swarm has come to. */
function edit(swarm: Swarm, scene: Scene): void {
  const due = scene.edits.filter((candidate) => candidate.step === swarm.step);
  for (const { change } of due) {
    if (change.kind === 'particles') {
      swarm.add(Float64Array.from(change.points.flat(), Math.fround));
    }
  }
  if (due.some(({ change }) => change.kind !== 'particles' && change.lane === scene.selected)) {
    swarm.set(settingsAt(scene, scene.selected, swarm.step));
  }
}

async function here(swarm: Swarm, added: number): Promise<Rows> {
  const { positions, losses } = await swarm.read();
  return { step: swarm.step, updates: 1, positions, losses, count: swarm.count, added };
}

/**
 * Runs the scene's selected lane for its budget, with its edits at their steps, and tells every row: the start first, and what
 * was added in mid-run where it starts.
 * @param swarm fresh, made from the scene; it stays the caller's to dispose of
 */
export async function* rowsOf(swarm: Swarm, scene: Scene): AsyncGenerator<Rows> {
  const { steps, edits } = scene;
  edit(swarm, scene);
  yield here(swarm, 0);
  while (swarm.step < steps) {
    const { step: from, count } = swarm;
    const stop = Math.min(steps, edits.find((candidate) => candidate.step > from)?.step ?? steps);
    const updates = Math.min(stop - from, Math.max(1, Math.floor(CHUNK / count)));
    yield { step: from + 1, updates, ...(await traced(swarm, updates)), count, added: 0 };
    if (swarm.step === stop && stop < steps) {
      edit(swarm, scene);
      if (swarm.count > count) {
        yield here(swarm, count);
      }
    }
  }
}

/**
 * Runs the scene's selected lane for its budget, with its edits at their steps, and records it.
 * @param swarm fresh, made from `plan`; it stays the caller's to dispose of
 * @param every every such step is kept, and always a particle's start and end
 * @param onStep told how far it has come
 */
export async function recordRun(
  swarm: Swarm,
  plan: SwarmPlan,
  scene: Scene,
  every: number,
  onStep: (step: number) => void = () => {},
): Promise<RunRecord> {
  const record = new RunRecord(swarm.device, plan);
  const { steps } = scene;
  for await (const { step: first, updates, positions, losses, count, added } of rowsOf(swarm, scene)) {
    for (let k = 0; k < updates; k += 1) {
      const step = first + k;
      const kept = added === 0 && (step % every === 0 || step === steps);
      record.take(step, positions, losses, k * count, count, kept, added);
    }
    onStep(swarm.step);
  }
  if (settingsAt(scene, scene.selected, steps).ema !== null) {
    record.end((await swarm.read()).averages);
  }
  return record;
}
