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
