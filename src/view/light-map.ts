import type { HeightField } from './height-field.ts';
import { type Horizon, horizonOf, LIGHT_SIZE } from './horizon.ts';

/** A turn of the light below this (in radians) is not seen: at a glance, and in a still or a film. */
const SEEN = { glance: 0.02, still: 0.002 } as const;

/** Key light and open sky for each place of the terrain, on the CPU: the terrain's mesh carries them in its vertices. */
export class LightMap {
  /** Counts changes: what was laid out of an older version is stale. */
  version = 0;
  readonly #key = new Uint8Array(LIGHT_SIZE * LIGHT_SIZE).fill(255);
  #horizon: Horizon | null = null;
  #azimuth = Number.NaN;

  /** Takes over a terrain: see `horizonOf`. */
  set(field: HeightField, relief: number, extent: readonly [number, number]): void {
    this.#horizon = horizonOf(field, relief, extent);
    this.#azimuth = Number.NaN;
  }

  /** Turns the key light: azimuth in radians from u towards v, elevation as a tangent. What it comes to depends on nothing before. */
  turn(azimuth: number, elevation: number, exact: boolean): void {
    const step = exact ? SEEN.still : SEEN.glance;
    const rounded = step * Math.round(azimuth / step);
    if (this.#horizon && rounded !== this.#azimuth) {
      this.#azimuth = rounded;
      this.#horizon.light(rounded, elevation, this.#key);
      this.version += 1;
    }
  }

  /** Writes shares of the key light and of the sky, 0…255, into the first two of every four bytes, for each corner of a grid of so many cells a side. */
  lay(cells: number, out: Uint8Array): void {
    const sky = this.#horizon?.sky;
    if (!sky) {
      return;
    }
    const key = this.#key;
    const last = LIGHT_SIZE - 1;
    for (let j = 0, k = 0; j <= cells; j += 1) {
      const y = (j / cells) * last;
      const row = Math.min(last - 1, Math.floor(y));
      const t = y - row;
      for (let i = 0; i <= cells; i += 1, k += 4) {
        const x = (i / cells) * last;
        const column = Math.min(last - 1, Math.floor(x));
        const s = x - column;
        const a = row * LIGHT_SIZE + column;
        const c = a + LIGHT_SIZE;
        out[k] = (1 - t) * (key[a] + s * (key[a + 1] - key[a])) + t * (key[c] + s * (key[c + 1] - key[c]));
        out[k + 1] = 255 * ((1 - t) * (sky[a] + s * (sky[a + 1] - sky[a])) + t * (sky[c] + s * (sky[c + 1] - sky[c])));
      }
    }
  }
}
