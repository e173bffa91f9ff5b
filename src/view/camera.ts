import { TURNING } from '../scene/camera-path.ts';
import type { CameraChoice } from '../scene/scene.ts';

/** Lowest and highest elevation in degrees: never under the terrain, never quite overhead, where azimuth means nothing. */
const ELEVATION = [8, 88] as const;

/** Nearest and farthest. */
const DISTANCE = [0.12, 4] as const;

/** Seconds in which a coasting turn falls to 1/e. */
const COAST = 0.28;

/** Degrees a second below which nothing coasts on. */
const STILL = 0.6;

/** Seconds in which a flight to another view falls to 1/e of its way. */
const FLIGHT = 0.14;

const clamp = (value: number, [least, most]: readonly [number, number]) => Math.min(most, Math.max(least, value));

/** Where one looks from: takes the hand's moves, coasts on after them, flies to presets, and turns by itself when told to. */
export class Camera {
  readonly #calm: () => boolean;
  #now: CameraChoice;
  #goal: CameraChoice | null = null;
  #spin: [number, number] = [0, 0];
  #held = false;

  /** @param calm whether motion that nobody asked for is left out: flights and coasting */
  constructor(choice: CameraChoice, calm: () => boolean) {
    this.#now = choice;
    this.#calm = calm;
  }

  get choice(): CameraChoice {
    return this.#now;
  }

  /** Goes to another choice; flies there where both are in 3D and motion is welcome. */
  set choice(choice: CameraChoice) {
    this.#spin = [0, 0];
    const flies = !this.#calm() && choice.view === '3d' && this.#now.view === '3d' && !this.#held;
    if (flies) {
      const goal = bounded(choice);
      const turns = Math.round((goal.azimuth - this.#now.azimuth) / 360);
      this.#now = { ...this.#now, azimuth: this.#now.azimuth + 360 * turns, turning: choice.turning };
      this.#goal = goal;
    } else {
      this.#goal = null;
      this.#now = bounded(choice);
    }
  }

  /** Whether it moves by itself now. */
  get moving(): boolean {
    return this.#goal !== null || this.#now.turning || this.#spin[0] !== 0 || this.#spin[1] !== 0;
  }

  /** The hand has it: nothing else moves it. */
  hold(): void {
    this.#held = true;
    this.#goal = null;
    this.#spin = [0, 0];
  }

  /** The hand let go at this speed, in degrees a second. */
  release(azimuth = 0, elevation = 0): void {
    this.#held = false;
    this.#spin = this.#calm() || Math.hypot(azimuth, elevation) < STILL ? [0, 0] : [azimuth, elevation];
  }

  /** Turns by degrees. */
  turn(azimuth: number, elevation: number): void {
    this.#now = bounded({
      ...this.#now,
      azimuth: this.#now.azimuth + azimuth,
      elevation: this.#now.elevation + elevation,
    });
  }

  /** Comes nearer (factor below 1) or goes away. */
  zoom(factor: number): void {
    this.#goal = null;
    this.#now = bounded({ ...this.#now, distance: this.#now.distance * factor });
  }

  /** Moves what it looks at, in units of the domain's half-width and half-depth. */
  pan(x: number, y: number): void {
    this.#goal = null;
    const { target } = this.#now;
    this.#now = bounded({ ...this.#now, target: [target[0] + x, target[1] + y] });
  }

  /** Goes on by so many seconds. Returns whether it moved. */
  update(seconds: number): boolean {
    if (this.#goal) {
      this.#fly(1 - Math.exp(-seconds / FLIGHT));
      return true;
    }
    if (this.#held) {
      return false;
    }
    const [azimuth, elevation] = this.#spin;
    if (azimuth !== 0 || elevation !== 0) {
      this.turn(azimuth * seconds, elevation * seconds);
      const decay = Math.exp(-seconds / COAST);
      const slower: [number, number] = [azimuth * decay, elevation * decay];
      this.#spin = Math.hypot(...slower) < STILL ? [0, 0] : slower;
      return true;
    }
    if (this.#now.turning && this.#now.view === '3d') {
      this.turn(TURNING * seconds, 0);
      return true;
    }
    return false;
  }

  #fly(share: number): void {
    const goal = this.#goal as CameraChoice;
    const now = this.#now;
    const mix = (from: number, to: number) => from + share * (to - from);
    const next = {
      ...goal,
      azimuth: mix(now.azimuth, goal.azimuth),
      elevation: mix(now.elevation, goal.elevation),
      distance: mix(now.distance, goal.distance),
      target: [mix(now.target[0], goal.target[0]), mix(now.target[1], goal.target[1])] as const,
    };
    const left =
      Math.abs(next.azimuth - goal.azimuth) +
      Math.abs(next.elevation - goal.elevation) +
      50 * Math.abs(next.distance - goal.distance);
    const off = Math.hypot(next.target[0] - goal.target[0], next.target[1] - goal.target[1]);
    const there = left < 0.05 && off < 1e-3;
    this.#now = there ? goal : next;
    this.#goal = there ? null : goal;
  }
}

/** Keeps a choice within what can be looked from; azimuth within one turn. */
function bounded(choice: CameraChoice): CameraChoice {
  return {
    ...choice,
    azimuth: choice.azimuth - 360 * Math.floor(choice.azimuth / 360),
    elevation: clamp(choice.elevation, ELEVATION),
    distance: clamp(choice.distance, DISTANCE),
    target: [clamp(choice.target[0], [-1.5, 1.5]), clamp(choice.target[1], [-1.5, 1.5])],
  };
}
