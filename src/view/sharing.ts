import { StorageBufferAttribute, type WebGPURenderer } from 'three/webgpu';

/** three's private records of what it keeps on the device for an attribute. */
interface Backend {
  get(key: object): { buffer?: { destroy(): void } };
}

/** Stands in for a buffer that is not three's to destroy. */
const NOTHING = { destroy() {} };

/**
 * Lends a GPU buffer of the swarm's to three, as a storage attribute that reads it. This goes through a private door of
 * three's backend (a record whose `buffer` is set already is taken as it is), and is the only place that does.
 */
export function lend(renderer: WebGPURenderer, buffer: GPUBuffer, itemSize: number): StorageBufferAttribute {
  const attribute = new StorageBufferAttribute(new Float32Array(itemSize), itemSize);
  record(renderer, attribute).buffer = buffer;
  return attribute;
}

/** Takes the buffer back: three forgets it, and destroys nothing. */
export function takeBack(renderer: WebGPURenderer, attribute: StorageBufferAttribute): void {
  record(renderer, attribute).buffer = NOTHING;
  attribute.dispose();
}

function record(renderer: WebGPURenderer, attribute: StorageBufferAttribute): { buffer?: { destroy(): void } } {
  return (renderer.backend as unknown as Backend).get(attribute);
}
