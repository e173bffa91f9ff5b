import type { Landscape } from '../compute/contract.ts';
import { selectRank } from '../math/statistics.ts';
import { GradientField } from './gradient-field.ts';
import { stationaryFrom } from './stationary.ts';

/** Losses that are to be reached. */
export interface Targets {
  /** Descending. */
  readonly losses: readonly number[];
  /** Index of the one that is meant when only one is looked at. */
  readonly chosen: number;
}

/** Samples a side of the domain, for what is typical of a landscape. */
const SAMPLES = 64;

/** The chosen target's height above the floor, in typical heights. */
const CHOSEN = 1e-3;

/** Targets a decade of the height above the floor, and how many decades they go down from the typical height. */
const A_DECADE = 2;
const DECADES = 8;

/** Float32 has so many steps between 1 and 2: heights of a few of them above the floor are its noise. */
const FLOAT32 = 2 ** 23;
const NOISE = 8;

/** The lowest loss that is known or found on a landscape's domain, and how high its median lies above that. */
export function reliefOf(landscape: Landscape): { readonly floor: number; readonly typical: number } {
  const { formula, parameters, domain, minima } = landscape;
  const [xmin, xmax, ymin, ymax] = domain;
  const at = (low: number, high: number, k: number): number => low + ((k + 0.5) * (high - low)) / SAMPLES;
  const losses = new Float64Array(SAMPLES * SAMPLES);
  let count = 0;
  let lowest: readonly [number, number] = [xmin, ymin];
  let floor = Infinity;
  for (let k = 0; k < losses.length; k += 1) {
    const place = [at(xmin, xmax, k % SAMPLES), at(ymin, ymax, Math.floor(k / SAMPLES))] as const;
    const loss = formula.value(...place, parameters);
    if (Number.isFinite(loss)) {
      losses[count] = loss;
      count += 1;
      if (loss < floor) {
        [floor, lowest] = [loss, place];
      }
    }
  }
  if (count === 0) {
    return { floor: 0, typical: 1 };
  }
  const below = stationaryFrom(new GradientField(landscape), lowest);
  const known = minima.map(({ value }) => value);
  floor = Math.min(floor, ...known, below && known.length === 0 ? formula.value(...below, parameters) : Infinity);
  const typical = selectRank(losses, count, count >> 1) - floor;
  return { floor, typical: typical > 0 ? typical : 1 };
}

/**
 * Targets for a race on a landscape: its floor plus powers of √10, from the typical height down as far as float32 can tell, as
 * in COCO; and among them the one that is asked for, or else one a thousandth of the typical height above the floor.
 *
 * Source: N. Hansen et al., "COCO: performance assessment", 2016, section 4.1 (targets f_opt + Δf, Δf evenly by its logarithm).
 * @param asked a loss, or null for one that suits
 */
export function targetsOf(landscape: Landscape, asked: number | null): Targets {
  const { floor, typical } = reliefOf(landscape);
  const top = Math.ceil(Math.log10(typical));
  const least = (NOISE * Math.abs(floor)) / FLOAT32;
  const powers = Array.from({ length: A_DECADE * DECADES + 1 }, (_, k) => 10 ** (top - k / A_DECADE));
  const suiting = 10 ** Math.round(Math.log10(CHOSEN * typical));
  // A round loss: a tenth of its height above the floor is exact enough.
  const chosen = asked ?? Number(((Math.round((10 * floor) / suiting) * suiting) / 10 + suiting).toPrecision(12));
  const ladder = powers.filter((height) => height >= least).map((height) => floor + height);
  const losses = [...new Set([...ladder, chosen])].sort((a, b) => b - a);
  return { losses, chosen: losses.indexOf(chosen) };
}
