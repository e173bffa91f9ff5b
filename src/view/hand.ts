import type { CameraChoice } from '../scene/scene.ts';
import type { Camera } from './camera.ts';
import type { Hand } from './gestures.ts';

/** Degrees of a turn for a CSS pixel of a drag. */
const TURN = 0.28;

/** What a hand has hold of. */
export interface Held {
  readonly camera: Camera;
  /** Moves the target against a drag of so many CSS pixels. */
  pan(dx: number, dy: number): void;
  /** Says that the picture has changed under the hand. */
  moved(): void;
}

/**
 * Turns gestures into the moves of a camera: of the one that looks where they begin.
 * @param at what a hand at a place of the page (clientX, clientY) has hold of
 */
export function handOf(at: (x: number, y: number) => Held): Hand {
  let held: Held | null = null;
  const turns = ({ camera }: Held) => camera.choice.view === '3d';
  return {
    grab(x, y) {
      held ??= at(x, y);
      held.camera.hold();
    },
    orbit(dx, dy) {
      if (held && turns(held)) {
        held.camera.turn(-dx * TURN, dy * TURN);
      } else {
        held?.pan(dx, dy);
      }
      held?.moved();
    },
    pan(dx, dy) {
      held?.pan(dx, dy);
      held?.moved();
    },
    zoom(factor, x, y) {
      const { camera, moved } = held ?? at(x, y);
      camera.zoom(factor);
      moved();
    },
    release(vx, vy) {
      if (held && turns(held)) {
        held.camera.release(-vx * TURN, vy * TURN);
      } else {
        held?.camera.release();
      }
      held = null;
    },
  };
}

/**
 * By how much a drag of so many CSS pixels moves what is looked at, in units of the domain's half-width and half-depth.
 * @param scale CSS pixels of a world unit at the target, along x and up the screen
 * @param height CSS pixels of the picture
 * @param extent half the stage's width and depth in world units
 */
export function dragged(
  { view, azimuth, elevation }: CameraChoice,
  scale: readonly [number, number],
  height: number,
  extent: readonly [number, number],
  dx: number,
  dy: number,
): [number, number] {
  const turn = view === '3d' ? ((azimuth + 90) * Math.PI) / 180 : 0;
  const steep = view === '3d' ? Math.max(0.25, Math.sin((elevation * Math.PI) / 180)) : 1;
  // In a profile the cut is moved instead.
  const [right, away] = [-dx / scale[0], view === 'profile' ? -dy / height : dy / scale[1] / steep];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return [(right * cos - away * sin) / extent[0], (right * sin + away * cos) / extent[1]];
}
