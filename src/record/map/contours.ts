import { contours } from 'd3-contour';
import type { TerrainSamples } from '../../compute/contract.ts';
import type { Relief } from '../../view/relief.ts';

/** Every so many samples are enough: contours are interpolated between them. */
const STRIDE = 2;

/** A contour: its rings in shares 0 … 1 of the domain, upwards, and whether it is a bold one. */
export interface Contour {
  readonly bold: boolean;
  /** Height in the middle of the band above it, 0 … 1. */
  readonly middle: number;
  /** Each ring is closed; what is higher lies inside, or outside of a hole's. */
  readonly rings: readonly (readonly (readonly [number, number])[])[];
}

/** The terrain's contours, from the lowest up: each band lies over those below it. */
export function contoursOf({ size, values }: TerrainSamples, relief: Relief): Contour[] {
  const count = Math.floor((size - 1) / STRIDE) + 1;
  const heights = Array.from({ length: count * count }, (_, k) => {
    const [i, j] = [k % count, Math.floor(k / count)];
    return relief.height(values[4 * STRIDE * (j * size + i)]);
  });
  const { scale, offset } = relief.contours;
  const height = (level: number): number => (level - offset) / scale;
  const levels: number[] = [];
  for (let level = Math.floor(offset) + 1; level < offset + scale; level += 1) {
    levels.push(level);
  }
  // d3 has a sample in the middle of its cell.
  const share = (at: number): number => ((at - 0.5) * STRIDE) / (size - 1);
  const shapes = contours().size([count, count]).thresholds(levels.map(height))(heights);
  return shapes.map(({ coordinates }, k) => ({
    bold: levels[k] % 5 === 0,
    middle: height(levels[k] + 0.5),
    rings: coordinates.flat().map((ring) => ring.map(([x, y]): [number, number] => [share(x), share(y)])),
  }));
}
