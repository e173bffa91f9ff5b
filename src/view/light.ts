import type { CameraChoice } from '../scene/scene.ts';

/** The key light is fixed to the view: from the left behind what is seen, so far to the side and so high, in radians. */
const LIGHT_TURN = (-52 * Math.PI) / 180;
export const LIGHT_ELEVATION = (40 * Math.PI) / 180;

/** Where the key light stands. */
export interface KeyLight {
  /** Radians from the x axis towards y. */
  readonly turn: number;
  /** Tangent of its height. */
  readonly slope: number;
  /** Unit vector to it, in world units. */
  readonly direction: readonly [number, number, number];
}

/** The key light stands to the left behind what is seen, wherever one looks from. */
export function lightFor({ view, azimuth }: CameraChoice): KeyLight {
  const away = ((view === '3d' ? azimuth : 270) * Math.PI) / 180 + Math.PI;
  const turn = away - LIGHT_TURN;
  const flat = Math.cos(LIGHT_ELEVATION);
  return {
    turn,
    slope: Math.tan(LIGHT_ELEVATION),
    direction: [flat * Math.cos(turn), Math.sin(LIGHT_ELEVATION), -flat * Math.sin(turn)],
  };
}
