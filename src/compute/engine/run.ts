import type { Scene } from '../../scene/scene.ts';
import type { Landscape, Run, Swarm, TerrainSamples } from '../contract.ts';
import { createGpuSwarm } from '../swarm/swarm.ts';
import { Changes } from './changes.ts';
import { groundKey, joinersOf, kernelKey, lanesOn, sameSwarms, startKey } from './keys.ts';
import { EngineLane } from './lane.ts';
import { Pace } from './pace.ts';
import { landscapeOf, planOf, settingsAt } from './plan.ts';
import { sampleTerrain } from './terrain.ts';
import { trailEvery, trailOf } from './trail.ts';

/** Particle-updates that `advance` and `seek` do at once; more is spread over frames, so that the page stays alive. */
const AT_ONCE = 2 ** 27;

/** Particle-updates in a first frame, before the device has shown what it can. */
const FIRST_WORK = { gpu: 2 ** 20, reference: 2 ** 15 } as const;

/** Only a page without WebGPU needs it. */
const reference = () => import('../reference/swarm.ts');

/**
 * Milliseconds between two tallies while it plays: the heartbeat need not beat faster than an eye can read. A frame counts as
 * no more than a fifth of that, so that tallies have no more than their share of a slow device.
 */
const MEASURE_EVERY = 100;

/**
 * A scene on a device: builds the swarms that it asks for, keeps them at one common step, replays its edits, and takes
 * every later change of the scene in: what can go on goes on, what became another run is replayed to the same step.
 */
export class SceneRun implements Run {
  readonly device: 'gpu' | 'reference';
  readonly adapter: string;
  readonly #gpu: GPUDevice | null;
  readonly #pace: Pace;
  #scene: Scene;
  #landscape: Landscape;
  #terrain: TerrainSamples | null = null;
  #lanes: EngineLane[] = [];
  /** Where the lanes shall be; they are there except while a long replay is under way. */
  #target = 0;
  #playing = false;
  #rest: string | null = null;
  readonly #changes = new Changes();
  /** Milliseconds of frames since the last tally was asked for. */
  #unmeasured = 0;
  #started = false;
  #disposed = false;

  private constructor(gpu: GPUDevice | null, adapter: string, scene: Scene) {
    this.#gpu = gpu;
    this.#pace = new Pace(gpu ? FIRST_WORK.gpu : FIRST_WORK.reference);
    this.device = gpu ? 'gpu' : 'reference';
    this.adapter = adapter;
    this.#scene = scene;
    this.#landscape = landscapeOf(scene);
  }

  /**
   * Takes in a scene as far as it can be drawn: its ground. Lanes are made by `start`.
   * @param gpu the device, or null for the float64 reference
   * @throws ShaderError (rejects) when the device refuses the code
   */
  static async create(gpu: GPUDevice | null, adapter: string, scene: Scene): Promise<SceneRun> {
    const run = new SceneRun(gpu, adapter, scene);
    run.#terrain = await sampleTerrain(gpu, run.#landscape);
    return run;
  }

  /**
   * Makes the lanes, at their start or at `step`, paused.
   * @throws ShaderError (rejects) when the device refuses the code
   */
  async start(step = 0): Promise<void> {
    await this.#changes.add(() => this.#rebuild(this.#scene));
    this.#started = true;
    this.seek(step);
  }

  /** Whether the lanes are there: until `start` has made them there is the ground alone. */
  get started(): boolean {
    return this.#started;
  }

  get gpu(): GPUDevice | null {
    return this.#gpu;
  }

  get scene(): Scene {
    return this.#scene;
  }

  get landscape(): Landscape {
    return this.#landscape;
  }

  get terrain(): TerrainSamples | null {
    return this.#terrain;
  }

  get step(): number {
    return this.#lanes.reduce((least, lane) => Math.min(least, lane.swarm.step), this.#target);
  }

  get playing(): boolean {
    return this.#playing;
  }

  get rest(): string | null {
    return this.#rest;
  }

  get rate(): number {
    return this.#pace.rate;
  }

  get behind(): boolean {
    return this.#playing && this.#scene.speed > 0 && this.#pace.behind;
  }

  get lanes(): readonly EngineLane[] {
    return this.#lanes;
  }

  play(): void {
    if (this.#target >= this.#scene.steps) {
      this.restart();
    }
    this.#rest = null;
    this.#playing = true;
    this.#pace.reset();
  }

  pause(): void {
    this.#playing = false;
  }

  advance(updates: number): void {
    this.pause();
    this.#changes.after(() => {
      this.#rest = null;
      this.#moveTo(Math.min(this.#scene.steps, this.#target + updates));
    });
  }

  restart(): void {
    this.#changes.after(() => {
      this.#rest = null;
      this.#target = 0;
      for (const lane of this.#lanes) {
        lane.restart(this.#scene, false);
      }
      this.#measure();
    });
  }

  seek(step: number): void {
    this.#changes.after(() => {
      this.#rest = null;
      const target = Math.max(0, Math.min(this.#scene.steps, Math.round(step)));
      for (const lane of this.#lanes) {
        if (lane.swarm.step > target) {
          lane.restart(this.#scene, true);
        }
      }
      this.#moveTo(target);
    });
  }

  frame(milliseconds: number): void {
    const before = this.step;
    if (this.#lanes.some((lane) => !lane.swarm.tallyReady)) {
      // The device still has several frames' work before it: nothing is added to the pile.
      this.#pace.wait(milliseconds, this.#scene.speed);
    } else if (before < this.#target) {
      this.#catchUp(this.#pace.allowance(this.#particles()));
    } else if (this.#playing) {
      const due = this.#pace.due(milliseconds, this.#scene.speed, this.#particles());
      this.#target = Math.min(this.#scene.steps, this.#target + due);
      this.#catchUp(due);
    }
    const done = this.step - before;
    this.#pace.passed(done, milliseconds, this.#scene.speed);
    this.#unmeasured += Math.min(milliseconds, MEASURE_EVERY / 5);
    if (this.#playing ? done > 0 && this.#unmeasured >= MEASURE_EVERY : this.#lanes.some((lane) => lane.stale)) {
      this.#measure();
    }
    this.#restWhenDone();
  }

  /**
   * Takes a changed scene in. What needs no new kernels or memory is done before this returns; else the old swarms run
   * on until the new ones stand. Calls while one is under way are served in order, only the newest matters.
   * @throws ShaderError (rejects) when the device refuses the code; the run then stays as it was
   */
  setScene(scene: Scene): Promise<void> {
    if (this.#changes.none && sameSwarms(this.#scene, scene)) {
      this.#adopt(scene);
      return this.#changes.done;
    }
    return this.#changes.addNewest(async () => {
      if (!this.#disposed) {
        await this.#rebuild(scene);
      }
    });
  }

  /** Resolves when every change of the scene so far has taken effect and every lane is at the common step. */
  async settled(): Promise<void> {
    do {
      await this.#changes.done;
    } while (!this.#changes.none);
    this.#catchUp(Number.POSITIVE_INFINITY);
  }

  dispose(): void {
    this.#disposed = true;
    for (const lane of this.#lanes) {
      lane.dispose();
    }
    this.#lanes = [];
  }

  #particles(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.count, 0);
  }

  async #createLane(scene: Scene, lane: number): Promise<EngineLane> {
    const plan = planOf(scene, lane);
    const trail = trailOf(scene, plan.starts.length / 2);
    const swarm: Swarm = this.#gpu
      ? await createGpuSwarm(this.#gpu, plan, trail)
      : (await reference()).createReferenceSwarm(plan, { trail });
    const made = new EngineLane(lane, swarm, plan);
    made.applyEdits(scene, 0);
    return made;
  }

  /** Makes what the scene asks for beyond what there is, then swaps it in at once. */
  async #rebuild(scene: Scene): Promise<void> {
    const previous = this.#scene;
    const sameGround = groundKey(previous) === groundKey(scene);
    const sameStart = sameGround && startKey(previous) === startKey(scene);
    const fits = (lane: number) => kernelKey(previous, lane) === kernelKey(scene, lane);
    const kept = this.#lanes.filter(({ lane }) => sameStart && lane < scene.lanes.length && fits(lane));
    const terrain = sameGround ? this.#terrain : await sampleTerrain(this.#gpu, landscapeOf(scene));
    const lanes = await Promise.all(
      lanesOn(scene).map((lane) => kept.find((old) => old.lane === lane) ?? this.#createLane(scene, lane)),
    );
    if (this.#disposed) {
      for (const lane of lanes) {
        lane.dispose();
      }
      return;
    }
    for (const lane of this.#lanes) {
      if (!lanes.includes(lane)) {
        lane.dispose();
      }
    }
    this.#lanes = lanes;
    this.#terrain = terrain;
    if (!sameGround) {
      this.#landscape = landscapeOf(scene);
    }
    if (!sameStart) {
      this.#target = 0;
      this.#rest = null;
    }
    this.#adopt(scene, kept);
  }

  /** Takes in a scene that the swarms at hand can run: settings and edits. */
  #adopt(scene: Scene, settled: readonly EngineLane[] = this.#lanes): void {
    const previous = this.#scene;
    this.#scene = scene;
    this.#target = Math.min(this.#target, scene.steps);
    for (const lane of this.#lanes) {
      lane.sampleEvery(trailEvery(scene.speed));
      if (settled.includes(lane)) {
        this.#update(lane, previous, scene);
      }
    }
    this.#rest = null;
    this.#moveTo(this.#target);
  }

  /** Goes on with changed settings where nothing of the past changed; else plays the lane again to the same step. */
  #update(lane: EngineLane, previous: Scene, scene: Scene): void {
    const { step } = lane.swarm;
    const joining = step > scene.steps ? null : joinersOf(previous, scene, lane.lane, step);
    if (!joining) {
      lane.restart(scene, false);
      return;
    }
    if (joining.length > 0) {
      lane.swarm.add(Float64Array.from(joining.flat(), Math.fround));
    }
    lane.forgetAfter(step);
    lane.set(settingsAt(scene, lane.lane, step));
  }

  #moveTo(target: number): void {
    this.#target = target;
    const left = this.#lanes.reduce((sum, lane) => sum + lane.count * (target - lane.swarm.step), 0);
    if (left <= AT_ONCE) {
      this.#catchUp(Number.POSITIVE_INFINITY);
    }
    this.#measure();
  }

  #catchUp(updates: number): void {
    for (const lane of this.#lanes) {
      lane.advanceTo(this.#scene, Math.min(this.#target, lane.swarm.step + updates));
    }
  }

  #measure(): void {
    this.#unmeasured = 0;
    for (const lane of this.#lanes) {
      if (!lane.swarm.tallyReady) {
        continue;
      }
      const sent = Date.now();
      lane.measure().then(
        () => this.#pace.learn(Date.now() - sent),
        () => {
          // The device went away under it: whoever owns the device starts a new run at this step.
        },
      );
    }
  }

  #restWhenDone(): void {
    if (!this.#playing) {
      return;
    }
    const settled = this.#lanes.every(({ tally }) => tally && tally.converged + tally.diverged === tally.count);
    if (this.#target >= this.#scene.steps) {
      this.#rest = `All ${this.#scene.steps} updates are done.`;
    } else if (this.#lanes.length > 0 && settled) {
      this.#rest = 'Every particle has arrived or gone.';
    }
    this.#playing = this.#rest === null;
  }
}
