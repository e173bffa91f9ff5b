import { type Ends, endsOf } from '../../analysis/endings.ts';
import { type Targets, targetsOf } from '../../analysis/targets.ts';
import type { Critical } from '../../analysis/critical.ts';
import type { Landscape, Run } from '../../compute/contract.ts';
import { landscapeOf } from '../../compute/engine/plan.ts';
import { type LaneResult, Race, type RacePlan } from '../../compute/engine/race.ts';
import type { Scene } from '../../scene/scene.ts';
import type { Budgets } from './budgets.ts';

/** A race as far as it has come. */
export interface RaceNews {
  /** Tells this race from any other. */
  readonly id: number;
  /** The scene that is raced: with fewer starts than the page's, it may be; its lanes have the names and colours of now. */
  readonly scene: Scene;
  readonly plan: RacePlan;
  readonly targets: Targets;
  readonly starts: Float64Array;
  /** Where particles can end; null until the landscape's stationary points are known. */
  readonly ends: Ends | null;
  readonly results: readonly LaneResult[];
  /** Updates done, of so many. */
  readonly step: number;
  readonly steps: number;
}

/** Starts of a race on the page: enough for shares to a percent or two. */
const STARTS = 1024;

/** Milliseconds after the last change of the scene before a race begins: a slider may still be on its way. */
const QUIET = 350;

/** Milliseconds that a frame's slice of a race shall take: of a GPU's time, or of the page's own. */
const SLICE = { gpu: 16, reference: 6 } as const;

/** Updates of a slice at most. */
const LONGEST = 256;

/** Results are looked at when so many times as many updates have been done as the last time. */
const NEWS = 1.6;

/** What of a scene a race depends on; what is only looked at or played differently is the same race. */
export function raceKey({ surface, domain, lanes, start, seed, steps, edits, race }: Scene): string {
  const racing = lanes.map(({ name: _name, colour: _colour, ...lane }) => lane);
  return JSON.stringify([surface, domain, racing, start, seed, steps, edits, race]);
}

/** The scene with as many starts as a race on the page has. */
function raced(scene: Scene): Scene {
  const { start } = scene;
  return start.spawn === 'points' || start.count <= STARTS ? scene : { ...scene, start: { ...start, count: STARTS } };
}

/** Whether a run has come to the ground of a scene, which it takes some time for. */
function isOn({ landscape }: Run, scene: Scene): boolean {
  const key = ({ formula, parameters, domain }: Landscape): string =>
    JSON.stringify([formula.text, [...parameters], domain]);
  return key(landscape) === key(landscapeOf(scene));
}

/**
 * Races the lanes of the page's scene from start to end beside the run that is shown, slice by slice, and begins anew
 * when the scene changes.
 */
export class BackgroundRace {
  /** The newest results; null before the first. */
  news: RaceNews | null = null;
  /** Why there are none, as a sentence. */
  fault: string | null = null;
  readonly #budgets: Budgets;
  #scene: Scene | null = null;
  #key = '';
  #run: Run | null = null;
  #since = 0;
  #race: Race | null = null;
  /** Changes with each beginning and end: what was begun before is not heard any more. */
  #epoch = 0;
  #wanted = false;
  #critical: Critical | null = null;
  #targets: { readonly landscape: Landscape; readonly target: number | null; readonly found: Targets } | null = null;
  /** What is to be done next, when there is time; null while the device is at work. */
  #next: (() => void) | null = null;

  constructor(budgets: Budgets) {
    this.#budgets = budgets;
  }

  /** Whether the newest results are of another race than the one that is wanted now. */
  get stale(): boolean {
    return this.news !== null && this.news.id !== this.#epoch;
  }

  /** Whether results are wanted at all. */
  want(wanted: boolean): void {
    if (wanted !== this.#wanted) {
      this.#wanted = wanted;
      this.#key = '';
      this.#scene = null;
      this.#end();
    }
  }

  /**
   * Once a frame: begins a race when one is due.
   * @param critical the stationary points of the ground that the run shows; null while they are searched for
   */
  frame(scene: Scene, run: Run | null, critical: Critical | null): void {
    if (!this.#wanted || !run) {
      return;
    }
    this.#critical = critical;
    const now = performance.now();
    if (scene !== this.#scene || run !== this.#run) {
      this.#scene = scene;
      const key = raceKey(scene);
      if (key !== this.#key || run !== this.#run) {
        this.#key = key;
        this.#run = run;
        this.#since = now;
        this.#end();
      } else if (this.news && this.news.id === this.#epoch) {
        this.news = { ...this.news, scene: raced(scene) };
      }
    }
    if (this.#since > 0 && now - this.#since > QUIET && critical && isOn(run, scene)) {
      this.#since = 0;
      const epoch = this.#epoch;
      this.#next = () => {
        const targets = this.#targetsOn(run.landscape, scene.race.target);
        this.#next = () => {
          this.#go(raced(scene), run, targets, epoch).catch((error: Error) => this.#failed(error, epoch));
        };
      };
    }
  }

  /** Has the device do a little more of the race; whether it was ready for that. */
  slice(): boolean {
    const next = this.#next;
    this.#next = null;
    next?.();
    return next !== null;
  }

  /** Targets of a landscape; other starts on the same one have the same. */
  #targetsOn(landscape: Landscape, target: number | null): Targets {
    if (this.#targets?.landscape !== landscape || this.#targets.target !== target) {
      this.#targets = { landscape, target, found: targetsOf(landscape, target) };
    }
    return this.#targets.found;
  }

  #end(): void {
    this.#epoch += 1;
    this.#race?.dispose();
    this.#race = null;
    this.fault = null;
    this.#next = null;
  }

  /** Puts the lanes on the start. */
  async #go(scene: Scene, { gpu, device, terrain, landscape }: Run, targets: Targets, epoch: number): Promise<void> {
    const points = this.#critical?.points ?? [];
    const ends = terrain && endsOf(landscape, points, terrain);
    const goals = (ends?.list ?? []).flatMap(({ kind, point }) => (kind === 'minimum' && point ? [point] : []));
    const budget = await this.#budgets.of(gpu, scene);
    if (epoch !== this.#epoch) {
      return;
    }
    const plan = { budget, targets: targets.losses, goals };
    const race = await Race.create(gpu, scene, plan);
    if (epoch !== this.#epoch) {
      race.dispose();
      return;
    }
    this.#race = race;
    let updates = 4;
    let due = 0;
    const go = async (): Promise<void> => {
      const began = performance.now();
      await race.advance(updates);
      const took = performance.now() - began;
      const times = Math.min(2, Math.max(0.5, SLICE[device] / Math.max(1, took)));
      updates = Math.max(1, Math.min(LONGEST, Math.round(updates * times)));
      if (epoch !== this.#epoch) {
        return;
      }
      if (race.step >= due || race.done) {
        due = Math.max(race.step + 8, NEWS * race.step);
        const results = await race.results();
        if (epoch === this.#epoch) {
          this.news = {
            id: epoch,
            scene: raced(this.#scene ?? scene),
            plan,
            targets,
            starts: race.starts,
            ends,
            results,
            step: race.step,
            steps: race.steps,
          };
        }
      }
      if (epoch !== this.#epoch) {
        return;
      }
      if (race.done) {
        race.dispose();
        this.#race = null;
      } else {
        this.#next = again;
      }
    };
    const again = (): void => {
      go().catch((error: Error) => this.#failed(error, epoch));
    };
    this.#next = again;
  }

  /** Where the device went away under a race, another run brings another one. */
  #failed({ message }: Error, epoch: number): void {
    if (epoch === this.#epoch) {
      this.fault = `The race could not be run: ${message}`;
    }
  }
}
