/** Bounds of the particle-updates in a frame. */
const LEAST_WORK = 2 ** 14;
const MOST_WORK = 2 ** 30;

/** Milliseconds from submitting work to its tally being back: below the first there is room for more, above the second it is too much. */
const QUICK = 14;
const SLOW = 40;

/** Milliseconds over which the reached rate is averaged. */
const WINDOW = 1000;

/**
 * How many updates are due in a frame. It follows the clock when a speed is asked for and the device when not, and never
 * lets work pile up: what the device cannot do in time is not owed, and `behind` says so.
 */
export class Pace {
  /** Updates a second, averaged. */
  rate = 0;
  /** Whether the speed asked for is not reached. */
  behind = false;
  #work: number;
  #owed = 0;
  #elapsed = 0;
  #done = 0;

  /** @param work particle-updates a frame to begin with; the measured pace soon replaces it */
  constructor(work: number) {
    this.#work = work;
  }

  /** Starts anew after a pause. */
  reset(): void {
    this.#owed = 0;
    this.#elapsed = 0;
    this.#done = 0;
    this.behind = false;
  }

  /** Updates of so many particles that fit into a frame. */
  allowance(particles: number): number {
    return Math.max(1, Math.floor(this.#work / Math.max(1, particles)));
  }

  /** Updates due after so many milliseconds at a speed (updates a second, 0 for as fast as it goes). */
  due(milliseconds: number, speed: number, particles: number): number {
    const most = this.allowance(particles);
    if (speed === 0) {
      return most;
    }
    this.wait(milliseconds, speed);
    const updates = Math.min(Math.floor(this.#owed), most);
    this.#owed -= updates;
    return updates;
  }

  /** Lets a frame pass without an update. However late frames come, as after a hidden tab, a quarter of a second is owed at most. */
  wait(milliseconds: number, speed: number): void {
    this.#owed = Math.min(this.#owed + (milliseconds / 1000) * speed, speed / 4 + 1);
  }

  /** Notes what a frame did. */
  passed(updates: number, milliseconds: number, speed: number): void {
    this.#elapsed += milliseconds;
    this.#done += updates;
    if (this.#elapsed >= WINDOW) {
      this.rate = (this.#done / this.#elapsed) * 1000;
      this.behind = this.rate < 0.85 * speed && this.rate < speed - 2;
      this.#elapsed = 0;
      this.#done = 0;
    }
  }

  /** Learns from how many milliseconds it took until submitted work was done. */
  learn(took: number): void {
    if (took < QUICK) {
      this.#work = Math.min(MOST_WORK, this.#work * 1.25);
    } else if (took > SLOW) {
      this.#work = Math.max(LEAST_WORK, this.#work * 0.8);
    }
  }
}
