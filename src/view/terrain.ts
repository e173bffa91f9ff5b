import { attribute, Discard, float, Fn, mix, select, smoothstep, uniform, varyingProperty, vec3, vec4 } from 'three/tsl';
import { BufferAttribute, BufferGeometry, DoubleSide, Mesh, type Node, NodeMaterial, Vector2 } from 'three/webgpu';
import type { TerrainSamples } from '../compute/contract.ts';
import { contourInk } from './contours.ts';
import { Hatch, laySteepness } from './hatch.ts';
import type { HeightField, Spot } from './height-field.ts';
import type { LightMap } from './light-map.ts';
import { LIGHT_ELEVATION } from './light.ts';
import type { Look } from './look.ts';
import type { Quality } from './quality.ts';
import type { RampMap } from './ramp-map.ts';
import type { Contours } from './relief.ts';
import type { SurfaceNodes } from './surface-nodes.ts';

/** Warm and cool: the tints of key light and sky. */
const WARM = vec3(1.03, 1, 0.94);
const COOL = vec3(0.95, 1, 1.06);

/** Key light reaches so far around: slopes that turn away stay readable. */
const WRAP = 0.35;

/** A mesh of one fineness, and the height field that it lies over. */
interface Grid {
  readonly geometry: BufferGeometry;
  field: HeightField | null;
  light: number;
  plateaus: Plateaus | null;
}

/** A ground on which plateaus are shown: where the gradient's norm is below the limit. */
export interface Plateaus {
  readonly samples: TerrainSamples;
  readonly limit: number;
}

function bufferOf({ geometry }: Grid, name: string): BufferAttribute {
  return geometry.getAttribute(name) as BufferAttribute;
}

/** The terrain's top: a grid at the height of the samples, tinted, lit and lined in the fragment shader. One material for every scene, and a finer one where time allows. */
export class Terrain {
  readonly mesh: Mesh;
  readonly #light: LightMap;
  readonly #surface: SurfaceNodes;
  readonly #ramp: RampMap;
  readonly #quick: NodeMaterial;
  readonly #exact: NodeMaterial;
  readonly #cut: NodeMaterial;
  /** Quick and exact again, hatched: made when plateaus are first asked for. */
  #hatched: readonly [NodeMaterial, NodeMaterial] | null = null;
  readonly #hatch = new Hatch();
  readonly #grids = new Map<number, Grid>();
  readonly #lines = uniform(new Vector2(20, 0));
  readonly #widths = uniform(new Vector2(1, 1.6));
  readonly #inkStrength = uniform(1);
  readonly #key = uniform(1);
  readonly #ambient = uniform(0.4);
  readonly #shadow = uniform(0.5);
  readonly #occlusion = uniform(0.7);

  constructor(surface: SurfaceNodes, light: LightMap, ramp: RampMap) {
    this.#light = light;
    this.#surface = surface;
    this.#ramp = ramp;
    this.#quick = this.#material({});
    this.#exact = this.#material({ exact: true });
    this.#cut = this.#material({ cut: true });
    this.mesh = new Mesh(undefined, this.#quick);
    this.mesh.frustumCulled = false;
  }

  /**
   * @param exact heights by Hermite interpolation of four samples, not from the nearest one and its slopes
   * @param cut without what lies before the frame's cut
   * @param hatched plateaus are
   */
  #material({ exact = false, cut = false, hatched = false }): NodeMaterial {
    const [surface, ramp] = [this.#surface, this.#ramp];
    const { frame } = surface;
    const uv = varyingProperty('vec2', 'uvOfTerrain');
    const slopes = varyingProperty('vec2', 'slopesOfTerrain');
    const seen = varyingProperty('vec2', 'lightOnTerrain');
    const steepness = varyingProperty('vec2', 'steepnessOfTerrain');
    const material = new NodeMaterial();
    material.name = `terrain${exact ? ', exact' : ''}${cut ? ', cut' : ''}${hatched ? ', hatched' : ''}`;
    material.side = DoubleSide;
    material.vertexNode = Fn(() => {
      const at = attribute<'vec3'>('position', 'vec3');
      uv.assign(at.xy);
      slopes.assign(attribute<'vec2'>('slopes', 'vec2'));
      seen.assign(attribute<'vec4'>('light', 'vec4').xy);
      if (hatched) {
        steepness.assign(attribute<'vec2'>('steepness', 'vec2'));
      }
      return frame.viewProjection.mul(vec4(surface.place(at.xy as Node<'vec2'>, at.z as Node<'float'>), 1));
    })();
    material.fragmentNode = Fn(() => {
      if (cut) {
        Discard(uv.y.lessThan(frame.cut));
      }
      const spot = (exact ? surface.sample(uv as Node<'vec2'>) : surface.near(uv as Node<'vec2'>)).toVar();
      const tint = ramp.at(spot.x as Node<'float'>).toVar();
      const facing = surface.normal((exact ? spot.yz : slopes) as Node<'vec2'>).dot(frame.light).add(WRAP).max(0).mul(Math.sin(LIGHT_ELEVATION) / (Math.sin(LIGHT_ELEVATION) + WRAP));
      const key = facing.mul(this.#key).mul(mix(float(1).sub(this.#shadow), 1, seen.x));
      const sky = this.#ambient.mul(mix(float(1).sub(this.#occlusion), 1, seen.y));
      const lit = tint.mul(WARM.mul(key).add(COOL.mul(sky))).toVar();
      const level = spot.x.mul(this.#lines.x).add(this.#lines.y);
      const ink = contourInk(level as Node<'float'>, this.#widths.mul(frame.pixel) as Node<'vec2'>, frame.pixel);
      const dark = smoothstep(0.12, 0.3, lit.dot(vec3(0.299, 0.587, 0.114)));
      const line = mix(lit.mul(0.5).add(vec3(0.2, 0.27, 0.28)), lit.mul(0.36), dark);
      const lined = mix(lit, line, ink.mul(this.#inkStrength).mul(mix(0.6, 1, dark)));
      const place = uv.mul(2).sub(1).mul(frame.extent) as Node<'vec2'>;
      const inked = hatched ? this.#hatch.over(lined as Node<'vec3'>, steepness as Node<'vec2'>, place, line as Node<'vec3'>, frame.pixel) : lined;
      const stone = vec3(0.45, 0.45, 0.44).mul(key.add(sky));
      return vec4(select(spot.w.greaterThan(0.5), inked, stone), 1);
    })();
    return material;
  }

  /** Lays the mesh over a height field, as finely as told, and the light over it. `plateaus` are hatched, but for those of a cut. */
  set(field: HeightField, { detail: cells, exact }: Quality, cut: boolean, plateaus: Plateaus | null): void {
    let grid = this.#grids.get(cells);
    if (!grid) {
      grid = { geometry: gridGeometry(cells), field: null, light: -1, plateaus: null };
      this.#grids.set(cells, grid);
    }
    if (grid.field !== field) {
      grid.field = field;
      const [position, slopes] = [bufferOf(grid, 'position'), bufferOf(grid, 'slopes')];
      layGrid(field, cells, position.array as Float32Array, slopes.array as Float32Array);
      position.needsUpdate = true;
      slopes.needsUpdate = true;
    }
    if (grid.light !== this.#light.version) {
      grid.light = this.#light.version;
      const light = bufferOf(grid, 'light');
      this.#light.lay(cells, light.array as Uint8Array);
      light.needsUpdate = true;
    }
    this.mesh.geometry = grid.geometry;
    if (plateaus && !cut) {
      layPlateaus(grid, cells, plateaus);
      this.#hatched ??= [this.#material({ hatched: true }), this.#material({ exact: true, hatched: true })];
      this.mesh.material = this.#hatched[exact ? 1 : 0];
    } else {
      this.mesh.material = cut ? this.#cut : exact ? this.#exact : this.#quick;
    }
  }

  /** How far apart the lines on plateaus are, in world units. */
  setPitch(pitch: number): void {
    this.#hatch.pitch.value = pitch;
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
    for (const { geometry } of this.#grids.values()) {
      geometry.dispose();
    }
    for (const material of [this.#quick, this.#exact, this.#cut, ...(this.#hatched ?? [])]) {
      material.dispose();
    }
  }
}

/** Two triangles for each cell of a grid, row by row. */
function gridGeometry(cells: number): BufferGeometry {
  const index = new Uint32Array(6 * cells * cells);
  for (let j = 0, k = 0; j < cells; j += 1) {
    for (let i = 0; i < cells; i += 1, k += 6) {
      const a = j * (cells + 1) + i;
      const c = a + cells + 1;
      index.set([a, a + 1, c + 1, a, c + 1, c], k);
    }
  }
  const corners = (cells + 1) ** 2;
  return new BufferGeometry()
    .setIndex(new BufferAttribute(index, 1))
    .setAttribute('position', new BufferAttribute(new Float32Array(3 * corners), 3))
    .setAttribute('slopes', new BufferAttribute(new Float32Array(2 * corners), 2))
    .setAttribute('light', new BufferAttribute(new Uint8Array(4 * corners), 4, true));
}

/** Writes u, v and the height of each corner, and its slopes: found once here, since a software GPU runs the vertex shader for most corners anew. */
function layGrid(field: HeightField, cells: number, places: Float32Array, slopes: Float32Array): void {
  const spot: Spot = { height: 0, du: 0, dv: 0 };
  for (let j = 0, k = 0; j <= cells; j += 1) {
    for (let i = 0; i <= cells; i += 1, k += 1) {
      field.at(i / cells, j / cells, spot);
      places[3 * k] = i / cells;
      places[3 * k + 1] = j / cells;
      places[3 * k + 2] = spot.height;
      slopes[2 * k] = spot.du;
      slopes[2 * k + 1] = spot.dv;
    }
  }
}

/** Gives a grid the steepness of each corner; only a grid on which plateaus were shown carries it. */
function layPlateaus(grid: Grid, cells: number, plateaus: Plateaus): void {
  const { geometry } = grid;
  if (grid.plateaus === plateaus) {
    return;
  }
  grid.plateaus = plateaus;
  if (!geometry.hasAttribute('steepness')) {
    geometry.setAttribute('steepness', new BufferAttribute(new Float32Array(2 * (cells + 1) ** 2), 2));
  }
  const steepness = bufferOf(grid, 'steepness');
  laySteepness(plateaus.samples, plateaus.limit, cells, steepness.array as Float32Array);
  steepness.needsUpdate = true;
}
