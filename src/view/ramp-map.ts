import { int, ivec2, textureLoad } from 'three/tsl';
import { DataTexture, NearestFilter, type Node, RGBAFormat, UnsignedByteType } from 'three/webgpu';
import type { Ramp } from './ramps.ts';
import type { Relief } from './relief.ts';

/** So many tints that neighbours differ by less than a screen shows: one load then gives the tint. */
const SIZE = 1024;

/** The terrain's tint by height as a texture. */
export class RampMap {
  readonly #bytes = new Uint8Array(4 * SIZE);
  readonly #texture: DataTexture;
  readonly #node;

  constructor() {
    this.#texture = new DataTexture(this.#bytes, SIZE, 1, RGBAFormat, UnsignedByteType);
    this.#texture.minFilter = NearestFilter;
    this.#texture.magFilter = NearestFilter;
    this.#texture.needsUpdate = true;
    this.#node = textureLoad(this.#texture, ivec2(0, 0), 0);
  }

  set(ramp: Ramp, relief: Relief): void {
    for (let k = 0; k < SIZE; k += 1) {
      const colour = ramp(relief.ramp(k / (SIZE - 1)));
      for (let c = 0; c < 3; c += 1) {
        this.#bytes[4 * k + c] = Math.round(255 * colour[c]);
      }
      this.#bytes[4 * k + 3] = 255;
    }
    this.#texture.needsUpdate = true;
  }

  /** The tint at a height. */
  at(height: Node<'float'>): Node<'vec3'> {
    const texel = int(height.clamp(0, 1).mul(SIZE - 1).add(0.5));
    return this.#node.load(ivec2(texel, 0)).rgb as Node<'vec3'>;
  }

  dispose(): void {
    this.#texture.dispose();
  }
}
