import {
  float,
  Fn,
  mix,
  select,
  smoothstep,
  uint,
  uniform,
  varyingProperty,
  vec2,
  vec3,
  vec4,
  vertexIndex,
} from 'three/tsl';
import { BufferAttribute, BufferGeometry, DoubleSide, Mesh, type Node, NodeMaterial, Vector2 } from 'three/webgpu';
import { contourInk } from './contours.ts';
import type { LightMap } from './light-map.ts';
import type { Look } from './look.ts';
import type { RampMap } from './ramp-map.ts';
import type { Contours } from './relief.ts';
import type { SurfaceNodes } from './surface-nodes.ts';

/** Warm and cool: the tints of key light and sky. */
const WARM = vec3(1.03, 1, 0.94);
const COOL = vec3(0.95, 1, 1.06);

/** The terrain's top: a grid displaced in the vertex shader, tinted, lit and lined in the fragment shader. One material for every scene. */
export class Terrain {
  readonly mesh: Mesh;
  readonly #geometries = new Map<number, BufferGeometry>();
  readonly #cells = uniform(1, 'uint');
  readonly #lines = uniform(new Vector2(20, 0));
  readonly #widths = uniform(new Vector2(1, 1.6));
  readonly #inkStrength = uniform(1);
  readonly #key = uniform(1);
  readonly #ambient = uniform(0.4);
  readonly #shadow = uniform(0.5);
  readonly #occlusion = uniform(0.7);

  constructor(surface: SurfaceNodes, light: LightMap, ramp: RampMap) {
    const { frame } = surface;
    const uv = varyingProperty('vec2', 'uvOfTerrain');
    const material = new NodeMaterial();
    material.name = 'terrain';
    material.side = DoubleSide;
    material.vertexNode = Fn(() => {
      const row = this.#cells.add(uint(1));
      const at = vec2(float(vertexIndex.mod(row)), float(vertexIndex.div(row))).div(float(this.#cells)).toVar();
      uv.assign(at);
      return frame.viewProjection.mul(vec4(surface.place(at, surface.sample(at).x), 1));
    })();
    material.fragmentNode = Fn(() => {
      const spot = surface.sample(uv).toVar();
      const tint = ramp.at(spot.x).toVar();
      const seen = light.node.sample(uv).toVar();
      const facing = surface.normal(spot.yz).dot(frame.light).max(0);
      const key = facing.mul(this.#key).mul(mix(float(1).sub(this.#shadow), 1, seen.x));
      const sky = this.#ambient.mul(mix(float(1).sub(this.#occlusion), 1, seen.y));
      const lit = tint.mul(WARM.mul(key).add(COOL.mul(sky))).toVar();
      const level = spot.x.mul(this.#lines.x).add(this.#lines.y);
      const ink = contourInk(level as Node<'float'>, this.#widths.mul(frame.pixel) as Node<'vec2'>, frame.pixel);
      const dark = smoothstep(0.12, 0.3, lit.dot(vec3(0.299, 0.587, 0.114)));
      const line = mix(lit.mul(0.5).add(vec3(0.2, 0.27, 0.28)), lit.mul(0.36), dark);
      const inked = mix(lit, line, ink.mul(this.#inkStrength).mul(mix(0.6, 1, dark)));
      const stone = vec3(0.45, 0.45, 0.44).mul(key.add(sky));
      return vec4(select(spot.w.greaterThan(0.5), inked, stone), 1);
    })();
    this.mesh = new Mesh(undefined, material);
    this.mesh.frustumCulled = false;
    this.detail = 128;
  }

  /** Cells a side of the mesh. */
  get detail(): number {
    return this.#cells.value;
  }

  set detail(cells: number) {
    let geometry = this.#geometries.get(cells);
    if (!geometry) {
      geometry = gridGeometry(cells);
      this.#geometries.set(cells, geometry);
    }
    this.#cells.value = cells;
    this.mesh.geometry = geometry;
  }

  /** Where contours run, and whether any do. */
  setContours({ scale, offset }: Contours, shown: boolean): void {
    this.#lines.value.set(scale, offset);
    this.#inkStrength.value = shown ? 1 : 0;
  }

  setLook(look: Look): void {
    this.#widths.value.set(...look.contours);
    this.#key.value = look.key;
    this.#ambient.value = look.ambient;
    this.#shadow.value = look.shadow;
    this.#occlusion.value = look.occlusion;
  }

  dispose(): void {
    for (const geometry of this.#geometries.values()) {
      geometry.dispose();
    }
    (this.mesh.material as NodeMaterial).dispose();
  }
}

/** Two triangles for each cell of a grid; vertices are numbered row by row and hold nothing. */
function gridGeometry(cells: number): BufferGeometry {
  const index = new Uint32Array(6 * cells * cells);
  for (let j = 0, k = 0; j < cells; j += 1) {
    for (let i = 0; i < cells; i += 1, k += 6) {
      const a = j * (cells + 1) + i;
      const c = a + cells + 1;
      index.set([a, a + 1, c + 1, a, c + 1, c], k);
    }
  }
  return new BufferGeometry().setIndex(new BufferAttribute(index, 1));
}
