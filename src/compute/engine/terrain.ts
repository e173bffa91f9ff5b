import type { Landscape, TerrainSamples } from '../contract.ts';
import { evaluateOnGpu } from '../swarm/evaluate.ts';

/** Samples a side: enough for a contour within a pixel of the true one by Hermite interpolation, and quick to take again while a slider moves. */
const SIZE = { gpu: 384, reference: 192 } as const;

/**
 * Samples a landscape on a grid over its domain: on the GPU when there is one, else by the float64 closures.
 * @param size samples a side
 */
export async function sampleTerrain(
  device: GPUDevice | null,
  landscape: Landscape,
  size: number = device ? SIZE.gpu : SIZE.reference,
): Promise<TerrainSamples> {
  const { domain } = landscape;
  const [xmin, xmax, ymin, ymax] = domain;
  const at = (low: number, high: number, i: number) => low + (i * (high - low)) / (size - 1);
  if (device) {
    const points = new Float32Array(2 * size * size);
    for (let j = 0, k = 0; j < size; j += 1) {
      const y = at(ymin, ymax, j);
      for (let i = 0; i < size; i += 1, k += 2) {
        points[k] = at(xmin, xmax, i);
        points[k + 1] = y;
      }
    }
    return { size, domain, values: await evaluateOnGpu(device, landscape, points) };
  }
  const values = new Float32Array(4 * size * size);
  const gradient = new Float64Array(2);
  for (let j = 0, k = 0; j < size; j += 1) {
    const y = at(ymin, ymax, j);
    for (let i = 0; i < size; i += 1, k += 4) {
      values[k] = landscape.formula.gradient(at(xmin, xmax, i), y, landscape.parameters, gradient);
      values[k + 1] = gradient[0];
      values[k + 2] = gradient[1];
    }
  }
  return { size, domain, values };
}
