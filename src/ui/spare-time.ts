/** A slice of work that can wait for a later frame, well under a millisecond; returns whether there was anything to do. */
export type Slice = () => boolean;

/** Milliseconds of a frame for the page's own work, three.js and the browser's apart: what is left of them is spare. */
const OWN = 0.9;

/** The part of the time between two frames that is spare in any case: where frames are few, what waits shall not wait for ever. */
const LEAST = 1 / 100;

/** How much of what is known of a work's slices the newest one says. */
const NEWEST = 0.2;

/**
 * Shares what a frame has to spare among works that can wait: a slice of each in turn, as long as there is time for what such a
 * slice usually takes. A work that is passed over for want of time comes first in the next frame, however long its slices are: so none
 * starves. What a frame took beyond what it had, the next ones have less.
 */
export class SpareTime {
  readonly #works: readonly { readonly slice: Slice; usual: number }[];
  #first = 0;
  /** Milliseconds that frames have taken beyond what they had, negative; else 0. */
  #debt = 0;

  constructor(slices: readonly Slice[]) {
    this.#works = slices.map((slice) => ({ slice, usual: 0 }));
  }

  /**
   * Once a frame.
   * @param milliseconds since the last frame
   * @param spent milliseconds that this frame's own work has taken already
   */
  frame(milliseconds: number, spent: number): void {
    const { length } = this.#works;
    let now = performance.now();
    const end = now + Math.max(OWN - spent, LEAST * milliseconds) + this.#debt;
    let [turn, passed, held, begun] = [this.#first, 0, -1, false];
    while (passed < length) {
      const work = this.#works[turn];
      const fits = begun ? now + work.usual <= end : now < end;
      if (!fits && held < 0) {
        held = turn;
      }
      const busy = fits && work.slice();
      if (busy) {
        const then = performance.now();
        work.usual += NEWEST * (then - now - work.usual);
        now = then;
        begun = true;
      }
      passed = busy ? 0 : passed + 1;
      turn = (turn + 1) % length;
    }
    this.#first = held < 0 ? turn : held;
    this.#debt = Math.min(0, end - now);
  }
}
