import type { Settings } from '../../compute/contract.ts';

/** Points that are kept at most; when there are more, every other one of the older half is dropped. */
const CAPACITY = 4096;

/** What is known of a particle after one of its updates. Point 0 is the start, without an update. */
export interface TrackPoint {
  /** The run's step. */
  readonly step: number;
  readonly x: number;
  readonly y: number;
  readonly loss: number;
  /** The gradient there, as the surface has it: neither noisy nor clipped. */
  readonly gx: number;
  readonly gy: number;
  /** Learning rate × scale of each coordinate in the update that led here; see Stability. NaN where that is not known. */
  readonly sx: number;
  readonly sy: number;
  /** The learning rate of that update. */
  readonly rate: number;
  /** The average of its places, where the run keeps one; else the place. */
  readonly ax: number;
  readonly ay: number;
}

const COLUMNS = ['step', 'x', 'y', 'loss', 'gx', 'gy', 'sx', 'sy', 'rate', 'ax', 'ay'] as const;

/**
 * One particle's way, in float64: its newest CAPACITY/2 points without a gap, older ones ever more thinly. It ends with the first
 * point that has left the number range.
 */
export class Track implements Readonly<Record<keyof TrackPoint, readonly number[]>> {
  readonly step: number[] = [];
  readonly x: number[] = [];
  readonly y: number[] = [];
  readonly loss: number[] = [];
  readonly gx: number[] = [];
  readonly gy: number[] = [];
  readonly sx: number[] = [];
  readonly sy: number[] = [];
  readonly rate: number[] = [];
  readonly ax: number[] = [];
  readonly ay: number[] = [];
  /** The settings of the newest update. */
  settings: Settings;
  /** Whether the last point has left the number range. */
  gone = false;

  constructor(settings: Settings) {
    this.settings = settings;
  }

  /** Points that are kept. */
  get length(): number {
    return this.step.length;
  }

  /** Updates from the start to the newest point. */
  get updates(): number {
    return this.length > 0 ? this.step[this.length - 1] - this.step[0] : 0;
  }

  push(point: TrackPoint): void {
    if (this.length === CAPACITY) {
      this.#thin();
    }
    for (const column of COLUMNS) {
      this[column].push(point[column]);
    }
  }

  /** Leaves out every other point of the older half, and never the start. */
  #thin(): void {
    const half = CAPACITY / 2;
    for (const name of COLUMNS) {
      const column = this[name];
      let kept = 0;
      for (let i = 0; i < CAPACITY; i += i < half ? 2 : 1) {
        column[kept] = column[i];
        kept += 1;
      }
      column.length = kept;
    }
  }
}
