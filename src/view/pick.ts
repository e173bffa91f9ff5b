import type { Vector3 } from 'three/webgpu';
import type { Ground } from './ground.ts';
import type { HeightField, Spot } from './height-field.ts';
import type { Stage } from './projection.ts';

/** Looks along a ray in so many steps before it halves the last one. */
const STEPS = 256;
const HALVINGS = 24;

/** A place 0…1 on the height field. */
export interface Hit {
  readonly u: number;
  readonly v: number;
  /** Length of the ray to it, in world units. */
  readonly distance: number;
  /** Whether it is a side of the plinth that is met, below the relief's edge. */
  readonly side: boolean;
}

/** Where a ray first meets the relief or a side of what it stands on, or null when it misses both. */
export function castRay(field: HeightField, stage: Stage, from: Vector3, along: Vector3): Hit | null {
  const [ex, ez] = stage.extent;
  const spot: Spot = { height: 0, du: 0, dv: 0 };
  const box = [
    [-ex, ex, from.x, along.x],
    [-1e-4, stage.relief + 1e-4, from.y, along.y],
    [-ez, ez, from.z, along.z],
  ];
  let [enter, leave] = [0, Infinity];
  for (const [low, high, start, speed] of box) {
    if (Math.abs(speed) < 1e-12) {
      if (start < low || start > high) {
        return null;
      }
    } else {
      const [a, b] = [(low - start) / speed, (high - start) / speed];
      enter = Math.max(enter, Math.min(a, b));
      leave = Math.min(leave, Math.max(a, b));
    }
  }
  if (!(enter <= leave)) {
    return null;
  }
  const uOf = (t: number) => ((from.x + t * along.x) / ex + 1) / 2;
  const vOf = (t: number) => (1 - (from.z + t * along.z) / ez) / 2;
  const above = (t: number) => from.y + t * along.y - stage.relief * field.at(uOf(t), vOf(t), spot).height;
  let before = enter;
  if (above(enter) < -1e-3) {
    return { u: uOf(enter), v: vOf(enter), distance: enter, side: true };
  }
  for (let k = 1; k <= STEPS; k += 1) {
    const t = enter + ((leave - enter) * k) / STEPS;
    if (above(t) <= 0) {
      let [high, low] = [before, t];
      for (let n = 0; n < HALVINGS; n += 1) {
        const middle = (high + low) / 2;
        if (above(middle) > 0) {
          high = middle;
        } else {
          low = middle;
        }
      }
      return { u: uOf(low), v: vOf(low), distance: low, side: false };
    }
    before = t;
  }
  return null;
}

/** The place of the domain where a ray first meets the ground, and the loss there; null when it misses. */
export function placeUnder(
  { field, relief, stage }: Ground,
  { from, along }: { readonly from: Vector3; readonly along: Vector3 },
) {
  const hit = field && castRay(field, stage, from, along);
  if (!hit || hit.side || !relief) {
    return null;
  }
  const [xmin, xmax, ymin, ymax] = field.domain;
  return {
    x: xmin + hit.u * (xmax - xmin),
    y: ymin + hit.v * (ymax - ymin),
    value: relief.loss(field.at(hit.u, hit.v, { height: 0, du: 0, dv: 0 }).height),
  };
}
