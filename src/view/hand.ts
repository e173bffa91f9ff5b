import type { Camera } from './camera.ts';
import type { Hand } from './gestures.ts';

/** Degrees of a turn for a CSS pixel of a drag. */
const TURN = 0.28;

/** What a hand can reach. */
export interface Reach {
  readonly camera: Camera;
  /** Moves the target against a drag of so many CSS pixels. */
  pan(dx: number, dy: number): void;
  /** Says that the picture has changed under the hand. */
  moved(): void;
}

/** Turns gestures into the camera's moves. */
export function handOf({ camera, pan, moved }: Reach): Hand {
  const turns = () => camera.choice.view === '3d';
  return {
    grab: () => camera.hold(),
    orbit(dx, dy) {
      if (turns()) {
        camera.turn(-dx * TURN, dy * TURN);
      } else {
        pan(dx, dy);
      }
      moved();
    },
    pan(dx, dy) {
      pan(dx, dy);
      moved();
    },
    zoom(factor) {
      camera.zoom(factor);
      moved();
    },
    release: (vx, vy) => (turns() ? camera.release(-vx * TURN, vy * TURN) : camera.release()),
  };
}
