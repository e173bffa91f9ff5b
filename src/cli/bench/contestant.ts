/** One of those that are timed on a case, with its particles in place. */
export interface Contestant {
  /** What it is, such as `gpu-k64` or `numpy-float32`: the last part of its row's id. */
  readonly id: string;
  /** Works for about so many seconds and gives the particle-steps a second that it reached. */
  rate(seconds: number): Promise<number>;
  /** Gives back what it holds. */
  end(): Promise<void> | void;
}

/** Times work that is done in whole updates: how many fit into a span follows from the time before. */
export class UpdateTimer {
  #secondsEach = 0;

  /**
   * @param particles moved by each update
   * @param advance does so many updates
   * @returns particle-steps a second
   */
  async rate(particles: number, seconds: number, advance: (updates: number) => Promise<void> | void): Promise<number> {
    const updates = this.#secondsEach > 0 ? Math.max(1, Math.round(seconds / this.#secondsEach)) : 1;
    const began = performance.now();
    await advance(updates);
    const took = (performance.now() - began) / 1000;
    this.#secondsEach = took / updates;
    return (particles * updates) / took;
  }
}

/** Share of the expected time that is slept through before a GPU's promise is waited for. */
const SLEEP_SHARE = 0.85;

/** Work that is over before this share of its time is left to be waited for was over while we slept. */
const LEAST_WAIT = 0.03;

/** What the expectation is multiplied by then. */
const SHORTER = 0.75;

const sleep = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/**
 * Times work that is submitted to a GPU. While a promise of the GPU is pending, Node's main thread spins and takes a core
 * from a software GPU, so most of the expected time is slept through first; a time is counted only when the work was
 * still under way after that.
 */
export class GpuTimer {
  #secondsEach = 0;

  /**
   * @param batch updates are done in multiples of it
   * @param submit submits so many updates
   * @param done resolves when all that was submitted is done
   * @returns particle-steps a second
   */
  async rate(
    particles: number,
    seconds: number,
    batch: number,
    submit: (updates: number) => void,
    done: () => Promise<void>,
  ): Promise<number> {
    for (;;) {
      const expected = this.#secondsEach;
      const updates = expected > 0 ? Math.max(1, Math.round(seconds / expected / batch)) * batch : batch;
      const began = performance.now();
      submit(updates);
      await sleep(SLEEP_SHARE * expected * updates);
      const looked = performance.now();
      await done();
      const ended = performance.now();
      const took = (ended - began) / 1000;
      if (expected === 0 || (ended - looked) / 1000 >= LEAST_WAIT * took) {
        this.#secondsEach = took / updates;
        return (particles * updates) / took;
      }
      this.#secondsEach *= SHORTER;
    }
  }
}
