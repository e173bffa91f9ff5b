import { texture } from 'three/tsl';
import { DataTexture, LinearFilter, RGFormat, UnsignedByteType } from 'three/webgpu';
import type { HeightField } from './height-field.ts';
import { type Horizon, horizonOf, LIGHT_SIZE } from './horizon.ts';

/** A turn of the light below this (in radians) is not seen. */
const SEEN = 0.02;

/** Key light and open sky for each place of the terrain, as a texture: red is the share of the key light, green of the sky. */
export class LightMap {
  readonly node;
  readonly #bytes = new Uint8Array(2 * LIGHT_SIZE * LIGHT_SIZE).fill(255);
  readonly #texture: DataTexture;
  #horizon: Horizon | null = null;
  #azimuth = Number.NaN;

  constructor() {
    this.#texture = new DataTexture(this.#bytes, LIGHT_SIZE, LIGHT_SIZE, RGFormat, UnsignedByteType);
    this.#texture.minFilter = LinearFilter;
    this.#texture.magFilter = LinearFilter;
    this.#texture.unpackAlignment = 1;
    this.#texture.needsUpdate = true;
    this.node = texture(this.#texture);
  }

  /** Takes over a terrain: see `horizonOf`. */
  set(field: HeightField, relief: number, extent: readonly [number, number]): void {
    this.#horizon = horizonOf(field, relief, extent);
    this.#horizon.sky.forEach((open, k) => {
      this.#bytes[2 * k + 1] = 255 * open;
    });
    this.#azimuth = Number.NaN;
  }

  /** Turns the key light: azimuth in radians from u towards v, elevation as a tangent. */
  turn(azimuth: number, elevation: number): void {
    if (!this.#horizon || Math.abs(azimuth - this.#azimuth) < SEEN) {
      return;
    }
    this.#azimuth = azimuth;
    this.#horizon.light(azimuth, elevation, this.#bytes, 0, 2);
    this.#texture.needsUpdate = true;
  }

  dispose(): void {
    this.#texture.dispose();
  }
}
