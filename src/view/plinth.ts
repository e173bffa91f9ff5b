import { attribute, float, Fn, fract, fwidth, max, mix, select, smoothstep, uniform, varyingProperty, vec3, vec4 } from 'three/tsl';
import { BufferAttribute, BufferGeometry, DoubleSide, Mesh, type Node, NodeMaterial, Vector2, Vector3 } from 'three/webgpu';
import type { HeightField, Spot } from './height-field.ts';
import type { Look } from './look.ts';
import type { RampMap } from './ramp-map.ts';
import type { Contours } from './relief.ts';
import type { SurfaceNodes } from './surface-nodes.ts';

/** Pieces of each side; what a finer mesh of the terrain leaves open, the rim covers. */
const PIECES = 128;

/** The cut sides under the terrain: stone with a trace of the tint, strata where bold contours lie, and ticks along the foot. */
export class Plinth {
  readonly mesh: Mesh;
  readonly #stone = uniform(new Vector3());
  readonly #strata = uniform(new Vector3());
  readonly #tick = uniform(new Vector3());
  readonly #tint = uniform(0.2);
  readonly #contrast = uniform(0.3);
  readonly #footShade = uniform(0.9);
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
      // u, v, the surface's height, and 1 for x and 2 for y as the way of the side, negative for the lower end.
      const corner = attribute<'vec4'>('position', 'vec4');
      const uv = corner.xy as Node<'vec2'>;
      const alongX = corner.w.abs().lessThan(1.5);
      const height = select(corner.w.greaterThan(0), corner.z, frame.foot.div(frame.relief));
      const at = surface.place(uv, height as Node<'float'>).toVar();
      place.assign(vec3(uv, at.y));
      const outward = uv.mul(2).sub(1);
      side.assign(select(alongX, vec3(0, outward.y.negate(), 0), vec3(outward.x, 0, 1)));
      return frame.viewProjection.mul(vec4(at, 1));
    })();
    material.fragmentNode = Fn(() => {
      const { pixel } = frame;
      const height = place.z.div(frame.relief).toVar();
      const rates = fwidth(place).max(1e-7).mul(pixel).toVar();
      const below = smoothstep(-0.004, 0.004, place.z).toVar();
      const tinted = mix(this.#stone, ramp.at(height as Node<'float'>), this.#tint);
      const base = mix(this.#stone.mul(this.#footShade), tinted, below);
      const facing = vec3(side.x, 0, side.y).dot(frame.light).mul(this.#contrast).add(1);
      const perHeight = this.#lines.x.div(frame.relief).div(5);
      const level = place.z.mul(perHeight).add(this.#lines.y.div(5)).toVar();
      const away = float(0.5).sub(fract(level).sub(0.5).abs()).div(rates.z.mul(perHeight).max(1e-7));
      const stratum = float(0.95).sub(away).clamp(0, 1).mul(below).mul(0.55);
      const line = float(1).sub(place.z.abs().div(rates.z)).clamp(0, 1).mul(0.7);
      // Ticks hang from the line: whole at each step, half between.
      const along = select(
        side.z.greaterThan(0.5),
        vec4(place.y, rates.y, frame.origin.y, frame.scale.y.mul(this.#steps.y)),
        vec4(place.x, rates.x, frame.origin.x, frame.scale.x.mul(this.#steps.x)),
      ).toVar();
      const step = select(side.z.greaterThan(0.5), this.#steps.y, this.#steps.x);
      const value = along.x.div(along.w).add(along.z.div(step)).mul(2).toVar();
      const nearest = value.add(0.5).floor().toVar();
      const whole = nearest.mod(2).abs().lessThan(0.5);
      const hanging = place.z.lessThan(0).and(place.z.greaterThan(frame.foot.mul(select(whole, float(0.62), float(0.34)))));
      const apart = value.sub(nearest).abs().mul(along.w).mul(0.5).div(along.y);
      const tick = select(hanging, float(1.1).sub(apart).clamp(0, 1).mul(select(whole, float(1), float(0.7))), float(0));
      const ink = max(max(stratum, line), tick);
      return vec4(mix(base.mul(facing), mix(this.#strata, this.#tick, select(hanging, float(1), float(0))), ink), 1);
    })();
    this.mesh = new Mesh(wallGeometry(), material);
    this.mesh.frustumCulled = false;
  }

  /** Cuts along the border of a height field; in front at `cut`, as v. */
  set(field: HeightField, cut: number): void {
    const position = this.mesh.geometry.getAttribute('position') as BufferAttribute;
    const out = position.array as Float32Array;
    const spot: Spot = { height: 0, du: 0, dv: 0 };
    for (let side = 0, k = 0; side < 4; side += 1) {
      for (let i = 0; i <= PIECES; i += 1, k += 8) {
        const [along, far] = [i / PIECES, side % 2];
        const [u, v] = side < 2 ? [along, Math.max(cut, far)] : [far, Math.max(cut, along)];
        const { height } = field.at(u, v, spot);
        const way = side < 2 ? 1 : 2;
        out.set([u, v, height, way, u, v, height, -way], k);
      }
    }
    position.needsUpdate = true;
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
    this.#tick.value.set(...look.tick);
    this.#tint.value = look.stoneTint;
    this.#contrast.value = look.sideContrast;
    this.#footShade.value = look.footShade;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    (this.mesh.material as NodeMaterial).dispose();
  }
}

function wallGeometry(): BufferGeometry {
  const index = new Uint16Array(4 * 6 * PIECES);
  for (let side = 0, k = 0; side < 4; side += 1) {
    for (let i = 0; i < PIECES; i += 1, k += 6) {
      const a = 2 * (side * (PIECES + 1) + i);
      index.set([a, a + 1, a + 3, a, a + 3, a + 2], k);
    }
  }
  const position = new BufferAttribute(new Float32Array(4 * 2 * 4 * (PIECES + 1)), 4);
  return new BufferGeometry().setIndex(new BufferAttribute(index, 1)).setAttribute('position', position);
}
