/** Changes that take a while, done one after the other in the order in which they were asked for. */
export class Changes {
  #last: Promise<void> = Promise.resolve();
  #pending = 0;
  #asked = 0;

  /** Whether every change has been done. */
  get none(): boolean {
    return this.#pending === 0;
  }

  /** Resolves when those asked for so far are done, whatever became of them. */
  get done(): Promise<void> {
    return this.#last;
  }

  /** Does a change after those before it. Rejects as it does; later ones are done all the same. */
  add(change: () => Promise<void>): Promise<void> {
    this.#pending += 1;
    const done = this.#last.then(change).finally(() => {
      this.#pending -= 1;
    });
    this.#last = done.catch(() => {});
    return done;
  }

  /** Likewise, unless another one of these has been asked for when its turn comes: only the newest matters. */
  addNewest(change: () => Promise<void>): Promise<void> {
    this.#asked += 1;
    const ticket = this.#asked;
    return this.add(async () => {
      if (ticket === this.#asked) {
        await change();
      }
    });
  }

  /** What takes no time: at once where nothing is under way, else in its turn. */
  after(act: () => void): void {
    if (this.none) {
      act();
    } else {
      void this.add(async () => act());
    }
  }
}
