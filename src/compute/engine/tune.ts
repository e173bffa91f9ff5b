import { valueGrid, rateAt, rateGrid } from '../../descent/search-grid.ts';
import type { HyperSpec } from '../../descent/optimizer.ts';
import { optimizerOf } from '../../scene/compiled.ts';
import type { Scene } from '../../scene/scene.ts';
import type { WatchPlan } from '../contract.ts';
import { askedVariable, type Budget } from '../cost.ts';
import { enterLane, raceScene, raceStarts } from './race.ts';
import { better, type Pause, type Trial, Trials, withHyper } from './trials.ts';

/** The best setting of a lane, and how the loss at the end depends on the learning rate. */
export interface Tuning {
  /** Index into `scene.lanes`. */
  readonly lane: number;
  readonly best: Trial;
  /** Ascending by learning rate; where a second key was searched, at its best value. */
  readonly curve: readonly Trial[];
  /** Settings that were tried. */
  readonly trials: number;
}

/** How a lane is tuned. */
export interface TunePlan {
  readonly budget: Budget;
  /** Another hyperparameter to be searched; null for the learning rate alone. */
  readonly key: string | null;
  /** Particles of a trial at most; 256 by default, from which the median of the losses is known well enough. */
  readonly starts?: number;
  /** A loss below which lower is no better, as the rounding of floats tells no more: settings that get there are told apart by how soon they do. */
  readonly enough?: number;
  readonly between?: Pause;
}

const STARTS = 256;

/** Makes of a scene's seed that of its tuning: settings that suit certain starts and a certain noise best are not to be raced on these. */
const OTHER_SEED = 0x9e3779b9;

/** Where the best is at an end of the grid it goes on, decade by decade, at most so many times. */
const MORE = 4;
const DECADE = 3;

/** Fractions of a place of the grid by which the best is refined, one after the other. */
const REFINED = [1 / 2, 1 / 4, 1 / 8] as const;

/** The scene as lanes are tuned on it: fewer starts, and others. */
function tuningScene(scene: Scene, most = STARTS): Scene {
  const { start, seed } = scene;
  const count = start.spawn === 'points' ? start.count : Math.min(start.count, most);
  return { ...scene, start: { ...start, count }, seed: (seed ^ OTHER_SEED) >>> 0 };
}

/**
 * Searches the learning rate of a lane, and on request another of its hyperparameters: by the median loss at the end of the budget
 * over many starts, those that diverge counting as the worst; among settings that get low enough, by who was lower earlier. The
 * learning rates are on a grid of three a decade, which goes on where the best is at its end, and then ever closer around the best;
 * another key's values are each tried with the whole grid.
 * It is the same search for every lane, on starts and noise that the race itself does not have (given places are the same), and
 * deterministic.
 * @param gpu the device, or null for the float64 reference
 * @throws ShaderError (rejects) when the device refuses the code; RangeError for a key that the optimizer has not, or lr
 */
export async function tune(gpu: GPUDevice | null, scene: Scene, lane: number, plan: TunePlan): Promise<Tuning> {
  const optimizer = optimizerOf(scene.lanes[lane]);
  const spec = (key: string): HyperSpec => {
    const found = optimizer.hyper.find((candidate) => candidate.key === key);
    if (!found) {
      throw new RangeError(`${optimizer.name} has no hyperparameter "${key}".`);
    }
    return found;
  };
  const grid = rateGrid(spec('lr'));
  const others = plan.key === null ? [{}] : valueGrid(spec(plan.key)).map((value) => ({ [plan.key as string]: value }));
  const own = raceScene(tuningScene(scene, plan.starts), lane, plan.budget);
  const watched = plan.budget.kind === 'gradients' && askedVariable(optimizer) >= 0;
  const watch: WatchPlan | undefined = watched ? { targets: [], evaluations: plan.budget.n } : undefined;
  const entered = await enterLane(gpu, own, lane, raceStarts(own), watch);
  const expected = grid.length * others.length + 2 * REFINED.length;
  try {
    const trials = new Trials(own, entered, watched, plan.between);
    const at = (place: number, other: object): Promise<Trial> => trials.take({ lr: rateAt(place), ...other }, expected);
    const order = better(plan.enough ?? Number.NEGATIVE_INFINITY);
    const searched = [];
    for (const other of others) {
      searched.push(await along(grid, order, (place) => at(place, other)));
    }
    const [{ curve }] = searched.sort((one, another) => order(one.best, another.best));
    return { lane, ...(await refined(curve, order, at)), trials: trials.count };
  } finally {
    entered.dispose();
  }
}

/** Trials by their places on the grid. */
type Curve = Map<number, Trial>;

type Order = (one: Trial, other: Trial) => number;

const bestOf = (curve: Curve, order: Order): Trial => [...curve.values()].sort(order)[0];

/** Tries the places of a grid, and more of them at the end where the best is. */
async function along(
  grid: readonly number[],
  order: Order,
  at: (place: number) => Promise<Trial>,
): Promise<{ curve: Curve; best: Trial }> {
  const curve: Curve = new Map();
  let places = [...grid];
  for (let more = 0; ; more += 1) {
    for (const place of places) {
      curve.set(place, await at(place));
    }
    const best = bestOf(curve, order);
    const [low, high] = [Math.min(...curve.keys()), Math.max(...curve.keys())];
    const direction = curve.get(low) === best ? -1 : curve.get(high) === best ? 1 : 0;
    if (direction === 0 || more === MORE) {
      return { curve, best };
    }
    places = Array.from({ length: DECADE }, (_, k) => (direction < 0 ? low : high) + direction * (k + 1));
  }
}

/** Tries places ever closer around the best of a curve, with what else it has. */
async function refined(
  curve: Curve,
  order: Order,
  at: (place: number, other: object) => Promise<Trial>,
): Promise<Pick<Tuning, 'best' | 'curve'>> {
  for (const step of REFINED) {
    const best = bestOf(curve, order);
    const [middle] = [...curve].find(([, trial]) => trial === best) ?? [0];
    const { lr: _lr, ...other } = best.hyper;
    for (const place of [middle - step, middle + step]) {
      curve.set(place, await at(place, other));
    }
  }
  const trials = [...curve].sort(([a], [b]) => a - b).map(([, trial]) => trial);
  return { best: bestOf(curve, order), curve: trials };
}

/** A scene with lanes tuned. */
export interface TunedScene {
  readonly scene: Scene;
  readonly tunings: readonly Tuning[];
}

/** Tunes every lane of a scene that is on by the same search, one after the other. */
export async function tuneAll(
  gpu: GPUDevice | null,
  scene: Scene,
  lanes: readonly number[],
  plan: TunePlan,
): Promise<TunedScene> {
  const tunings: Tuning[] = [];
  for (const lane of lanes) {
    tunings.push(await tune(gpu, scene, lane, plan));
  }
  return { scene: tunings.reduce((tuned, { lane, best }) => withHyper(tuned, lane, best.hyper), scene), tunings };
}
