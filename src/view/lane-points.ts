import { abs, Fn, If, int, ivec2, max, storage, textureLoad, uint, vec3 } from 'three/tsl';
import {
  DataTexture,
  FloatType,
  NearestFilter,
  type Node,
  RGBAFormat,
  StorageBufferAttribute,
  type WebGPURenderer,
} from 'three/webgpu';
import { DIVERGED_BEYOND, type ParticleSource } from '../compute/contract.ts';
import { lend, takeBack } from './sharing.ts';

/** Where a lane's particles are and were, for shaders. The source behind it may change at any time. */
export interface LanePoints {
  /** Place of a particle in the domain, and 1 where it has left the number range (its last drawable place then), 0 else. */
  now(particle: Node<'uint'>): Node<'vec3'>;
  /** Place in a cell of the trail ring. */
  past(cell: Node<'uint'>): Node<'vec2'>;
  /** Draws from this source from now on; one of the same kind. */
  set(source: ParticleSource): void;
  dispose(): void;
}

/** Points read straight from the swarm's own buffers. */
export class SharedPoints implements LanePoints {
  readonly #renderer: WebGPURenderer;
  readonly #positions = storage(new StorageBufferAttribute(1, 2), 'vec2', 0).toReadOnly();
  readonly #exits = storage(new StorageBufferAttribute(1, 4), 'vec4', 0).toReadOnly();
  readonly #trail = storage(new StorageBufferAttribute(1, 2), 'vec2', 0).toReadOnly();
  readonly #lent = new Map<{ value: unknown }, { buffer: GPUBuffer; attribute: StorageBufferAttribute }>();

  constructor(renderer: WebGPURenderer) {
    this.#renderer = renderer;
  }

  now(particle: Node<'uint'>): Node<'vec3'> {
    return Fn(() => {
      const place = this.#positions.element(particle).toVar();
      const here = vec3(place, 0).toVar();
      If(max(abs(place.x), abs(place.y)).greaterThan(DIVERGED_BEYOND), () => {
        here.assign(vec3(this.#exits.element(particle).xy, 1));
      });
      return here;
    })() as Node<'vec3'>;
  }

  past(cell: Node<'uint'>): Node<'vec2'> {
    return this.#trail.element(cell) as Node<'vec2'>;
  }

  set(source: ParticleSource): void {
    if (source.kind !== 'gpu') {
      throw new TypeError('These points are drawn from GPU buffers only.');
    }
    this.#lend(this.#positions, source.positions, 2);
    this.#lend(this.#exits, source.exits, 4);
    this.#lend(this.#trail, source.trail ?? source.positions, 2);
  }

  dispose(): void {
    for (const { attribute } of this.#lent.values()) {
      takeBack(this.#renderer, attribute);
    }
    this.#lent.clear();
  }

  #lend(node: { value: unknown }, buffer: GPUBuffer, itemSize: number): void {
    const before = this.#lent.get(node);
    if (before?.buffer === buffer) {
      return;
    }
    const attribute = lend(this.#renderer, buffer, itemSize);
    node.value = attribute;
    this.#lent.set(node, { buffer, attribute });
    if (before) {
      takeBack(this.#renderer, before.attribute);
    }
  }
}

/** Texels in a row of the textures that hold points. */
const ROW = 1024;

/** Points uploaded once a frame from the CPU swarm's arrays, as textures: both backends of three read those alike. */
export class UploadedPoints implements LanePoints {
  readonly #now = textureLoad(pointTexture(1), ivec2(0, 0), 0);
  readonly #past = textureLoad(pointTexture(1), ivec2(0, 0), 0);
  #source: Extract<ParticleSource, { kind: 'cpu' }> | null = null;

  now(particle: Node<'uint'>): Node<'vec3'> {
    return this.#now.load(texelOf(particle)).xyz as Node<'vec3'>;
  }

  past(cell: Node<'uint'>): Node<'vec2'> {
    // Two places a texel.
    const texel = this.#past.load(texelOf(cell.div(uint(2)) as Node<'uint'>)).toVar();
    return cell.mod(uint(2)).equal(uint(0)).select(texel.xy, texel.zw) as Node<'vec2'>;
  }

  set(source: ParticleSource): void {
    if (source.kind !== 'cpu') {
      throw new TypeError('These points are drawn from arrays only.');
    }
    this.#source = source;
    fit(this.#now, source.capacity);
    fit(this.#past, source.trail ? source.trail.length / 4 : 1);
    this.upload();
  }

  /** Brings the arrays, as they are now, to the device. */
  upload(): void {
    if (!this.#source) {
      return;
    }
    const { positions, diverged, count, trail } = this.#source;
    const texels = dataOf(this.#now);
    for (let i = 0; i < count; i += 1) {
      texels[4 * i] = positions[2 * i];
      texels[4 * i + 1] = positions[2 * i + 1];
      texels[4 * i + 2] = diverged[i] >= 0 ? 1 : 0;
    }
    this.#now.value.needsUpdate = true;
    if (trail) {
      dataOf(this.#past).set(trail);
      this.#past.value.needsUpdate = true;
    }
  }

  dispose(): void {
    this.#now.value.dispose();
    this.#past.value.dispose();
  }
}

type PointTexture = ReturnType<typeof textureLoad>;

function texelOf(index: Node<'uint'>): Node<'ivec2'> {
  return ivec2(int(index.mod(uint(ROW))), int(index.div(uint(ROW)))) as Node<'ivec2'>;
}

function dataOf(node: PointTexture): Float32Array {
  return (node.value as DataTexture).image.data as Float32Array;
}

/** Makes the texture large enough for so many texels. */
function fit(node: PointTexture, texels: number): void {
  if (dataOf(node).length < 4 * texels) {
    node.value.dispose();
    node.value = pointTexture(texels);
  }
}

function pointTexture(texels: number): DataTexture {
  const rows = Math.max(1, Math.ceil(texels / ROW));
  const texture = new DataTexture(new Float32Array(4 * ROW * rows), ROW, rows, RGBAFormat, FloatType);
  texture.minFilter = NearestFilter;
  texture.magFilter = NearestFilter;
  texture.needsUpdate = true;
  return texture;
}

