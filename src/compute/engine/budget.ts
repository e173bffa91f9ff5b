import type { Scene } from '../../scene/scene.ts';
import type { Budget } from '../cost.ts';
import { lanesOn } from './keys.ts';
import type { EngineLane } from './lane.ts';
import { enterLane, raceScene, raceStarts } from './race.ts';

/** Milliseconds, since some moment. */
export type Clock = () => number;

/** Lanes are timed in turns, so that whatever else the machine does meets all of them; the best of each tells its own cost. */
const TURNS = 5;

/** Milliseconds that a turn of a lane shall take at least, to be told from the clock's own steps; and its updates at most. */
const TURN = 10;
const MOST_UPDATES = 4096;

/** A lane that is timed, from its start each time. */
class Timed {
  readonly lane: EngineLane;
  readonly #scene: Scene;
  readonly #clock: Clock;
  #updates = 8;
  #work = Infinity;
  #look = Infinity;

  constructor(lane: EngineLane, scene: Scene, clock: Clock) {
    this.lane = lane;
    this.#scene = scene;
    this.#clock = clock;
  }

  /** Milliseconds of an update, without what it costs to look at the result. */
  get cost(): number {
    return Math.max(this.#work - this.#look, 0.01 * this.#work) / this.#updates;
  }

  /** Finds out how many updates a turn has. */
  async warm(): Promise<void> {
    for (let took = 0; took < TURN && this.#updates < MOST_UPDATES; ) {
      this.#updates *= 2;
      took = await this.#took(this.#updates);
    }
  }

  async turn(): Promise<void> {
    this.#work = Math.min(this.#work, await this.#took(this.#updates));
    this.#look = Math.min(this.#look, await this.#took(0));
  }

  /** Milliseconds until the device has done so many updates. */
  async #took(updates: number): Promise<number> {
    this.lane.restart(this.#scene, false);
    const began = this.#clock();
    this.lane.advanceTo(this.#scene, updates);
    await this.lane.measure();
    return this.#clock() - began;
  }
}

/**
 * What an update costs in each of a scene's lanes on this device: milliseconds, from the scene's own starts, unwatched, as
 * it runs on the page. What it costs to look at the result is taken off.
 * @returns an entry for each of the scene's lanes, Infinity for those that are off
 */
export async function measureCosts(gpu: GPUDevice | null, scene: Scene, clock: Clock): Promise<number[]> {
  const own = { ...raceScene(scene, 0, { kind: 'steps', n: scene.steps }), edits: [] };
  const starts = raceStarts(scene);
  const entered = await Promise.all(lanesOn(scene).map((lane) => enterLane(gpu, own, lane, starts)));
  const all = entered.map((lane) => new Timed(lane, own, clock));
  try {
    for (const timed of all) {
      await timed.warm();
    }
    for (let turn = 0; turn < TURNS; turn += 1) {
      for (const timed of all) {
        await timed.turn();
      }
    }
    return scene.lanes.map((_, lane) => all.find((timed) => timed.lane.lane === lane)?.cost ?? Infinity);
  } finally {
    for (const { lane } of all) {
      lane.dispose();
    }
  }
}

/**
 * What each particle of the scene's race may spend. For equal time the lanes are timed first; the budget that comes of it can
 * be raced again.
 */
export async function raceBudget(gpu: GPUDevice | null, scene: Scene, clock: Clock): Promise<Budget> {
  const n = Math.max(1, scene.steps);
  const { budget: kind } = scene.race;
  return kind === 'time' ? { kind, n, costs: await measureCosts(gpu, scene, clock) } : { kind, n };
}
