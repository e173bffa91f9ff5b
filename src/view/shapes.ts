import { abs, atan, cos, Fn, If, float, length, max, min, uint } from 'three/tsl';
import type { Node } from 'three/webgpu';
import { LANE_SHAPES, type LaneShape } from '../scene/colours.ts';

/** Distance of a point from the outline of a shape of radius r around 0, negative inside; all shapes look about equally large. */
type Outline = (at: Node<'vec2'>, r: Node<'float'>) => Node<'float'>;

const OUTLINES: Readonly<Record<LaneShape, Outline>> = {
  disc: (at, r) => length(at).sub(r) as Node<'float'>,
  square: (at, r) => max(abs(at.x), abs(at.y)).sub(r.mul(0.88)) as Node<'float'>,
  triangle: (at, r) => max(abs(at.x).mul(0.866).add(at.y.mul(0.5)), at.y.negate()).sub(r.mul(0.68)) as Node<'float'>,
  diamond: (at, r) => abs(at.x).add(abs(at.y)).mul(0.7071).sub(r.mul(0.87)) as Node<'float'>,
  cross: (at, r) => {
    const a = abs(at).toVar();
    return min(max(a.x.sub(r.mul(1.1)), a.y.sub(r.mul(0.42))), max(a.y.sub(r.mul(1.1)), a.x.sub(r.mul(0.42)))) as Node<'float'>;
  },
  star: (at, r) => {
    const petal = cos(atan(at.x, at.y).mul(5)).mul(0.3).add(0.95);
    return length(at).sub(r.mul(petal)).mul(0.85) as Node<'float'>;
  },
  hexagon: (at, r) => max(abs(at.x).mul(0.866).add(abs(at.y).mul(0.5)), abs(at.y)).sub(r.mul(0.92)) as Node<'float'>,
  ring: (at, r) => abs(length(at).sub(r.mul(0.78))).sub(r.mul(0.36)) as Node<'float'>,
};

/** Distance from the outline of the shape of this number in LANE_SHAPES. */
export function shapeDistance(shape: Node<'uint'>, at: Node<'vec2'>, r: Node<'float'>): Node<'float'> {
  return Fn(() => {
    const distance = float(0).toVar();
    distance.assign(OUTLINES.disc(at, r));
    LANE_SHAPES.forEach((name, k) => {
      if (k > 0) {
        If(shape.equal(uint(k)), () => {
          distance.assign(OUTLINES[name](at, r));
        });
      }
    });
    return distance;
  })() as Node<'float'>;
}
