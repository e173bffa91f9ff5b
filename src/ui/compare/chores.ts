/** A long computation that pauses wherever a frame may want to be drawn; what it gives then, if anything, is a draft of its result. */
// biome-ignore lint/suspicious/noConfusingVoidType: a generator that only pauses yields nothing.
export type Chore<T> = Generator<T | undefined | void, T>;

/** Does long computations slice by slice, in the order in which they came; a newer one of a name takes the place of the older. */
export class Chores {
  readonly #waiting = new Map<string, () => boolean>();
  readonly #failed: (error: Error) => void;

  /** @param failed hears of a computation that threw, which is forgotten then */
  constructor(failed: (error: Error) => void) {
    this.#failed = failed;
  }

  /** Takes a computation on. `done` hears of its drafts and its result, unless another one of its name came first. */
  take<T>(name: string, chore: Chore<T>, done: (result: T) => void = () => {}): void {
    this.#waiting.set(name, () => {
      const next = chore.next();
      if (next.value !== undefined) {
        done(next.value as T);
      }
      return Boolean(next.done);
    });
  }

  /** Forgets a computation. */
  drop(name: string): void {
    this.#waiting.delete(name);
  }

  /** Goes on with the first of them until it pauses; whether there was any. */
  slice(): boolean {
    for (const [name, go] of this.#waiting) {
      // Its end may have brought another one of its name.
      if (this.#ends(go) && this.#waiting.get(name) === go) {
        this.#waiting.delete(name);
      }
      return true;
    }
    return false;
  }

  /** Goes on with one; whether it has come to its end. */
  #ends(go: () => boolean): boolean {
    try {
      return go();
    } catch (error) {
      this.#failed(error as Error);
      return true;
    }
  }
}
