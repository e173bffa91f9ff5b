import { renderGroup, uniform } from 'three/tsl';
import { Matrix4, Vector2, Vector3, Vector4 } from 'three/webgpu';

/**
 * What every shader knows of the picture: one block of uniforms for all. World units: the domain's longer side is 1, x to the
 * right, z against the domain's y, y up from the lowest loss.
 */
export function createFrame() {
  return {
    /** World to clip space, in the device's convention of depth. */
    viewProjection: uniform(new Matrix4()).setGroup(renderGroup),
    /** The eye's place and 1, or the direction to an eye infinitely far away and 0: a point p moved along eye.xyz − p·eye.w stays where it is on the screen. */
    eye: uniform(new Vector4(0, 1, 0, 0)).setGroup(renderGroup),
    /** Device pixels of the picture. */
    viewport: uniform(new Vector2(1, 1)).setGroup(renderGroup),
    /** Device pixels of a CSS pixel. */
    pixel: uniform(1).setGroup(renderGroup),
    /** Half the width and half the depth of the terrain. */
    extent: uniform(new Vector2(0.5, 0.5)).setGroup(renderGroup),
    /** Height of the whole relief. */
    relief: uniform(0.28).setGroup(renderGroup),
    /** The plinth's foot, below 0. */
    foot: uniform(-0.045).setGroup(renderGroup),
    /** v below which nothing of the ground is drawn: where a profile is cut, else 0. */
    cut: uniform(0).setGroup(renderGroup),
    /** The domain's lower corner, and 1 over its width and depth. */
    origin: uniform(new Vector2()).setGroup(renderGroup),
    scale: uniform(new Vector2(1, 1)).setGroup(renderGroup),
    /** Unit vector to the key light. */
    light: uniform(new Vector3(0, 1, 0)).setGroup(renderGroup),
  };
}

export type Frame = ReturnType<typeof createFrame>;
