import { targetsOf } from '../../analysis/targets.ts';
import type { Run } from '../../compute/contract.ts';
import { lanesOn } from '../../compute/engine/keys.ts';
import { landscapeOf } from '../../compute/engine/plan.ts';
import { withHyper } from '../../compute/engine/trials.ts';
import { tune, type Tuning } from '../../compute/engine/tune.ts';
import type { Scene } from '../../scene/scene.ts';
import type { Budgets } from './budgets.ts';

/** How far a search has come. */
export interface TuneProgress {
  /** The lane that is tuned now, and how many of how many were before it. */
  readonly lane: number;
  readonly done: number;
  readonly lanes: number;
  /** Settings of it that were tried, of about so many. */
  readonly trials: number;
  readonly of: number;
}

/** What a lane's tuning depends on, its outcome included: while that is so, the lane is tuned. */
function tunedKey({ surface, domain, lanes, start, steps, edits, race }: Scene, lane: number): string {
  const { name: _name, colour: _colour, on: _on, ...racing } = lanes[lane];
  const own = edits
    .filter(({ change }) => change.kind !== 'particles' && change.lane === lane)
    .map(({ step, change }) => [step, { ...change, lane: 0 }]);
  return JSON.stringify([surface, domain, racing, start.spawn, start.points, steps, own, race.budget]);
}

/** Thrown to end a search that nobody wants any more. */
class Cancelled extends Error {}

/** Tunes the lanes of the page's scene by the same search, and knows which are as it left them. */
export class Tuner {
  /** Null while nothing is tuned. */
  progress: TuneProgress | null = null;
  /** Outcomes by what they depend on: a change that is undone finds them again. */
  readonly #known = new Map<string, Tuning>();
  readonly #budgets: Budgets;
  #cancelled = false;
  #nextFrame = (): void => {};

  constructor(budgets: Budgets) {
    this.#budgets = budgets;
  }

  /** The outcome that a lane runs with, or null where its learning rate is as a person set it. */
  of(scene: Scene, lane: number): Tuning | null {
    const known = this.#known.get(tunedKey(scene, lane));
    return known ? { ...known, lane } : null;
  }

  /**
   * Tunes every lane that is on, a slice in each frame.
   * @returns the scene with what was found, or null when it was cancelled
   */
  async run(scene: Scene, { gpu }: Run): Promise<Scene | null> {
    const lanes = lanesOn(scene);
    this.#cancelled = false;
    this.progress = { lane: lanes[0], done: 0, lanes: lanes.length, trials: 0, of: 1 };
    try {
      const budget = await this.#budgets.of(gpu, scene);
      const enough = targetsOf(landscapeOf(scene), null).losses.at(-1);
      let tuned = scene;
      const found: Tuning[] = [];
      for (const [done, lane] of lanes.entries()) {
        const between = async (trials: number, of: number): Promise<void> => {
          this.progress = { lane, done, lanes: lanes.length, trials, of };
          await new Promise<void>((resolve) => {
            this.#nextFrame = resolve;
          });
          if (this.#cancelled) {
            throw new Cancelled();
          }
        };
        const tuning = await tune(gpu, scene, lane, { budget, key: null, enough, between });
        found.push(tuning);
        tuned = withHyper(tuned, lane, tuning.best.hyper);
      }
      for (const tuning of found) {
        this.#known.set(tunedKey(tuned, tuning.lane), tuning);
      }
      return tuned;
    } catch (error) {
      if (error instanceof Cancelled) {
        return null;
      }
      throw error;
    } finally {
      this.progress = null;
    }
  }

  /** Ends the search; nothing is changed. */
  cancel(): void {
    this.#cancelled = true;
    this.#nextFrame();
  }

  /** Once a frame: lets the search go on. */
  frame(): void {
    this.#nextFrame();
  }
}

/** Which learning rates are raced, as a sentence. */
export function ratesText(scene: Scene, tuner: Tuner, names: readonly string[]): string {
  const on = lanesOn(scene);
  const tuned = on.filter((lane) => tuner.of(scene, lane) !== null);
  if (tuned.length === 0) {
    return 'Learning rates are as set, not tuned.';
  }
  return tuned.length === on.length
    ? 'Learning rates are tuned by the same search.'
    : `Tuned by the same search: ${tuned.map((lane) => names[lane]).join(', ')}; the other learning rates are as set.`;
}
