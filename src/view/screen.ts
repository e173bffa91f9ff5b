import { float, normalize, select, vec2, vec4 } from 'three/tsl';
import type { Node } from 'three/webgpu';
import type { Frame } from './frame.ts';

/** Clip-space place of a world point lifted towards the eye by `lift`, which leaves it where it is on the screen: what lies on the surface is not half in it. */
export function project(frame: Frame, point: Node<'vec3'>, lift: Node<'float'> | number): Node<'vec4'> {
  const towards = normalize(frame.eye.xyz.sub(point.mul(frame.eye.w)));
  return frame.viewProjection.mul(vec4(point.add(towards.mul(lift)), 1)) as Node<'vec4'>;
}

/** Moves a clip-space place by so many device pixels, y upwards. */
export function shift(frame: Frame, clip: Node<'vec4'>, pixels: Node<'vec2'>): Node<'vec4'> {
  return vec4(clip.xy.add(pixels.div(frame.viewport).mul(2).mul(clip.w)), clip.zw) as Node<'vec4'>;
}

/** The unit vector on the screen that is square to the way from one clip-space place to another; upwards where they are the same. */
export function across(frame: Frame, from: Node<'vec4'>, to: Node<'vec4'>): Node<'vec2'> {
  const way = to.xy.div(to.w).sub(from.xy.div(from.w)).mul(frame.viewport).toVar();
  const length = way.length().toVar();
  return select(length.greaterThan(float(1e-4)), vec2(way.y.negate(), way.x).div(length.max(1e-6)), vec2(0, 1)) as Node<'vec2'>;
}
