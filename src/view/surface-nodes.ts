import { clamp, float, Fn, floor, ivec2, mix, textureLoad, uniform, vec2, vec3, vec4 } from 'three/tsl';
import { DataTexture, FloatType, NearestFilter, type Node, RGBAFormat } from 'three/webgpu';
import type { Frame } from './frame.ts';
import type { HeightField } from './height-field.ts';

/** The height field on the device, and what shaders ask of it. */
export class SurfaceNodes {
  readonly frame: Frame;
  readonly #texture;
  readonly #cells = uniform(1);

  constructor(frame: Frame) {
    this.frame = frame;
    this.#texture = textureLoad(texture(2, new Float32Array(16)), ivec2(0, 0), 0);
  }

  /** Takes over a new height field; the same memory is used again where the size allows. */
  set(field: HeightField): void {
    const old = this.#texture.value as DataTexture;
    if (old.image.width === field.size) {
      (old.image.data as Float32Array).set(field.texels);
      old.needsUpdate = true;
    } else {
      this.#texture.value = texture(field.size, field.texels);
      old.dispose();
    }
    this.#cells.value = field.size - 1;
  }

  /** Height, slopes by u and v across the domain, and 0 where there is no surface, at uv in 0…1: Hermite interpolation of the samples. */
  sample(uv: Node<'vec2'>): Node<'vec4'> {
    return Fn(() => {
      const cells = this.#cells;
      const at = clamp(uv, 0, 1).mul(cells).toVar();
      const corner = floor(at).min(cells.sub(1)).toVar();
      const t = at.sub(corner).toVar();
      const cell = ivec2(corner).toVar();
      const load = (i: number, j: number) => this.#texture.load(cell.add(ivec2(i, j))).toVar();
      const [a, b, c, d] = [load(0, 0), load(1, 0), load(0, 1), load(1, 1)];
      const ease = t.mul(t).mul(vec2(3).sub(t.mul(2))).toVar();
      const bend = t.mul(vec2(1).sub(t)).toVar();
      const rest = vec2(1).sub(t).toVar();
      const low = mix(a.x, b.x, ease.x).add(bend.x.mul(rest.x.mul(a.y).sub(t.x.mul(b.y))));
      const high = mix(c.x, d.x, ease.x).add(bend.x.mul(rest.x.mul(c.y).sub(t.x.mul(d.y))));
      const below = mix(a, b, t.x).toVar();
      const above = mix(c, d, t.x).toVar();
      const height = mix(low, high, ease.y).add(bend.y.mul(rest.y.mul(below.z).sub(t.y.mul(above.z))));
      const blend = mix(below, above, t.y);
      return vec4(height, blend.yz.mul(cells), blend.w);
    })() as Node<'vec4'>;
  }

  /**
   * As `sample`, from the nearest sample and its slopes: one load. Off by the curvature over half a cell, which shows only
   * from very near.
   */
  near(uv: Node<'vec2'>): Node<'vec4'> {
    return Fn(() => {
      const at = clamp(uv, 0, 1).mul(this.#cells).toVar();
      const nearest = floor(at.add(0.5)).toVar();
      const texel = this.#texture.load(ivec2(nearest)).toVar();
      return vec4(texel.x.add(at.sub(nearest).dot(texel.yz)), texel.yz.mul(this.#cells), texel.w);
    })() as Node<'vec4'>;
  }

  /** The height at uv, for what is drawn on the surface in thousands. */
  height(uv: Node<'vec2'>): Node<'float'> {
    return this.near(uv).x as Node<'float'>;
  }

  /** The world place above uv at a height. */
  place(uv: Node<'vec2'>, height: Node<'float'>): Node<'vec3'> {
    const { extent, relief } = this.frame;
    const flat = uv.mul(2).sub(1).mul(extent);
    return vec3(flat.x, height.mul(relief), flat.y.negate());
  }

  /** The unit normal of the surface from its slopes. */
  normal(slopes: Node<'vec2'>): Node<'vec3'> {
    const { extent, relief } = this.frame;
    const rise = slopes.mul(relief).div(extent.mul(2));
    return vec3(rise.x.negate(), float(1), rise.y).normalize();
  }

  /** Where a point of the domain lies, 0…1. */
  uv(point: Node<'vec2'>): Node<'vec2'> {
    return point.sub(this.frame.origin).mul(this.frame.scale);
  }

  dispose(): void {
    this.#texture.value.dispose();
  }
}

function texture(size: number, texels: Float32Array<ArrayBuffer>): DataTexture {
  const data = new DataTexture(texels, size, size, RGBAFormat, FloatType);
  data.minFilter = NearestFilter;
  data.magFilter = NearestFilter;
  data.needsUpdate = true;
  return data;
}
