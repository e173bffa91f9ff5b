import type { TerrainSamples } from '../compute/contract.ts';
import { selectRank } from '../math/statistics.ts';

/** A gradient below this share of the typical one counts as small. */
const SMALL = 0.01;

/** A slope at which a walk straight across the ground changes the loss by less than this share of its range is no slope to compare with. */
const FLAT = 1e-3;

/** About so many samples are looked at. */
const ENOUGH = 32768;

/**
 * The typical gradient norm of a ground: the median of ‖∇f‖ over the samples, those left out where there is as good as no
 * slope, since on a surface that is flat but for a hole (Easom's) the median of all would be that of the flat. A median, and no
 * mean, since a steep corner (Beale's) would make all the rest look flat. It scales with the loss, so that what is compared
 * with it does not depend on units. 0 where the ground is flat altogether.
 */
export function typicalSlope({ domain: [xmin, xmax, ymin, ymax], values }: TerrainSamples): number {
  const stride = 4 * Math.max(1, Math.round(values.length / 4 / ENOUGH));
  let [low, high] = [Infinity, -Infinity];
  for (let k = 0; k < values.length; k += stride) {
    if (Number.isFinite(values[k])) {
      low = Math.min(low, values[k]);
      high = Math.max(high, values[k]);
    }
  }
  const least = (FLAT * (high - low)) / Math.hypot(xmax - xmin, ymax - ymin);
  const norms = new Float64Array(Math.ceil(values.length / stride));
  let count = 0;
  for (let k = 0; k < values.length; k += stride) {
    const norm = Math.hypot(values[k + 1], values[k + 2]);
    if (norm > least && norm < Infinity) {
      norms[count] = norm;
      count += 1;
    }
  }
  return count > 0 ? selectRank(norms, count, count >> 1) : 0;
}

/**
 * The gradient norm below which a place belongs to a plateau: a hundredth of the typical one. Scale-free: a multiple of the
 * loss has the same plateaus, and so has the same loss in other units of x and y alike.
 */
export const plateauBelow = (samples: TerrainSamples): number => SMALL * typicalSlope(samples);
