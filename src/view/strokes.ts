import { attribute, Fn, max, mix, uniform, varyingProperty, vec2, vec4 } from 'three/tsl';
import { BufferAttribute, BufferGeometry, DoubleSide, Mesh, type Node, NodeMaterial, Vector3 } from 'three/webgpu';
import type { HeightField } from './height-field.ts';
import type { Look } from './look.ts';
import { across, project, shift } from './screen.ts';
import { type FieldDrawing, strokesOf, type StrokeVertices } from './stroke-shapes.ts';
import type { SurfaceNodes } from './surface-nodes.ts';

/** Thickness of the casing on each side, in CSS pixels, and how much of it and of the line covers the ground. */
const CASING = 1;
const COVER = 0.9;

/** Strength of the casing: enough that a thin line is seen on ground of its own colour, not so much that it looks double. */
const CASED = 0.52;

/** How far a stroke is lifted towards the eye: as the mesh below it is made of triangles. */
const LIFT = 0.004;

/**
 * The gradient field on the terrain: strokes of constant width on the screen, hidden by ridges as all that lies on the ground,
 * and below particles and trails. Nothing is made before a field is asked for.
 */
export class Strokes {
  readonly mesh: Mesh;
  readonly #surface: SurfaceNodes;
  readonly #colour = uniform(new Vector3(1, 1, 1));
  readonly #casing = uniform(new Vector3());
  readonly #scale = uniform(1);
  #drawing: FieldDrawing | null = null;
  #laid: HeightField | null = null;

  constructor(surface: SurfaceNodes) {
    this.#surface = surface;
    this.mesh = new Mesh(new BufferGeometry(), new NodeMaterial());
    this.mesh.frustumCulled = false;
    this.mesh.visible = false;
    this.#shade(this.mesh.material as NodeMaterial);
  }

  /** Takes over what is to be drawn; null draws nothing. */
  set(drawing: FieldDrawing | null): void {
    this.#drawing = drawing;
    this.#laid = null;
  }

  setLook(look: Look): void {
    this.#colour.value.set(...look.rim);
    this.#casing.value.set(...look.casing);
  }

  /** Lays the strokes over a height field where they are not yet. `shown`: whether the view has room for them; `scale` as for all signs. */
  lay(field: HeightField, shown: boolean, scale: number): void {
    this.mesh.visible = shown && this.#drawing !== null;
    if (!this.mesh.visible || !this.#drawing) {
      return;
    }
    this.#scale.value = scale;
    if (this.#laid !== field) {
      this.#laid = field;
      this.mesh.geometry.dispose();
      this.mesh.geometry = geometryOf(strokesOf(this.#drawing, field));
    }
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    (this.mesh.material as NodeMaterial).dispose();
  }

  #shade(material: NodeMaterial): void {
    const surface = this.#surface;
    const { frame } = surface;
    const offset = varyingProperty('float', 'offsetFromStroke');
    const half = varyingProperty('float', 'halfOfStroke');
    const unit = frame.pixel.mul(this.#scale);
    const casing = frame.pixel.mul(CASING);
    material.name = 'strokes';
    material.side = DoubleSide;
    material.transparent = true;
    material.forceSinglePass = true;
    material.depthWrite = false;
    material.vertexNode = Fn(() => {
      const at = attribute<'vec3'>('position', 'vec3');
      const ahead = at.add(attribute<'vec3'>('ahead', 'vec3'));
      // Side (-1 or 1), half the width, and how far along it is moved, in CSS pixels.
      const pen = attribute<'vec3'>('pen', 'vec3');
      const clip = (place: Node<'vec3'>) =>
        project(frame, surface.place(place.xy as Node<'vec2'>, place.z as Node<'float'>), LIFT).toVar() as Node<'vec4'>;
      const here = clip(at as Node<'vec3'>);
      const normal = across(frame, here, clip(ahead as Node<'vec3'>)).toVar();
      const width = pen.y.mul(unit).toVar();
      const reach = pen.x.mul(width.add(casing).add(0.5)).toVar();
      offset.assign(reach);
      half.assign(width);
      const along = vec2(normal.y, normal.x.negate()).mul(pen.z.mul(unit));
      return shift(frame, here, normal.mul(reach).add(along) as Node<'vec2'>);
    })();
    material.fragmentNode = Fn(() => {
      const away = offset.abs();
      const core = half.add(0.5).sub(away).clamp(0, 1).mul(half.mul(2).min(1)).toVar();
      const around = half.add(casing).add(0.5).sub(away).clamp(0, 1).mul(CASED);
      const alpha = max(core, around).toVar();
      return vec4(mix(this.#casing, this.#colour, core.div(alpha.max(1e-3))), alpha.mul(COVER));
    })();
  }
}

function geometryOf({ places, ahead, pens, index }: StrokeVertices): BufferGeometry {
  return new BufferGeometry()
    .setIndex(new BufferAttribute(index, 1))
    .setAttribute('position', new BufferAttribute(places, 3))
    .setAttribute('ahead', new BufferAttribute(ahead, 3))
    .setAttribute('pen', new BufferAttribute(pens, 3));
}
