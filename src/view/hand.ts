import type { Camera } from './camera.ts';
import type { Hand } from './gestures.ts';
import type { Place, ViewEvents } from './view.ts';

/** Degrees of a turn for a CSS pixel of a drag. */
const TURN = 0.28;

/** What a hand can reach. */
export interface Reach {
  readonly camera: Camera;
  readonly events: ViewEvents;
  pick(x: number, y: number): Place | null;
  /** Moves the target against a drag of so many CSS pixels. */
  pan(dx: number, dy: number): void;
  /** Says that the picture has changed under the hand. */
  moved(): void;
}

/** Turns gestures into the camera's moves and the view's events. */
export function handOf({ camera, events, pick, pan, moved }: Reach): Hand {
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
    tap: (x, y) => events.tap?.(pick(x, y)),
    brush(from, to, done) {
      const [start, end] = [pick(...from), pick(...to)];
      if (start) {
        events.brush?.(start, end ? Math.hypot(end.x - start.x, end.y - start.y) : 0, done);
      }
    },
    hover: (place) => events.hover?.(place && pick(...place)),
  };
}
