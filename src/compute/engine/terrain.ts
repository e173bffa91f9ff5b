import type { Landscape, TerrainSamples } from '../contract.ts';
import { isSoftware } from '../gpu/software.ts';
import { evaluateOnGpu } from '../swarm/evaluate.ts';

/** Samples a side: enough for a contour within a pixel of the true one by Hermite interpolation, and quick to take again while a slider moves. */
const SIZE = { gpu: 384, reference: 192 } as const;

/**
 * Samples a landscape on a grid over its domain: on the GPU when there is one, else by the float64 closures. They serve beside a
 * software GPU too, which is the same processor, and takes longer to compile the kernel than they take for all of it.
 * @param size samples a side
 */
export async function sampleTerrain(
  device: GPUDevice | null,
  landscape: Landscape,
  size?: number,
): Promise<TerrainSamples> {
  const gpu = isSoftware(device?.adapterInfo) ? null : device;
  return gpu
    ? sampleOnGpu(gpu, landscape, size ?? SIZE.gpu)
    : sampleByClosures(landscape, size ?? SIZE.reference);
}

/** The places of `size` samples along one side, both ends included. */
function placesOf(low: number, high: number, size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => low + (i * (high - low)) / (size - 1));
}

async function sampleOnGpu(device: GPUDevice, landscape: Landscape, size: number): Promise<TerrainSamples> {
  const { domain } = landscape;
  const [xs, ys] = [placesOf(domain[0], domain[1], size), placesOf(domain[2], domain[3], size)];
  const points = new Float32Array(2 * size * size);
  for (let j = 0, k = 0; j < size; j += 1) {
    for (let i = 0; i < size; i += 1, k += 2) {
      points[k] = xs[i];
      points[k + 1] = ys[j];
    }
  }
  return { size, domain, values: await evaluateOnGpu(device, landscape, points) };
}

function sampleByClosures({ domain, formula, parameters }: Landscape, size: number): TerrainSamples {
  const [xs, ys] = [placesOf(domain[0], domain[1], size), placesOf(domain[2], domain[3], size)];
  const values = new Float32Array(4 * size * size);
  const gradient = new Float64Array(2);
  for (let j = 0, k = 0; j < size; j += 1) {
    for (let i = 0; i < size; i += 1, k += 4) {
      values[k] = formula.gradient(xs[i], ys[j], parameters, gradient);
      values[k + 1] = gradient[0];
      values[k + 2] = gradient[1];
    }
  }
  return { size, domain, values };
}
