import type { Optimizer } from '../../descent/optimizer.ts';
import type { Change, Scene } from '../../scene/scene.ts';
import type { History, LaneRun, Particles, ParticleSource, Settings, Swarm, SwarmPlan, Tally } from '../contract.ts';
import { askedVariable, gradientsPerUpdate } from '../cost.ts';
import { settingsAt } from './plan.ts';

/** Points of a history at most: more than a chart has pixels. When it is full, every other one is dropped. */
const HISTORY_LENGTH = 1024;

/** One lane of a running scene: its swarm, its heartbeat, and the scene's edits as they concern it. */
export class EngineLane implements LaneRun {
  static #made = 0;
  /** Tells this lane from any other that was ever made. */
  readonly id = EngineLane.#count();
  readonly lane: number;
  readonly swarm: Swarm;
  tally: Tally | null = null;
  #updates = 0;
  readonly #optimizer: Optimizer;
  #averaging: boolean;
  readonly #steps: number[] = [];
  readonly #low: number[] = [];
  readonly #median: number[] = [];
  readonly #high: number[] = [];
  readonly history: History = { steps: this.#steps, low: this.#low, median: this.#median, high: this.#high };
  /** Becomes odd with each restart or disposal, so that a tally on its way from before is not mistaken for news. */
  #epoch = 0;

  /** @param plan what the swarm was made from */
  constructor(lane: number, swarm: Swarm, { optimizer, settings }: SwarmPlan) {
    this.#averaging = settings.ema !== null;
    this.lane = lane;
    this.swarm = swarm;
    this.#optimizer = optimizer;
  }

  static #count(): number {
    EngineLane.#made += 1;
    return EngineLane.#made;
  }

  get count(): number {
    return this.swarm.count;
  }

  get evaluations(): number {
    const asked = askedVariable(this.#optimizer) < 0 ? 0 : (this.tally?.asked ?? 0);
    return this.#updates * gradientsPerUpdate(this.#optimizer) + asked;
  }

  get ghost(): ParticleSource | null {
    return this.#averaging ? this.swarm.ghost : null;
  }

  get source(): ParticleSource {
    return this.swarm.source;
  }

  read(): Promise<Particles> {
    return this.swarm.read();
  }

  /** Other settings from the next update on. */
  set(settings: Settings): void {
    this.#averaging = settings.ema !== null;
    this.swarm.set(settings);
  }

  /** Samples trails every so many updates from now on. */
  sampleEvery(updates: number): void {
    for (const source of [this.swarm.source, this.swarm.ghost]) {
      if (source?.ring) {
        source.ring.every = updates;
      }
    }
  }

  /** Applies the scene's edits of step `step` that concern this lane; call it when the swarm has done that many updates. */
  applyEdits(scene: Scene, step: number): void {
    let settings = false;
    for (const edit of scene.edits) {
      if (edit.step === step) {
        settings = this.#apply(edit.change) || settings;
      }
    }
    if (settings) {
      this.set(settingsAt(scene, this.lane, step));
    }
  }

  /** Runs the swarm up to a step, with the edits on the way (those of the step it is at have been applied). */
  advanceTo(scene: Scene, step: number): void {
    while (this.swarm.step < step) {
      const from = this.swarm.step;
      const stop = scene.edits.find((edit) => edit.step > from)?.step ?? step;
      const to = Math.min(step, stop);
      this.swarm.advance(to - from);
      this.#updates += (to - from) * this.swarm.count;
      this.applyEdits(scene, to);
    }
  }

  /** Begins anew; the heartbeat is kept when the run is the same one, played again. */
  restart(scene: Scene, keepHistory: boolean): void {
    this.#epoch += 1;
    const settings = settingsAt(scene, this.lane, 0);
    this.#averaging = settings.ema !== null;
    this.swarm.restart(settings);
    this.#updates = 0;
    this.tally = null;
    if (!keepHistory) {
      for (const column of [this.#steps, this.#low, this.#median, this.#high]) {
        column.length = 0;
      }
    }
    this.applyEdits(scene, 0);
  }

  /** Forgets the heartbeat after a step: what comes after an edit is another run. */
  forgetAfter(step: number): void {
    const keep = this.#steps.findIndex((s) => s > step);
    if (keep >= 0) {
      for (const column of [this.#steps, this.#low, this.#median, this.#high]) {
        column.length = keep;
      }
    }
  }

  /** Whether the newest tally is of another step, and a new one can be asked for: at once it could not, while one was under way. */
  get stale(): boolean {
    return this.swarm.tallyReady && this.tally?.step !== this.swarm.step;
  }

  /** Asks for a tally (when the swarm is ready for one); it arrives in `tally` and `history`. */
  async measure(): Promise<void> {
    const epoch = this.#epoch;
    const tally = await this.swarm.tally();
    if (epoch !== this.#epoch) {
      return;
    }
    this.tally = tally;
    const last = this.#steps[this.#steps.length - 1] ?? -1;
    if (tally.step <= last) {
      return;
    }
    if (this.#steps.length >= HISTORY_LENGTH) {
      this.#thin();
    }
    this.#steps.push(tally.step);
    this.#low.push(tally.low);
    this.#median.push(tally.median);
    this.#high.push(tally.high);
  }

  dispose(): void {
    this.#epoch += 1;
    this.swarm.dispose();
  }

  /** @returns whether the change is one of settings */
  #apply(change: Change): boolean {
    if (change.kind === 'particles') {
      this.swarm.add(Float64Array.from(change.points.flat(), Math.fround));
      return false;
    }
    return change.lane === this.lane;
  }

  #thin(): void {
    for (const column of [this.#steps, this.#low, this.#median, this.#high]) {
      let kept = 0;
      for (let i = 0; i < column.length; i += 2) {
        column[kept] = column[i];
        kept += 1;
      }
      column.length = kept;
    }
  }
}
