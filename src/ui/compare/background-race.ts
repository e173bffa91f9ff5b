import type { Run } from '../../compute/contract.ts';
import type { Budget } from '../../compute/cost.ts';
import { type LaneResult, Race, type RacePlan } from '../../compute/engine/race.ts';
import type { Scene } from '../../scene/scene.ts';

/** A race as far as it has come. */
export interface RaceNews {
  /** The scene that is raced: with fewer starts than the page's, it may be. */
  readonly scene: Scene;
  readonly plan: RacePlan;
  /** Index of the target that the scene asks for. */
  readonly target: number;
  readonly starts: Float64Array;
  readonly results: readonly LaneResult[];
  /** Updates done, of so many. */
  readonly step: number;
  readonly steps: number;
}

/** Starts of a race on the page: enough for shares to a percent or two. */
const STARTS = 1024;

/** Milliseconds after the last change of the scene before a race begins: a slider may still be on its way. */
const QUIET = 350;

/** Milliseconds that a slice of a race shall take, and the share of the time that all slices may take together. */
const SLICE = 24;
const SHARE = 0.4;

/** Results are looked at when so many times as many updates have been done as the last time. */
const NEWS = 1.6;

/** What is to be reached: all targets, descending, and which of them the scene asks for. */
export interface Aim {
  readonly targets: readonly number[];
  readonly target: number;
}

/** What of a scene a race depends on; what is only looked at or played differently is the same race. */
function raceKey({ surface, domain, lanes, start, seed, steps, edits, race }: Scene): string {
  const racing = lanes.map(({ name: _name, colour: _colour, ...lane }) => lane);
  return JSON.stringify([surface, domain, racing, start, seed, steps, edits, race]);
}

/** What each particle may spend. */
export const budgetOf = ({ race, steps }: Scene): Budget => ({ kind: race.budget, n: Math.max(1, steps) });

/** The scene with as many starts as a race on the page has. */
function raced(scene: Scene): Scene {
  const { start } = scene;
  return start.spawn === 'points' || start.count <= STARTS ? scene : { ...scene, start: { ...start, count: STARTS } };
}

/**
 * Races the lanes of the page's scene from start to end beside the run that is shown, in slices, and begins anew when the scene
 * changes. On the CPU the slices take their share of the page's own time.
 */
export class BackgroundRace {
  /** The newest results; null before the first. */
  news: RaceNews | null = null;
  /** Why there are none, as a sentence. */
  fault: string | null = null;
  readonly #aim: (scene: Scene) => Aim;
  #key = '';
  #run: Run | null = null;
  #since = 0;
  #race: Race | null = null;
  /** Odd with each beginning and end: what was begun before is not heard any more. */
  #epoch = 0;
  #wanted = false;

  /** @param aim what a scene's lanes are to reach */
  constructor(aim: (scene: Scene) => Aim) {
    this.#aim = aim;
  }

  /** Whether results are wanted at all. */
  want(wanted: boolean): void {
    if (wanted !== this.#wanted) {
      this.#wanted = wanted;
      this.#key = '';
      this.#end();
    }
  }

  /** Once a frame: begins a race when one is due. */
  frame(scene: Scene, run: Run | null): void {
    if (!this.#wanted || !run) {
      return;
    }
    const key = raceKey(scene);
    const now = performance.now();
    if (key !== this.#key || run !== this.#run) {
      this.#key = key;
      this.#run = run;
      this.#since = now;
      this.#end();
      return;
    }
    if (this.#since > 0 && now - this.#since > QUIET) {
      this.#since = 0;
      this.#epoch += 1;
      this.#go(raced(scene), run.gpu, this.#epoch).catch(() => {
        // The device went away under it: another run brings another race.
      });
    }
  }

  #end(): void {
    this.#epoch += 1;
    this.#race?.dispose();
    this.#race = null;
  }

  async #go(scene: Scene, gpu: GPUDevice | null, epoch: number): Promise<void> {
    const { targets, target } = this.#aim(scene);
    const plan = { budget: budgetOf(scene), targets };
    const race = await Race.create(gpu, scene, plan);
    if (epoch !== this.#epoch) {
      race.dispose();
      return;
    }
    this.#race = race;
    let slice = 4;
    let due = 0;
    while (epoch === this.#epoch) {
      const began = performance.now();
      await race.advance(slice);
      if (epoch !== this.#epoch) {
        return;
      }
      const took = performance.now() - began;
      slice = Math.max(1, Math.min(256, Math.round(slice * Math.min(2, Math.max(0.5, SLICE / Math.max(1, took))))));
      if (race.step >= due || race.done) {
        due = Math.max(race.step + 8, NEWS * race.step);
        const results = await race.results();
        if (epoch !== this.#epoch) {
          return;
        }
        this.news = { scene, plan, target, starts: race.starts, results, step: race.step, steps: race.steps };
      }
      if (race.done) {
        race.dispose();
        this.#race = null;
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, took * (1 / SHARE - 1)));
    }
  }
}
