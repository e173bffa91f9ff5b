import { float, Fn, fract, fwidth, max, mix, select, smoothstep, uint, uniform, varyingProperty, vec2, vec3, vec4, vertexIndex } from 'three/tsl';
import { BufferAttribute, BufferGeometry, DoubleSide, Mesh, type Node, NodeMaterial, Vector2, Vector3 } from 'three/webgpu';
import type { Look } from './look.ts';
import type { RampMap } from './ramp-map.ts';
import type { Contours } from './relief.ts';
import type { SurfaceNodes } from './surface-nodes.ts';

/** The cut sides under the terrain: stone with a trace of the tint, strata where bold contours lie, and ticks along the foot. */
export class Plinth {
  readonly mesh: Mesh;
  readonly #geometries = new Map<number, BufferGeometry>();
  readonly #cells = uniform(1, 'uint');
  readonly #stone = uniform(new Vector3());
  readonly #strata = uniform(new Vector3());
  readonly #tint = uniform(0.2);
  readonly #lines = uniform(new Vector2(20, 0));
  readonly #steps = uniform(new Vector2(1, 1));

  constructor(surface: SurfaceNodes, ramp: RampMap) {
    const { frame } = surface;
    const place = varyingProperty('vec3', 'placeOnSide');
    const side = varyingProperty('vec3', 'sideOfPlinth');
    const material = new NodeMaterial();
    material.name = 'plinth';
    material.side = DoubleSide;
    material.vertexNode = Fn(() => {
      // Vertices run around: for each of four sides, cells + 1 pairs of an upper and a lower one.
      const pair = vertexIndex.div(uint(2)).toVar();
      const row = this.#cells.add(uint(1));
      const number = pair.div(row).toVar();
      const along = float(pair.mod(row)).div(float(this.#cells)).toVar();
      const alongX = number.lessThan(uint(2));
      const far = float(number.mod(uint(2)));
      const uv = select(alongX, vec2(along, far), vec2(far, along)).toVar();
      const sample = surface.sample(uv as Node<'vec2'>);
      const height = select(vertexIndex.mod(uint(2)).equal(uint(0)), sample.x, frame.foot.div(frame.relief));
      const at = surface.place(uv as Node<'vec2'>, height as Node<'float'>).toVar();
      const outward = far.mul(2).sub(1);
      place.assign(vec3(uv, at.y));
      side.assign(vec3(select(alongX, vec2(0, outward.negate()), vec2(outward, 0)), select(alongX, float(0), float(1))));
      return frame.viewProjection.mul(vec4(at, 1));
    })();
    material.fragmentNode = Fn(() => {
      const height = place.z.div(frame.relief).toVar();
      const below = smoothstep(-0.004, 0.004, place.z);
      const tinted = mix(this.#stone, ramp.at(height as Node<'float'>), this.#tint);
      const base = mix(this.#stone.mul(0.92), tinted, below).toVar();
      const facing = vec3(side.x, 0, side.y).dot(frame.light).mul(0.35).add(0.9);
      const level = height.mul(this.#lines.x).add(this.#lines.y).div(5).toVar();
      const away = float(0.5).sub(fract(level).sub(0.5).abs()).div(max(fwidth(level), 1e-6)).div(frame.pixel);
      const stratum = float(0.95).sub(away).clamp(0, 1).mul(below).mul(0.55);
      const bottom = place.z.abs().div(max(fwidth(place.z), 1e-6)).div(frame.pixel);
      const line = float(1).sub(bottom).clamp(0, 1).mul(0.7);
      // Ticks hang from the line: whole at each step, half between.
      const alongY = side.z.greaterThan(0.5);
      const uv = select(alongY, place.y, place.x);
      const scale = select(alongY, frame.scale.y, frame.scale.x);
      const origin = select(alongY, frame.origin.y, frame.origin.x);
      const step = select(alongY, this.#steps.y, this.#steps.x);
      const value = uv.div(scale).add(origin).div(step).mul(2).toVar();
      const nearest = value.add(0.5).floor().toVar();
      const whole = nearest.mod(2).abs().lessThan(0.5);
      const reach = frame.foot.mul(select(whole, float(0.62), float(0.34)));
      const hanging = place.z.lessThan(0).and(place.z.greaterThan(reach));
      const apart = value.sub(nearest).abs().div(max(fwidth(value), 1e-6)).div(frame.pixel);
      const tick = select(hanging, float(1.1).sub(apart).clamp(0, 1).mul(select(whole, float(1), float(0.7))), float(0));
      return vec4(mix(base.mul(facing), this.#strata.mul(select(hanging, float(1.25), float(1))), max(max(stratum, line), tick)), 1);
    })();
    this.mesh = new Mesh(undefined, material);
    this.mesh.frustumCulled = false;
    this.detail = 128;
  }

  /** Cells along each side: the terrain's. */
  set detail(cells: number) {
    let geometry = this.#geometries.get(cells);
    if (!geometry) {
      geometry = wallGeometry(cells);
      this.#geometries.set(cells, geometry);
    }
    this.#cells.value = cells;
    this.mesh.geometry = geometry;
  }

  setContours({ scale, offset }: Contours): void {
    this.#lines.value.set(scale, offset);
  }

  /** Distances of labelled ticks along x and y, in units of the domain. */
  setTicks(x: number, y: number): void {
    this.#steps.value.set(x, y);
  }

  setLook(look: Look): void {
    this.#stone.value.set(...look.stone);
    this.#strata.value.set(...look.strata);
    this.#tint.value = look.stoneTint;
  }

  dispose(): void {
    for (const geometry of this.#geometries.values()) {
      geometry.dispose();
    }
    (this.mesh.material as NodeMaterial).dispose();
  }
}

function wallGeometry(cells: number): BufferGeometry {
  const index = new Uint32Array(4 * 6 * cells);
  for (let side = 0, k = 0; side < 4; side += 1) {
    for (let i = 0; i < cells; i += 1, k += 6) {
      const a = 2 * (side * (cells + 1) + i);
      index.set([a, a + 1, a + 3, a, a + 3, a + 2], k);
    }
  }
  return new BufferGeometry().setIndex(new BufferAttribute(index, 1));
}
