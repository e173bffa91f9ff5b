import { float, Fn, select, uint, uniform, varyingProperty, vec2, vec4, vertexIndex } from 'three/tsl';
import { BufferAttribute, BufferGeometry, DoubleSide, Mesh, type Node, NodeMaterial, Vector3 } from 'three/webgpu';
import type { Look } from './look.ts';
import { across, project, shift } from './screen.ts';
import type { SurfaceNodes } from './surface-nodes.ts';

/** Pieces of each side. */
const PIECES = 96;

/** Width in CSS pixels. */
const WIDTH = 1.6;

/** The line where the terrain ends: it draws the edge, and smooths it. */
export class Rim {
  readonly mesh: Mesh;
  readonly #colour = uniform(new Vector3());

  constructor(surface: SurfaceNodes) {
    const { frame } = surface;
    const offset = varyingProperty('float', 'offsetFromRim');
    const half = frame.pixel.mul(WIDTH / 2);
    const material = new NodeMaterial();
    material.name = 'rim';
    material.side = DoubleSide;
    material.transparent = true;
    material.forceSinglePass = true;
    material.depthWrite = false;
    material.vertexNode = Fn(() => {
      const pair = vertexIndex.div(uint(2)).toVar();
      const number = pair.div(uint(PIECES + 1)).toVar();
      const along = float(pair.mod(uint(PIECES + 1))).div(PIECES).toVar();
      const clip = (t: Node<'float'>) => {
        const far = float(number.mod(uint(2)));
        const uv = select(number.lessThan(uint(2)), vec2(t, far.max(frame.cut)), vec2(far, t.max(frame.cut))).toVar() as Node<'vec2'>;
        return project(frame, surface.place(uv, surface.height(uv)), 0.004);
      };
      const here = clip(along as Node<'float'>).toVar();
      const step = float(1 / PIECES);
      const normal = across(frame, clip(along.sub(step).max(0) as Node<'float'>), clip(along.add(step).min(1) as Node<'float'>));
      const reach = float(vertexIndex.mod(uint(2))).mul(2).sub(1).mul(half.add(0.5));
      offset.assign(reach);
      return shift(frame, here as Node<'vec4'>, normal.mul(reach) as Node<'vec2'>);
    })();
    material.fragmentNode = Fn(() => vec4(this.#colour, half.add(0.5).sub(offset.abs()).clamp(0, 1)))();
    this.mesh = new Mesh(rimGeometry(), material);
    this.mesh.frustumCulled = false;
  }

  setLook(look: Look): void {
    this.#colour.value.set(...look.rim);
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    (this.mesh.material as NodeMaterial).dispose();
  }
}

function rimGeometry(): BufferGeometry {
  const index = new Uint16Array(4 * 6 * PIECES);
  for (let side = 0, k = 0; side < 4; side += 1) {
    for (let i = 0; i < PIECES; i += 1, k += 6) {
      const a = 2 * (side * (PIECES + 1) + i);
      index.set([a, a + 1, a + 3, a, a + 3, a + 2], k);
    }
  }
  return new BufferGeometry().setIndex(new BufferAttribute(index, 1));
}
