/** How finely the picture is drawn. */
export interface Quality {
  /** Device pixels drawn for each that the page has, along each side. */
  readonly resolution: number;
  /** Cells a side of the terrain's mesh. */
  readonly detail: number;
  /** Whether contours are interpolated from four samples, not drawn from the nearest one. */
  readonly exact: boolean;
  /** Share of the trail's samples that is drawn. */
  readonly trail: number;
}

/** From the coarsest to the finest. Above 1, pixels are averaged: smooth edges. */
export const LEVELS: readonly Quality[] = [
  { resolution: 0.4, detail: 64, exact: false, trail: 0.2 },
  { resolution: 0.5, detail: 64, exact: false, trail: 0.4 },
  { resolution: 0.6, detail: 96, exact: false, trail: 0.6 },
  { resolution: 0.75, detail: 96, exact: false, trail: 0.8 },
  { resolution: 1, detail: 128, exact: false, trail: 1 },
  { resolution: 1.4, detail: 192, exact: true, trail: 1 },
  { resolution: 2, detail: 256, exact: true, trail: 1 },
];

/** What is drawn when nobody waits for the next frame: a still picture, a saved one. */
export const FINEST = LEVELS[LEVELS.length - 1];

/** How finely a picture that has come to rest is drawn once more, where it moved in this quality. */
export function stillOf({ resolution }: Quality): Quality {
  return { ...FINEST, resolution: Math.min(FINEST.resolution, resolution * 2) };
}

/** Cells a side of the terrain's mesh, and the device pixels that one may span in a picture that is one of several. */
const DETAILS = [48, 64, 96, 128, 192, 256] as const;
const SPAN = 8;

/** As many cells a side as a picture of so many device pixels shows, at most as many as told. */
export function detailFor(pixels: number, most: number): number {
  return Math.min(most, DETAILS.find((cells) => cells * SPAN >= pixels) ?? most);
}

/** Where an unknown device begins: quick to rise, and never a slow first second. */
const FIRST = 3;

/** Milliseconds a frame above which the picture gets coarser; it gets finer when that is expected to take less than the second. */
const SLOW = 44;
const FAST = 38;

/** Frames over which the pace is judged, and how long a level that failed is not tried again, in milliseconds. */
const WINDOW = 8;
const GRUDGE = 8000;

/** A pause longer than this is a hidden tab or a stall of the page, not the picture's doing. */
const STALL = 700;

/** Chooses the level from the intervals between frames, with hysteresis. */
export class Pace {
  #level = FIRST;
  #intervals: number[] = [];
  #failed = -1;
  #failedAt = Number.NEGATIVE_INFINITY;
  #last = Number.NaN;
  #mean = 16;

  get level(): number {
    return this.#level;
  }

  get quality(): Quality {
    return LEVELS[this.#level];
  }

  /** Frames a second, averaged over about half a second. */
  get framesPerSecond(): number {
    return 1000 / this.#mean;
  }

  /** A frame was drawn at this time. Returns whether the level changed. */
  frame(milliseconds: number): boolean {
    const interval = milliseconds - this.#last;
    this.#last = milliseconds;
    if (!(interval > 0 && interval < STALL)) {
      this.#intervals.length = 0;
      return false;
    }
    this.#mean += 0.12 * (interval - this.#mean);
    this.#intervals.push(interval);
    if (this.#intervals.length < WINDOW) {
      return false;
    }
    const sorted = [...this.#intervals].sort((a, b) => a - b);
    const typical = sorted[WINDOW >> 1];
    this.#intervals = [];
    if (typical > SLOW && this.#level > 0) {
      this.#failed = this.#level;
      this.#failedAt = milliseconds;
      this.#level -= typical > 2 * SLOW && this.#level > 1 ? 2 : 1;
      return true;
    }
    const finer = this.#level + 1;
    if (finer === LEVELS.length || (finer === this.#failed && milliseconds - this.#failedAt < GRUDGE)) {
      return false;
    }
    // At worst all of the time goes into pixels.
    const growth = (LEVELS[finer].resolution / LEVELS[this.#level].resolution) ** 2;
    if (typical * growth > FAST) {
      return false;
    }
    this.#level = finer;
    return true;
  }

  /** No frame was drawn on purpose: the next interval says nothing. */
  rest(): void {
    this.#last = Number.NaN;
    this.#intervals.length = 0;
  }
}
