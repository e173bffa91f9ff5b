import type { Scene } from '../../scene/scene.ts';
import type { Quantiles } from '../measures.ts';
import type { EngineLane } from './lane.ts';

/** What one setting came to, over many starts. */
export interface Trial extends Quantiles {
  /** What was tried: `lr`, and the second key where there is one. */
  readonly hyper: Readonly<Record<string, number>>;
  /** Share of particles that diverged; their loss counts as Infinity. */
  readonly diverged: number;
  /** The median after a half, a quarter, an eighth and a sixteenth of the updates. */
  readonly before: readonly number[];
}

/** Awaited now and then with the settings tried so far, and about how many there will be: what it throws ends the search. */
export type Pause = (trials: number, of: number) => void | Promise<void>;

/** Particle-updates between two pauses: a few milliseconds, of the page's own on the reference. */
const SLICE = { gpu: 2 ** 17, reference: 2 ** 13 } as const;

/** Shares of the updates after which a trial is looked at before its end. */
const LOOKS = [1 / 2, 1 / 4, 1 / 8, 1 / 16] as const;

/**
 * Orders trials, the best first: by the median at the end; where both are low enough, by the median the earlier the later it is that
 * tells them apart; then by the 90th percentile, and by the smaller rate, which is the safer one.
 */
export function better(enough: number): (one: Trial, other: Trial) => number {
  const keys = ({ hyper, median, high, before }: Trial): number[] => [
    ...[median, ...before, high].map((loss) => Math.max(loss, enough)),
    hyper.lr,
  ];
  return (one, other) => {
    const others = keys(other);
    const k = keys(one).findIndex((value, index) => value !== others[index]);
    return k < 0 ? 0 : keys(one)[k] < others[k] ? -1 : 1;
  };
}

/** The scene with other values in a lane, which hold for the whole run: changes of these keys in mid-run are dropped. */
export function withHyper(scene: Scene, lane: number, hyper: Trial['hyper']): Scene {
  return {
    ...scene,
    lanes: scene.lanes.map((one, index) => (index === lane ? { ...one, hyper: { ...one.hyper, ...hyper } } : one)),
    edits: scene.edits.filter(
      ({ change }) => !(change.kind === 'hyper' && change.lane === lane && change.key in hyper),
    ),
  };
}

/** Tries settings of one lane, one after the other, on one swarm. */
export class Trials {
  readonly #scene: Scene;
  readonly #lane: EngineLane;
  readonly #watched: boolean;
  readonly #between: Pause | undefined;
  readonly #done = new Map<string, Trial>();

  /** @param watched whether the lane's swarm is, as it must be where updates do not all cost the same and gradients are the budget */
  constructor(scene: Scene, lane: EngineLane, watched: boolean, between?: Pause) {
    this.#scene = scene;
    this.#lane = lane;
    this.#watched = watched;
    this.#between = between;
  }

  get count(): number {
    return this.#done.size;
  }

  /** @param expected trials in all, about */
  async take(hyper: Trial['hyper'], expected: number): Promise<Trial> {
    const key = JSON.stringify(hyper);
    const known = this.#done.get(key);
    if (known) {
      return known;
    }
    const trial = await this.#run(hyper, expected);
    this.#done.set(key, trial);
    return trial;
  }

  async #run(hyper: Trial['hyper'], expected: number): Promise<Trial> {
    const { swarm } = this.#lane;
    const scene = withHyper(this.#scene, this.#lane.lane, hyper);
    const slice = Math.max(1, Math.floor(SLICE[swarm.device] / swarm.count));
    this.#lane.restart(scene, false);
    const looks = LOOKS.map((share) => Math.floor(share * scene.steps));
    const before = looks.map(() => Infinity);
    while (swarm.step < scene.steps) {
      const stop = Math.min(...[...looks, scene.steps].filter((step) => step > swarm.step));
      this.#lane.advanceTo(scene, Math.min(stop, swarm.step + slice));
      for (const [k, step] of looks.entries()) {
        if (step === swarm.step) {
          before[k] = (await this.#measured()).median;
        }
      }
      await this.#between?.(this.count, Math.max(this.count + 1, expected));
    }
    const { low, median, high, diverged } = await this.#measured();
    return { hyper, low, median, high, diverged: diverged / swarm.count, before };
  }

  /** What each particle spends is the same where the swarm is not watched, or else the watch keeps it. */
  async #measured(): Promise<Quantiles & { readonly diverged: number }> {
    const { swarm } = this.#lane;
    if (!this.#watched) {
      return swarm.tally();
    }
    const survey = await swarm.survey();
    if (!survey) {
      throw new Error('A search under a budget of gradients is tuned by swarms that are watched.');
    }
    return { ...survey.measures.loss, diverged: survey.diverged };
  }
}
