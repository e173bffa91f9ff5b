import { Group, type Mesh, type NodeMaterial, type WebGPURenderer } from 'three/webgpu';
import { MAX_ADDED, type ParticleSource } from '../compute/contract.ts';
import { LANE_SHAPES, type LaneShape } from '../scene/colours.ts';
import { type LanePoints, SharedPoints, UploadedPoints } from './lane-points.ts';
import { createLaneStyle, type LaneStyle, NONE } from './lane-style.ts';
import type { Look } from './look.ts';
import { parseHex } from './oklab.ts';
import { dotsMesh, type LaneNodes, tracersMesh } from './particles.ts';
import type { SurfaceNodes } from './surface-nodes.ts';
import { Trails } from './trails.ts';

/** A lane as it is to be drawn. */
export interface LaneDrawing {
  /** Index into the scene's lanes; an average of places has that of its lane. */
  readonly lane: number;
  readonly source: ParticleSource;
  /** `#rrggbb`. */
  readonly colour: string;
  readonly shape: LaneShape;
  /** Drawn over the others. */
  readonly front: boolean;
  /** 0 … 1; below 1 it stands back behind the others. */
  readonly opacity: number;
}

/** Tracers that all lanes share out among themselves. */
const TRACERS = 300;

/** One lane's three meshes: trails, every particle, tracers. */
class LanePicture {
  readonly group = new Group();
  readonly kind: ParticleSource['kind'];
  readonly #points: LanePoints;
  readonly #style: LaneStyle = createLaneStyle();
  readonly #trails: Trails;
  readonly #dots: Mesh;
  readonly #tracers: Mesh;
  #lane = 0;
  #source: ParticleSource;
  #initial: number;

  constructor(renderer: WebGPURenderer, surface: SurfaceNodes, source: ParticleSource) {
    this.kind = source.kind;
    this.#source = source;
    this.#initial = source.count;
    this.#points = source.kind === 'gpu' ? new SharedPoints(renderer) : new UploadedPoints();
    const nodes: LaneNodes = { surface, points: this.#points, style: this.#style };
    this.#trails = new Trails(nodes);
    this.#dots = dotsMesh(nodes);
    this.#tracers = tracersMesh(nodes);
    this.group.add(this.#dots, this.#trails.mesh, this.#tracers);
  }

  set({ lane, source, colour, shape, front, opacity }: LaneDrawing, followed: number | null, order: number): void {
    if (source.positions !== this.#source.positions || source.count < this.#initial) {
      this.#initial = source.count;
    }
    this.#lane = lane;
    this.#source = source;
    this.#points.set(source);
    this.#style.colour.value.set(...parseHex(colour));
    this.#style.opacity.value = opacity;
    this.#style.shape.value = LANE_SHAPES.indexOf(shape);
    this.#style.followed.value = followed ?? NONE;
    const base = 10 + 10 * (front ? 100 : order);
    this.#dots.renderOrder = base;
    this.#trails.mesh.renderOrder = base + 1;
    this.#tracers.renderOrder = base + 2;
  }

  setLook(look: Look, scale: number): void {
    this.#style.casing.value.set(...look.casing);
    this.#style.casingStrength.value = look.casingStrength;
    this.#style.dot.value = Math.max(0.75, 0.9 * scale);
    this.#style.tracer.value = 3.2 * scale;
    this.#style.arrived.value = 1.9 * scale;
  }

  /** Shown among all, or where its lane is the only one. */
  show(only: number | null): void {
    this.group.visible = only === null || only === this.#lane;
  }

  /** Follows what the swarm did: how many particles, where the ring is. */
  update(lanes: number, samples: number): void {
    const { count, ring, trail } = this.#source;
    const style = this.#style;
    const added = Math.max(0, count - this.#initial);
    const columns = ring ? ring.columns - MAX_ADDED : this.#initial;
    const columnStep = Math.max(1, Math.ceil(columns / Math.max(1, Math.floor(TRACERS / lanes))));
    style.columnStep.value = columnStep;
    style.chosen.value = Math.ceil(columns / columnStep);
    const ranked = style.chosen.value + added;
    const follows = style.followed.value !== NONE && style.followed.value < count;
    style.last.value = follows ? ranked : NONE;
    style.tracers.value = follows ? ranked + 1 : ranked;
    style.stride.value = ring?.stride ?? 1;
    style.firstColumn.value = columns;
    style.firstAdded.value = this.#initial;
    style.columns.value = ring?.columns ?? 1;
    style.slots.value = ring?.slots ?? 1;
    style.head.value = Math.max(0, ring?.head ?? 0);
    style.filled.value = ring?.filled ?? 0;
    this.#trails.set(style.tracers.value, trail && ring ? Math.min(samples, ring.slots) : 0);
    this.#tracers.geometry.setDrawRange(0, 3 * style.tracers.value);
    this.#dots.visible = style.chosen.value < this.#initial;
    this.#dots.geometry.setDrawRange(0, 3 * count);
    if (this.#points instanceof UploadedPoints) {
      this.#points.upload();
    }
  }

  dispose(): void {
    this.#points.dispose();
    this.#trails.dispose();
    for (const mesh of [this.#dots, this.#tracers]) {
      mesh.geometry.dispose();
      (mesh.material as NodeMaterial).dispose();
    }
  }
}

/** All lanes of the picture. */
export class Lanes {
  readonly group = new Group();
  readonly #renderer: WebGPURenderer;
  readonly #surface: SurfaceNodes;
  readonly #pictures: LanePicture[] = [];
  #look: Look | null = null;
  #scale = 1;

  constructor(renderer: WebGPURenderer, surface: SurfaceNodes) {
    this.#renderer = renderer;
    this.#surface = surface;
  }

  get count(): number {
    return this.#pictures.length;
  }

  /** Replaces what is drawn. Meshes are used again, so that a new run compiles nothing. */
  set(lanes: readonly LaneDrawing[], followed: { readonly lane: number; readonly particle: number } | null): void {
    lanes.forEach((lane, k) => {
      if (this.#pictures[k]?.kind !== lane.source.kind) {
        this.#drop(k);
        this.#pictures[k] = new LanePicture(this.#renderer, this.#surface, lane.source);
        this.group.add(this.#pictures[k].group);
      }
      this.#pictures[k].set(lane, followed?.lane === k ? followed.particle : null, k);
    });
    for (let k = this.#pictures.length - 1; k >= lanes.length; k -= 1) {
      this.#drop(k);
    }
    this.#pictures.length = lanes.length;
    if (this.#look) {
      this.setLook(this.#look, this.#scale);
    }
  }

  /** @param scale of all particles and trails: 1 on a full page, less on a phone */
  setLook(look: Look, scale: number): void {
    this.#look = look;
    this.#scale = scale;
    for (const picture of this.#pictures) {
      picture.setLook(look, scale);
    }
  }

  /** Draws this lane of the scene alone from now on; null: all. */
  show(only: number | null): void {
    for (const picture of this.#pictures) {
      picture.show(only);
    }
  }

  /** Before each frame. `samples`: length of trails. */
  update(samples: number): void {
    for (const picture of this.#pictures) {
      picture.update(this.#pictures.length, samples);
    }
  }

  dispose(): void {
    this.#pictures.forEach((_, k) => {
      this.#drop(k);
    });
    this.#pictures.length = 0;
  }

  #drop(k: number): void {
    const picture = this.#pictures[k];
    if (picture) {
      this.group.remove(picture.group);
      picture.dispose();
    }
  }
}
