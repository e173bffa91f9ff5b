/** A slice of work that can wait for a later frame, well under a millisecond; returns whether there was anything to do. */
export type Slice = () => boolean;

/** Milliseconds of a frame for the page's own work, three.js and the browser's apart: what is left of them is spare. */
const OWN = 1.2;

/** How much of what is known of a work's slices the newest one says. */
const NEWEST = 0.2;

/**
 * Shares what a frame has to spare among works that can wait: a slice of each in turn, until the next one would take the frame beyond
 * its milliseconds. That one is the first of the next frame, and a frame does at least one slice however late it is: so none starves.
 */
export class SpareTime {
  readonly #works: readonly { readonly slice: Slice; usual: number }[];
  #turn = 0;

  constructor(slices: readonly Slice[]) {
    this.#works = slices.map((slice) => ({ slice, usual: 0 }));
  }

  /**
   * Once a frame.
   * @param spent milliseconds that this frame's own work has taken already
   */
  frame(spent: number): void {
    const began = performance.now();
    const { length } = this.#works;
    let [now, done, idle] = [began, 0, 0];
    while (idle < length) {
      const work = this.#works[this.#turn];
      if (done > 0 && now - began + spent + work.usual > OWN) {
        return;
      }
      this.#turn = (this.#turn + 1) % length;
      const busy = work.slice();
      const then = performance.now();
      if (busy) {
        work.usual += NEWEST * (then - now - work.usual);
        done += 1;
      }
      idle = busy ? 0 : idle + 1;
      now = then;
    }
  }
}
