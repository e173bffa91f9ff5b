import { optimizerOf } from '../../scene/compiled.ts';
import { addedAt } from '../../scene/resolve.ts';
import type { Scene } from '../../scene/scene.ts';
import { MAX_GOALS, type SwarmPlan, type Watched, type WatchPlan } from '../contract.ts';
import { type Budget, updatesWithin } from '../cost.ts';
import { byMeasure, MEASURES, type MeasureId, type Place } from '../measures.ts';
import { createReferenceSwarm } from '../reference/swarm.ts';
import { createGpuSwarm } from '../swarm/swarm.ts';
import { lanesOn } from './keys.ts';
import { EngineLane } from './lane.ts';
import { landscapeOf, planOf, settingsAt } from './plan.ts';

/** Samples of a lane's series without another number, evenly by the logarithm of the update. */
const SAMPLES = 200;

/** What a race is about. */
export interface RacePlan {
  readonly budget: Budget;
  /** Losses to be reached, descending; at most MAX_TARGETS of contract.ts. */
  readonly targets: readonly number[];
  /** Places to the nearest of which the distance is measured, the first MAX_GOALS of them; the surface's known minima by default. */
  readonly goals?: readonly Place[];
  /** Samples of each lane's series; 200 by default, with 0 the series stay empty. */
  readonly samples?: number;
}

/** A measure on its way: its 10th, 50th and 90th percentile over the particles; those gone count as Infinity. */
export interface Band {
  readonly low: number[];
  readonly median: number[];
  readonly high: number[];
}

/** A lane on its way: samples at the start, at the end, and in between. A particle that has spent its budget rests meanwhile. */
export interface RaceSeries extends Readonly<Record<MeasureId, Band>> {
  /** Updates done. */
  readonly steps: number[];
  /** Gradient evaluations by then, the mean over the particles. */
  readonly evaluations: number[];
  /** The learning rate of the next update. */
  readonly rate: number[];
}

/** What came of one lane, or has come of it so far. */
export interface LaneResult {
  /** Index into `scene.lanes`. */
  readonly lane: number;
  /** Updates that its budget can pay for at most. */
  readonly updates: number;
  readonly seen: Watched;
  readonly series: RaceSeries;
}

/** Places where all lanes of a race start, x, y pairs: the scene's, and those that edits add at step 0. */
export function raceStarts(scene: Scene): Float64Array {
  const added = addedAt(scene).flatMap(({ step, points }) => (step === 0 ? points.flat() : []));
  const { starts } = planOf(scene, 0);
  return added.length === 0 ? starts : Float64Array.of(...starts, ...added.map(Math.fround));
}

/**
 * The scene as one of its lanes runs it in a race: its length is what the budget can pay for, so that a schedule ends with it,
 * and nobody is added on the way, since a late start has less of the budget.
 */
export function raceScene(scene: Scene, lane: number, budget: Budget): Scene {
  return {
    ...scene,
    steps: updatesWithin(budget, optimizerOf(scene.lanes[lane]), lane),
    edits: scene.edits.filter(({ change }) => change.kind !== 'particles'),
  };
}

/**
 * One lane by itself, at its start.
 * @param scene as `raceScene` gives it
 * @param watch what its particles are watched for; not at all without it, which is several times as fast
 */
export async function enterLane(
  gpu: GPUDevice | null,
  scene: Scene,
  lane: number,
  starts: Float64Array,
  watch?: WatchPlan,
): Promise<EngineLane> {
  const plan: SwarmPlan = { ...planOf(scene, lane), starts };
  const swarm = gpu ? await createGpuSwarm(gpu, plan, undefined, watch) : createReferenceSwarm(plan, { watch });
  const made = new EngineLane(lane, swarm, plan);
  made.applyEdits(scene, 0);
  return made;
}

/** Steps at which a lane is sampled, at most so many beside the start: ascending, the start first, the end last; all of them where they are few. */
function sampleSteps(updates: number, samples: number): number[] {
  if (samples === 0) {
    return [];
  }
  const few = updates < samples;
  const at = (k: number): number => (few ? k : Math.round(updates ** (k / (samples - 1))));
  return [...new Set([0, ...Array.from({ length: few ? updates + 1 : samples }, (_, k) => at(k))])];
}

/** One lane of a race. */
class Racer {
  readonly #scene: Scene;
  readonly #lane: EngineLane;
  readonly #due: readonly number[];
  readonly #series: RaceSeries = {
    steps: [],
    evaluations: [],
    rate: [],
    ...byMeasure((): Band => ({ low: [], median: [], high: [] })),
  };
  #disposed = false;

  constructor(scene: Scene, lane: EngineLane, samples: number) {
    this.#scene = scene;
    this.#lane = lane;
    this.#due = sampleSteps(scene.steps, samples);
  }

  get updates(): number {
    return this.#scene.steps;
  }

  /** Runs up to a step, at most to the end of the budget, and takes the samples on the way. */
  async advanceTo(step: number): Promise<void> {
    const end = Math.min(step, this.updates);
    do {
      const next = this.#due[this.#series.steps.length] ?? end;
      this.#lane.advanceTo(this.#scene, Math.min(next, end));
      if (next <= end && this.#series.steps.length < this.#due.length) {
        await this.#sample();
      }
    } while (!this.#disposed && this.#lane.swarm.step < end);
  }

  async result(): Promise<LaneResult> {
    const seen = await this.#lane.swarm.watched();
    if (!seen) {
      throw new Error('A race is run by swarms that are watched.');
    }
    return { lane: this.#lane.lane, updates: this.updates, seen, series: this.#series };
  }

  dispose(): void {
    this.#disposed = true;
    this.#lane.dispose();
  }

  async #sample(): Promise<void> {
    const { swarm, lane } = this.#lane;
    const survey = await swarm.survey();
    if (!survey || this.#disposed) {
      return;
    }
    const { step, spent, count, measures } = survey;
    const { steps, evaluations, rate } = this.#series;
    steps.push(step);
    evaluations.push(spent / count);
    rate.push(settingsAt(this.#scene, lane, step).rate(step));
    for (const { id } of MEASURES) {
      this.#series[id].low.push(measures[id].low);
      this.#series[id].median.push(measures[id].median);
      this.#series[id].high.push(measures[id].high);
    }
  }
}

/**
 * A fair race: every lane of a scene that is on, from the same starts, with the same random numbers, under one budget. It runs in
 * slices of any size, so that a page can race in the background; what comes of it is the same bit for bit however it is sliced.
 * Changes of lanes in mid-run are made at their steps. Particles that are added after the start take no part.
 */
export class Race {
  readonly plan: RacePlan;
  /** x, y pairs, shared by all lanes. */
  readonly starts: Float64Array;
  readonly #racers: readonly Racer[];
  #step = 0;
  #disposed = false;

  private constructor(plan: RacePlan, starts: Float64Array, racers: readonly Racer[]) {
    this.plan = plan;
    this.starts = starts;
    this.#racers = racers;
  }

  /**
   * Puts all lanes on the start.
   * @param gpu the device, or null for the float64 reference
   * @throws ShaderError (rejects) when the device refuses the code; RangeError for too many targets
   */
  static async create(gpu: GPUDevice | null, scene: Scene, plan: RacePlan): Promise<Race> {
    const { budget, targets, goals = landscapeOf(scene).minima, samples = SAMPLES } = plan;
    const starts = raceStarts(scene);
    const evaluations = budget.kind === 'gradients' ? budget.n : Infinity;
    const watch = { targets, evaluations, goals: goals.slice(0, MAX_GOALS) };
    const racers = lanesOn(scene).map(async (lane) => {
      const own = raceScene(scene, lane, budget);
      return new Racer(own, await enterLane(gpu, own, lane, starts, watch), samples);
    });
    return new Race(plan, starts, await Promise.all(racers));
  }

  /** Updates that the lanes have done, as far as their budget goes. */
  get step(): number {
    return this.#step;
  }

  /** Updates until the last lane has spent its budget. */
  get steps(): number {
    return this.#racers.reduce((most, { updates }) => Math.max(most, updates), 0);
  }

  get done(): boolean {
    return this.#step >= this.steps;
  }

  /** Does so many updates of every lane that has budget left; not to be called again before it resolves. A disposed race does none. */
  async advance(updates: number): Promise<void> {
    const end = Math.min(this.steps, this.#step + updates);
    try {
      await Promise.all(this.#racers.map((racer) => racer.advanceTo(end)));
      this.#step = end;
    } catch (error) {
      if (!this.#disposed) {
        throw error;
      }
    }
  }

  /** What has come of every lane so far, in the order of the scene. */
  results(): Promise<readonly LaneResult[]> {
    return Promise.all(this.#racers.map((racer) => racer.result()));
  }

  /** Ends it, in mid-run too. */
  dispose(): void {
    this.#disposed = true;
    for (const racer of this.#racers) {
      racer.dispose();
    }
  }
}
