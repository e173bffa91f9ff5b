import { float, fract, fwidth, max, mix, smoothstep, uniform } from 'three/tsl';
import type { Node } from 'three/webgpu';
import type { TerrainSamples } from '../compute/contract.ts';

/** About so many CSS pixels from one line of a hatch to the next, and how thick a line is. */
const APART = 8;
const WIDTH = 1.1;

/** Lines closer than this many CSS pixels, as seen, are gone; from so many on they are whole. */
const CROWDED = 2.5;
const AIRY = 5;

/** Ink of the lines, of a plateau's border, and of all of it between. */
const LINES = 0.62;
const BORDER = 0.7;
const TINT = 0.16;

/** A gradient so many times the limit is not told from a steeper one: float32 can square it. */
const STEEPEST = 1e18;

/** The distance between lines of the hatch in world units: a power of two, so that it stays as it is while one comes nearer by less. */
export const hatchPitch = (pixelsOfUnit: number): number => 2 ** Math.round(Math.log2(APART / pixelsOfUnit));

/**
 * Writes the gradient over the plateaus' limit for each corner of a grid of so many cells a side. The vector is what is
 * interpolated, and its norm taken by pixel: a valley floor narrower than a cell is then still found.
 */
export function laySteepness({ size, values }: TerrainSamples, limit: number, cells: number, out: Float32Array): void {
  const last = size - 1;
  for (let j = 0, k = 0; j <= cells; j += 1) {
    const y = (j / cells) * last;
    const row = Math.min(last - 1, Math.floor(y));
    const t = y - row;
    for (let i = 0; i <= cells; i += 1, k += 2) {
      const x = (i / cells) * last;
      const column = Math.min(last - 1, Math.floor(x));
      const s = x - column;
      const a = 4 * (row * size + column);
      const c = a + 4 * size;
      for (let axis = 1; axis <= 2; axis += 1) {
        const below = (1 - s) * values[a + axis] + s * values[a + 4 + axis];
        const above = (1 - s) * values[c + axis] + s * values[c + 4 + axis];
        const steepness = ((1 - t) * below + t * above) / limit;
        // Where nothing is steep, or there is no number, there is nothing to compare with.
        out[k + axis - 1] = Number.isNaN(steepness) ? STEEPEST : Math.min(STEEPEST, Math.max(-STEEPEST, steepness));
      }
    }
  }
}

/** A hatch on the ground where it is flat. */
export class Hatch {
  /** Distance between its lines, in world units. */
  readonly pitch = uniform(1 / 64);

  /**
   * A colour of the ground, hatched where the gradient is below the limit.
   * @param steepness the gradient over the limit
   * @param place the world place across and along, in world units
   * @param line the colour of lines that can be read there
   * @param pixel device pixels of a CSS pixel
   */
  over(colour: Node<'vec3'>, steepness: Node<'vec2'>, place: Node<'vec2'>, line: Node<'vec3'>, pixel: Node<'float'>): Node<'vec3'> {
    const norm = steepness.length().toVar();
    const rate = max(fwidth(norm), 1e-6).toVar();
    const inside = float(1).sub(norm).div(rate).add(0.5).clamp(0, 1).toVar();
    const border = pixel.mul(WIDTH / 2).add(0.5).sub(float(1).sub(norm).div(rate).abs()).clamp(0, 1);
    const level = place.x.add(place.y).mul(Math.SQRT1_2).div(this.pitch).toVar();
    const perPixel = max(fwidth(level), 1e-6).toVar();
    const away = float(0.5).sub(fract(level).sub(0.5).abs()).div(perPixel);
    const fade = smoothstep(pixel.mul(CROWDED), pixel.mul(AIRY), float(1).div(perPixel));
    const lines = pixel.mul(WIDTH / 2).add(0.5).sub(away).clamp(0, 1).mul(fade).mul(LINES).max(TINT).mul(inside);
    return mix(colour, line, max(lines, border.mul(BORDER))) as Node<'vec3'>;
  }
}
