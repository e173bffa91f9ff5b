import type { TerrainSamples } from '../compute/contract.ts';
import type { Domain } from '../landscape/surface.ts';
import type { Relief } from './relief.ts';

/** A place on the height field: height 0…1 and its slopes by u and v, both 0…1 across the domain. */
export interface Spot {
  height: number;
  du: number;
  dv: number;
}

/** Heights on a grid with their exact slopes: what the terrain's texture holds, and what picking and markers ask. */
export interface HeightField {
  readonly size: number;
  readonly domain: Domain;
  /** Height, its rise by u and by v across one cell, and 1 where the loss is a number (0 else), for each sample. */
  readonly texels: Float32Array<ArrayBuffer>;
  /** Interpolates at (u, v) in 0…1, clamped, as the shaders do. */
  at(u: number, v: number, out: Spot): Spot;
}

/** Turns samples into a height field. Slopes are limited so that the interpolation does not overshoot at a jump. */
export function heightFieldOf(samples: TerrainSamples, relief: Relief): HeightField {
  const { size, domain, values } = samples;
  const texels = new Float32Array(4 * size * size);
  for (let k = 0; k < texels.length; k += 4) {
    texels[k] = relief.height(values[k]);
    texels[k + 3] = Number.isNaN(values[k]) ? 0 : 1;
  }
  const cell = [(domain[1] - domain[0]) / (size - 1), (domain[3] - domain[2]) / (size - 1)];
  const strides = [4, 4 * size];
  for (let j = 0, k = 0; j < size; j += 1) {
    for (let i = 0; i < size; i += 1, k += 4) {
      const slope = relief.slope(values[k]);
      for (let axis = 0; axis < 2; axis += 1) {
        const place = axis === 0 ? i : j;
        const before = place > 0 ? texels[k] - texels[k - strides[axis]] : 0;
        const after = place < size - 1 ? texels[k + strides[axis]] - texels[k] : 0;
        const limit = 3 * Math.max(Math.abs(before), Math.abs(after));
        const rise = slope * values[k + 1 + axis] * cell[axis];
        texels[k + 1 + axis] = Number.isFinite(rise) ? Math.min(limit, Math.max(-limit, rise)) : 0;
      }
    }
  }
  return { size, domain, texels, at: (u, v, out) => interpolate(texels, size, u, v, out) };
}

function interpolate(texels: Float32Array, size: number, u: number, v: number, out: Spot): Spot {
  const cells = size - 1;
  const x = Math.min(1, Math.max(0, u)) * cells;
  const y = Math.min(1, Math.max(0, v)) * cells;
  const i = Math.min(cells - 1, Math.floor(x));
  const j = Math.min(cells - 1, Math.floor(y));
  const [s, t] = [x - i, y - j];
  const at = (di: number, dj: number, channel: number) => texels[4 * ((j + dj) * size + i + di) + channel];
  const [s1, t1] = [s * s * (3 - 2 * s), t * t * (3 - 2 * t)];
  const row = (dj: number) => {
    const rise = s * (1 - s) * ((1 - s) * at(0, dj, 1) - s * at(1, dj, 1));
    return at(0, dj, 0) + s1 * (at(1, dj, 0) - at(0, dj, 0)) + rise;
  };
  const blend = (channel: number, a: number) => at(0, a, channel) + s * (at(1, a, channel) - at(0, a, channel));
  const [below, above] = [row(0), row(1)];
  const rise = t * (1 - t) * ((1 - t) * blend(2, 0) - t * blend(2, 1));
  out.height = below + t1 * (above - below) + rise;
  out.du = cells * (blend(1, 0) + t * (blend(1, 1) - blend(1, 0)));
  out.dv = cells * (blend(2, 0) + t * (blend(2, 1) - blend(2, 0)));
  return out;
}
