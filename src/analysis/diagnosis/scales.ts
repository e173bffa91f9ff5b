import type { Landscape } from '../../compute/contract.ts';
import { median, quantile } from '../../math/robust.ts';
import { typicalSlope } from '../slopes.ts';
import { sampleTerrain } from '../../compute/engine/terrain.ts';

/** What is large and what is small on a landscape: everything that a rule compares with. */
export interface Scales {
  /**
   * The typical gradient norm; see typicalSlope. At least that of a walk across the domain from its middle loss to the lowest,
   * where what is not quite flat is the most of it.
   */
  readonly slope: number;
  /** The least loss that is known in the domain: of a sample or of a known minimum. */
  readonly lowest: number;
  /** The largest loss of a sample of the domain. */
  readonly highest: number;
  /** The domain's width: the longer side. */
  readonly width: number;
}

/** Samples a side. */
const SIZE = 64;

/** The scales of a landscape, from samples of it in float64. */
export async function scalesOf(landscape: Landscape): Promise<Scales> {
  const { domain, minima } = landscape;
  const [xmin, xmax, ymin, ymax] = domain;
  const samples = await sampleTerrain(null, landscape, SIZE);
  const losses = Float64Array.from({ length: SIZE * SIZE }, (_, k) => samples.values[4 * k]).filter(Number.isFinite);
  const lowest = Math.min(quantile(losses, 0), ...minima.map(({ value }) => value));
  const width = Math.max(xmax - xmin, ymax - ymin);
  return {
    slope: Math.max(typicalSlope(samples), (median(losses) - lowest) / width),
    lowest,
    highest: quantile(losses, 1),
    width,
  };
}
