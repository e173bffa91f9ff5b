import { float, Fn, max, mix, pow, select, uint, varyingProperty, vec4, vertexIndex } from 'three/tsl';
import { BufferAttribute, BufferGeometry, DoubleSide, Mesh, type Node, NodeMaterial } from 'three/webgpu';
import { type LaneNodes, onMap, ringCell, ringColumn, tracerParticle } from './particles.ts';
import { across, project, shift } from './screen.ts';

/** Room for trails is made in portions: a click adds one tracer, and most clicks build nothing. */
const ROOM = 16;

/** Widths in units of a tracer's radius: at the particle, and at the oldest sample. */
const WIDE = 0.8;
const NARROW = 0.18;

/** Thickness of the casing on each side, in CSS pixels. */
const CASING = 1;

/** The trails of a lane's tracers as one mesh of ribbons: vertices are numbered tracer by tracer, sample by sample, left and right. */
export class Trails {
  readonly mesh: Mesh;
  readonly #nodes: LaneNodes;

  constructor(nodes: LaneNodes) {
    this.#nodes = nodes;
    const material = new NodeMaterial();
    material.name = 'trails';
    material.side = DoubleSide;
    material.transparent = true;
    material.forceSinglePass = true;
    material.depthWrite = false;
    this.#shade(material);
    this.mesh = new Mesh(ribbons(0, 0), material);
    this.mesh.frustumCulled = false;
  }

  /** Draws the trails of so many tracers, of so many samples. */
  set(tracers: number, samples: number): void {
    const { room, length } = this.#nodes.style;
    this.mesh.visible = samples > 0 && tracers > 0;
    if (this.mesh.visible && (tracers > room.value || samples !== length.value)) {
      room.value = Math.max(room.value, Math.ceil(tracers / ROOM) * ROOM);
      length.value = samples;
      this.mesh.geometry.dispose();
      this.mesh.geometry = ribbons(room.value, samples);
    }
    this.mesh.geometry.setDrawRange(0, 6 * tracers * samples);
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    (this.mesh.material as NodeMaterial).dispose();
  }

  #shade(material: NodeMaterial): void {
    const { surface, points, style } = this.#nodes;
    const { frame } = surface;
    const offset = varyingProperty('float', 'offsetFromTrail');
    const half = varyingProperty('float', 'halfOfTrail');
    const seen = varyingProperty('float', 'trailSeen');
    const casingWidth = frame.pixel.mul(CASING);
    const lesser = (a: Node<'uint'>, b: Node<'uint'>) => select(a.lessThan(b), a, b) as Node<'uint'>;
    const before = (k: Node<'uint'>) => select(k.greaterThan(uint(0)), k.sub(uint(1)), k) as Node<'uint'>;
    material.vertexNode = Fn(() => {
      const pair = vertexIndex.div(uint(2)).toVar();
      const samples = style.length.add(uint(1));
      const tracer = pair.div(samples).toVar() as Node<'uint'>;
      const sample = pair.mod(samples).toVar() as Node<'uint'>;
      const particle = tracerParticle(this.#nodes, tracer).toVar() as Node<'uint'>;
      const column = ringColumn(this.#nodes, particle).toVar() as Node<'uint'>;
      const newest = points.now(particle).toVar();
      const oldest = lesser(style.filled, style.length).toVar() as Node<'uint'>;
      // Sample 0 is where the particle is now, sample k the ring's row of k - 1 rows ago.
      const point = (k: Node<'uint'>): Node<'vec2'> => {
        const kept = lesser(k, oldest).toVar() as Node<'uint'>;
        const past = points.past(ringCell(this.#nodes, column, before(kept)));
        return select(kept.equal(uint(0)), newest.xy, past) as Node<'vec2'>;
      };
      const clip = (at: Node<'vec2'>) => {
        const uv = onMap(this.#nodes, at).uv.toVar() as Node<'vec2'>;
        return project(frame, surface.place(uv, surface.height(uv)), 0.003).toVar() as Node<'vec4'>;
      };
      const here = point(sample).toVar() as Node<'vec2'>;
      const age = float(lesser(sample, oldest)).div(float(oldest).max(1)).toVar();
      const way = across(frame, clip(point(before(sample))), clip(point(sample.add(uint(1)) as Node<'uint'>)));
      const width = style.tracer.mul(WIDE / 2).mul(mix(1, NARROW, age)).mul(frame.pixel).toVar();
      const reach = float(vertexIndex.mod(uint(2))).mul(2).sub(1).mul(width.add(casingWidth).add(0.5)).toVar();
      offset.assign(reach);
      half.assign(width);
      seen.assign(pow(float(1).sub(age), 1.25).mul(onMap(this.#nodes, here).seen).mul(float(1).sub(newest.z)));
      // What lies between two columns of the ring has no past there.
      const kept = particle.mod(style.stride).equal(uint(0)).or(particle.greaterThanEqual(style.firstAdded));
      const moved = shift(frame, clip(here), way.mul(reach) as Node<'vec2'>);
      return select(kept, moved, vec4(2, 2, 2, 1));
    })();
    material.fragmentNode = Fn(() => {
      const away = offset.abs();
      const core = half.add(0.5).sub(away).clamp(0, 1).mul(half.mul(2).min(1)).toVar();
      const casing = half.add(casingWidth).add(0.5).sub(away).clamp(0, 1).mul(style.casingStrength);
      const alpha = max(core, casing).toVar();
      return vec4(mix(style.casing, style.colour, core.div(alpha.max(1e-3))), alpha.mul(seen).mul(style.opacity));
    })();
  }
}

/** Strips of `samples` pieces, one after another. */
function ribbons(count: number, samples: number): BufferGeometry {
  const index = new Uint32Array(6 * count * samples);
  for (let ribbon = 0, k = 0; ribbon < count; ribbon += 1) {
    for (let sample = 0; sample < samples; sample += 1, k += 6) {
      const a = 2 * (ribbon * (samples + 1) + sample);
      index.set([a, a + 1, a + 3, a, a + 3, a + 2], k);
    }
  }
  return new BufferGeometry().setIndex(new BufferAttribute(index, 1));
}
