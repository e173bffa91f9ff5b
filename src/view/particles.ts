import { cos, float, Fn, length, max, mix, select, sin, smoothstep, uint, varyingProperty, vec2, vec3, vec4, vertexIndex } from 'three/tsl';
import { BufferGeometry, DoubleSide, Mesh, type Node, NodeMaterial } from 'three/webgpu';
import type { LanePoints } from './lane-points.ts';
import type { LaneStyle } from './lane-style.ts';
import { project, shift } from './screen.ts';
import { shapeDistance } from './shapes.ts';
import type { SurfaceNodes } from './surface-nodes.ts';

/** How far beyond the border, as a share of the longer side, a particle is still seen. */
const BORDER = 0.06;

/** A place that no pixel shows. */
const NOWHERE = vec4(2, 2, 2, 1);

/** What the shaders of a lane read. */
export interface LaneNodes {
  readonly surface: SurfaceNodes;
  readonly points: LanePoints;
  readonly style: LaneStyle;
}

/** Where a point of the domain lies, 0…1, and how visible it is: what has left the map fades at its border. */
export function onMap({ surface }: LaneNodes, point: Node<'vec2'>): { uv: Node<'vec2'>; seen: Node<'float'> } {
  const uv = surface.uv(point);
  const outside = uv.sub(0.5).abs().sub(0.5).max(0).mul(surface.frame.extent).mul(2);
  const seen = float(1).sub(smoothstep(0, BORDER, max(outside.x, outside.y)));
  return { uv: uv.clamp(0, 1) as Node<'vec2'>, seen: seen as Node<'float'> };
}

/** The particle that a tracer stands for: chosen ones first, then added ones, the followed one last. */
export function tracerParticle({ style }: LaneNodes, tracer: Node<'uint'>): Node<'uint'> {
  const chosen = tracer.mul(style.columnStep).mul(style.stride);
  const added = style.firstAdded.add(tracer.sub(style.chosen));
  const ranked = select(tracer.lessThan(style.chosen), chosen, added);
  return select(tracer.equal(style.last), style.followed, ranked) as Node<'uint'>;
}

/** The ring's column that a particle's past is in, if any is. */
export function ringColumn({ style }: LaneNodes, particle: Node<'uint'>): Node<'uint'> {
  const added = style.firstColumn.add(particle.sub(style.firstAdded));
  return select(particle.lessThan(style.firstAdded), particle.div(style.stride), added) as Node<'uint'>;
}

/** The ring's cell that holds a column's sample of so many samples ago. */
export function ringCell({ style }: LaneNodes, column: Node<'uint'>, ago: Node<'uint'>): Node<'uint'> {
  return style.head.add(style.slots).sub(ago).mod(style.slots).mul(style.columns).add(column) as Node<'uint'>;
}

/** Corners of the triangle around the unit circle, three vertices to a disc. */
function corner(): Node<'vec2'> {
  const turn = float(vertexIndex.mod(uint(3))).mul((2 * Math.PI) / 3);
  return vec2(sin(turn), cos(turn)).mul(2) as Node<'vec2'>;
}

function discs(name: string, vertex: Node<'vec4'>, fragment: Node<'vec4'>): Mesh {
  const material = new NodeMaterial();
  material.name = name;
  material.side = DoubleSide;
  material.transparent = true;
  material.forceSinglePass = true;
  material.depthWrite = false;
  material.vertexNode = vertex;
  material.fragmentNode = fragment;
  const geometry = new BufferGeometry();
  geometry.setDrawRange(0, 0);
  const mesh = new Mesh(geometry, material);
  mesh.frustumCulled = false;
  return mesh;
}

/** Every particle of a lane as a small disc: three vertices each. */
export function dotsMesh(nodes: LaneNodes): Mesh {
  const { surface, points, style } = nodes;
  const { frame } = surface;
  const at = varyingProperty('vec2', 'placeInDot');
  const seen = varyingProperty('float', 'dotSeen');
  const radius = style.dot.mul(frame.pixel);
  const vertex = Fn(() => {
    const here = points.now(vertexIndex.div(uint(3)) as Node<'uint'>).toVar();
    const map = onMap(nodes, here.xy as Node<'vec2'>);
    const uv = map.uv.toVar() as Node<'vec2'>;
    seen.assign(map.seen.mul(mix(1, 0.35, here.z)));
    const place = surface.place(uv, surface.height(uv));
    const reach = corner().mul(radius.add(1)).toVar();
    at.assign(reach);
    const clip = shift(frame, project(frame, place, 0.004), reach as Node<'vec2'>);
    return select(seen.greaterThan(0.01), clip, NOWHERE);
  })();
  const fragment = Fn(() => {
    const d = length(at);
    const inside = radius.add(0.5).sub(d).clamp(0, 1);
    const edge = smoothstep(radius.mul(0.55), radius.add(0.4), d);
    return vec4(mix(style.colour, style.casing.mul(0.5).add(style.colour.mul(0.35)), edge.mul(0.6)), inside.mul(seen).mul(style.opacity).mul(0.8));
  })();
  return discs('particles', vertex as Node<'vec4'>, fragment as Node<'vec4'>);
}

/** Chosen particles as larger discs of the lane's shape, with a rim; the followed one larger still, in a ring. */
export function tracersMesh(nodes: LaneNodes): Mesh {
  const { surface, points, style } = nodes;
  const { frame } = surface;
  const at = varyingProperty('vec2', 'placeInTracer');
  const seen = varyingProperty('float', 'tracerSeen');
  const size = varyingProperty('float', 'tracerRadius');
  const ringed = varyingProperty('float', 'tracerFollowed');
  const vertex = Fn(() => {
    const tracer = vertexIndex.div(uint(3)).toVar() as Node<'uint'>;
    const particle = tracerParticle(nodes, tracer).toVar() as Node<'uint'>;
    const here = points.now(particle).toVar();
    const map = onMap(nodes, here.xy as Node<'vec2'>);
    const uv = map.uv.toVar() as Node<'vec2'>;
    const before = points.past(ringCell(nodes, ringColumn(nodes, particle), uint(5) as unknown as Node<'uint'>));
    const moved = select(style.filled.greaterThan(uint(5)), length(surface.uv(before).sub(surface.uv(here.xy as Node<'vec2'>))), float(1));
    const followed = select(particle.equal(style.followed), float(1), float(0)).toVar();
    const radius = mix(mix(style.arrived, style.tracer, smoothstep(0.0005, 0.006, moved)), style.tracer.mul(1.55), followed).toVar();
    seen.assign(map.seen.mul(mix(1, 0.35, here.z)));
    size.assign(radius.mul(frame.pixel));
    ringed.assign(followed);
    const outer = mix(radius.mul(1.25).add(1.6), style.tracer.mul(4).add(2), followed).mul(frame.pixel);
    const reach = corner().mul(outer).toVar();
    at.assign(reach);
    const place = surface.place(uv, surface.height(uv));
    const clip = shift(frame, project(frame, place, mix(0.007, 0.03, followed) as Node<'float'>), reach as Node<'vec2'>);
    return select(seen.greaterThan(0.01).and(tracer.lessThan(style.tracers)), clip, NOWHERE);
  })();
  const fragment = Fn(() => {
    const { pixel } = frame;
    const d = shapeDistance(style.shape as unknown as Node<'uint'>, at as unknown as Node<'vec2'>, size as unknown as Node<'float'>).toVar();
    const rim = pixel.mul(1.1);
    const inner = float(0.5).sub(d).clamp(0, 1);
    const outer = rim.add(0.5).sub(d).clamp(0, 1);
    const ring = length(at).sub(style.tracer.mul(3.75).mul(pixel)).abs().toVar();
    const band = pixel.mul(0.9).add(0.5).sub(ring).clamp(0, 1).mul(ringed);
    const casing = pixel.mul(1.9).add(0.5).sub(ring).clamp(0, 1).mul(ringed).mul(0.6);
    const disc = mix(style.casing, style.colour, inner);
    const light = vec3(1).sub(style.casing).mul(0.9);
    const colour = mix(mix(style.casing, light, band), disc, outer);
    return vec4(colour, max(outer, max(band, casing)).mul(seen).mul(style.opacity));
  })();
  return discs('tracers', vertex as Node<'vec4'>, fragment as Node<'vec4'>);
}
