import type { HeightField, Spot } from './height-field.ts';

/** Places a side at which light is worked out. */
export const LIGHT_SIZE = 96;

/** Directions in which the horizon is looked for, evenly around. */
const SECTORS = 16;

/** Distances looked at in each direction, as shares of the longer side; denser nearby. */
const REACH = 0.3;
const STRIDES = 14;

/** Tangents of the angle by which a shadow's edge is soft. */
const PENUMBRA = 0.22;

/** How much of the sky and of the key light each place sees. */
export interface Horizon {
  /** Share of the sky that is open, 0…1, for each place. */
  readonly sky: Float32Array;
  /** Writes the share of the key light, 0…255, of each place: its azimuth in radians from u towards v, its elevation as a tangent. */
  light(azimuth: number, elevation: number, out: Uint8Array): void;
}

/**
 * Finds, for each place, how high the terrain stands above it all around (horizon mapping). Light from any direction then
 * costs one interpolation a place, so that shadows follow the camera.
 * Source: N. Max, "Horizon mapping: shadows for bump-mapped surfaces", 1988.
 * @param relief height of the whole relief in units of the longer side
 * @param extent width and depth, the longer one 1
 */
export function horizonOf(field: HeightField, relief: number, extent: readonly [number, number]): Horizon {
  const size = LIGHT_SIZE;
  const heights = coarse(field, relief);
  const angles = new Float32Array(SECTORS * size * size);
  for (let sector = 0; sector < SECTORS; sector += 1) {
    const turn = (2 * Math.PI * sector) / SECTORS;
    march(heights, Math.cos(turn), Math.sin(turn), extent, angles.subarray(sector * size * size));
  }
  const sky = new Float32Array(size * size);
  for (let k = 0; k < sky.length; k += 1) {
    let open = 0;
    for (let sector = 0; sector < SECTORS; sector += 1) {
      const tangent = angles[sector * size * size + k];
      open += 1 - tangent / Math.sqrt(1 + tangent * tangent);
    }
    sky[k] = open / SECTORS;
  }
  return {
    sky,
    light(azimuth, elevation, out) {
      const turn = ((azimuth / (2 * Math.PI)) * SECTORS + 4 * SECTORS) % SECTORS;
      const share = turn % 1;
      const from = Math.floor(turn) % SECTORS;
      const to = (from + 1) % SECTORS;
      for (let k = 0; k < size * size; k += 1) {
        const tangent = (1 - share) * angles[from * size * size + k] + share * angles[to * size * size + k];
        const t = Math.min(1, Math.max(0, (elevation + PENUMBRA - tangent) / (2 * PENUMBRA)));
        out[k] = 255 * t * t * (3 - 2 * t);
      }
    },
  };
}

function coarse(field: HeightField, relief: number): Float32Array {
  const heights = new Float32Array(LIGHT_SIZE * LIGHT_SIZE);
  const spot: Spot = { height: 0, du: 0, dv: 0 };
  for (let j = 0, k = 0; j < LIGHT_SIZE; j += 1) {
    for (let i = 0; i < LIGHT_SIZE; i += 1, k += 1) {
      heights[k] = relief * field.at(i / (LIGHT_SIZE - 1), j / (LIGHT_SIZE - 1), spot).height;
    }
  }
  return heights;
}

/** The steepest rise seen from each place towards (x, y), as a tangent, at least 0. */
function march(heights: Float32Array, x: number, y: number, extent: readonly [number, number], out: Float32Array): void {
  const size = LIGHT_SIZE;
  const last = size - 1;
  for (let step = 1; step <= STRIDES; step += 1) {
    const distance = REACH * (step / STRIDES) ** 1.5;
    const di = Math.round((x * distance * last) / extent[0]);
    const dj = Math.round((y * distance * last) / extent[1]);
    const run = Math.hypot((di * extent[0]) / last, (dj * extent[1]) / last);
    if (run === 0) {
      continue;
    }
    const shift = dj * size + di;
    const [firstRow, lastRow] = [Math.max(0, -dj), Math.min(last, last - dj)];
    const [first, end] = [Math.max(0, -di), Math.min(last, last - di)];
    for (let j = firstRow; j <= lastRow; j += 1) {
      for (let k = j * size + first; k <= j * size + end; k += 1) {
        const tangent = (heights[k + shift] - heights[k]) / run;
        if (tangent > out[k]) {
          out[k] = tangent;
        }
      }
    }
  }
}
