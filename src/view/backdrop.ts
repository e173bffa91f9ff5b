import { exp, float, Fn, mix, screenCoordinate, smoothstep, uint, uniform, varyingProperty, vec2, vec3, vec4, vertexIndex } from 'three/tsl';
import { BufferGeometry, DoubleSide, Group, Mesh, NodeMaterial, Vector3 } from 'three/webgpu';
import type { Frame } from './frame.ts';
import type { Look } from './look.ts';

/** What the terrain stands before: the page's soft gradient, and the plinth's shadow on the ground. */
export class Backdrop {
  readonly group = new Group();
  readonly #middle = uniform(new Vector3());
  readonly #edge = uniform(new Vector3());
  readonly #strength = uniform(0.5);

  constructor(frame: Frame) {
    this.group.add(this.#page(frame), this.#shadow(frame));
  }

  setLook(look: Look): void {
    this.#middle.value.set(...look.page[0]);
    this.#edge.value.set(...look.page[1]);
    this.#strength.value = look.ground;
  }

  /** Whether the ground is to be seen: from above there is none. */
  set grounded(shown: boolean) {
    this.group.children[1].visible = shown;
  }

  dispose(): void {
    for (const child of this.group.children as Mesh[]) {
      child.geometry.dispose();
      (child.material as NodeMaterial).dispose();
    }
  }

  #page(frame: Frame): Mesh {
    const at = varyingProperty('vec2', 'placeOnPage');
    const material = new NodeMaterial();
    material.name = 'page';
    material.side = DoubleSide;
    material.depthWrite = false;
    material.vertexNode = Fn(() => {
      const corner = vec2(float(vertexIndex.mod(uint(2))), float(vertexIndex.div(uint(2)))).mul(4).sub(1);
      at.assign(corner);
      return vec4(corner, 1, 1);
    })();
    material.fragmentNode = Fn(() => {
      const away = at.sub(vec2(0, 0.1)).mul(vec2(frame.viewport.x.div(frame.viewport.y).clamp(0.6, 1.4), 1)).length().div(1.55);
      // A trace of noise: eight bits show the steps of so faint a gradient.
      const noise = screenCoordinate.xy.dot(vec2(0.06711056, 0.00583715)).fract().mul(52.9829189).fract().sub(0.5).div(255);
      return vec4(mix(this.#middle, this.#edge, smoothstep(0.05, 1, away)).add(noise), 1);
    })();
    return triangle(material, 0);
  }

  #shadow(frame: Frame): Mesh {
    const at = varyingProperty('vec2', 'placeOnGround');
    const material = new NodeMaterial();
    material.name = 'ground shadow';
    material.side = DoubleSide;
    material.transparent = true;
    material.forceSinglePass = true;
    material.depthWrite = false;
    material.vertexNode = Fn(() => {
      const corner = vec2(float(vertexIndex.mod(uint(2))), float(vertexIndex.div(uint(2)))).mul(3.4).sub(0.85);
      at.assign(corner);
      return frame.viewProjection.mul(vec4(corner.x, frame.foot.sub(0.002), corner.y, 1));
    })();
    material.fragmentNode = Fn(() => {
      // The light comes from one side, so the shadow lies a little to the other.
      const middle = at.add(frame.light.xz.mul(0.06));
      const outside = middle.abs().sub(frame.extent.sub(0.02)).max(0).length();
      return vec4(vec3(0.02, 0.03, 0.03), exp(outside.mul(outside).mul(-90)).mul(this.#strength));
    })();
    const mesh = triangle(material, 3);
    return mesh;
  }
}

/** A triangle that holds nothing: its corners are made from their numbers. */
function triangle(material: NodeMaterial, order: number): Mesh {
  const geometry = new BufferGeometry();
  geometry.setDrawRange(0, 3);
  const mesh = new Mesh(geometry, material);
  mesh.frustumCulled = false;
  mesh.renderOrder = order;
  return mesh;
}
