/** One of those that are timed on a case, with its particles in place. */
export interface Contestant {
  /** What it is, such as `gpu-k64` or `numpy-float32`: the last part of its row's id. */
  readonly id: string;
  /** Works for about so many seconds and gives the particle-steps a second that it reached. */
  rate(seconds: number): Promise<number>;
  /** Gives back what it holds. */
  end(): Promise<void> | void;
}

/** Lets a contestant be timed that works in whole updates: their number follows from the pace of the time before. */
export class UpdateTimer {
  #secondsEach = 0;

  /**
   * @param advance does so many updates, and is told about how long they will take
   * @returns particle-steps a second
   */
  async rate(
    count: number,
    seconds: number,
    advance: (updates: number, expectedSeconds: number) => Promise<void> | void,
    multiple = 1,
  ): Promise<number> {
    const updates =
      this.#secondsEach > 0 ? Math.max(1, Math.round(seconds / this.#secondsEach / multiple)) * multiple : multiple;
    const began = performance.now();
    await advance(updates, updates * this.#secondsEach);
    const took = (performance.now() - began) / 1000;
    this.#secondsEach = took / updates;
    return (count * updates) / took;
  }
}
