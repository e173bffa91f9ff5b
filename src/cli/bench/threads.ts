import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { type MessagePort, Worker } from 'node:worker_threads';
import { type LoopState, LOOPS, loopState } from './loops.ts';

/** What a thread is asked: to place particles, or to move them on. */
type Ask =
  | { readonly kind: 'place'; readonly surface: string; readonly starts: Float64Array }
  | { readonly kind: 'advance'; readonly updates: number };

/** The system's number of the thread that calls, or null where the system does not tell. */
function threadNumber(): number | null {
  try {
    return Number(basename(readlinkSync('/proc/thread-self')));
  } catch {
    return null;
  }
}

/** What runs in a thread: answers each request with the thread's number when it is done. */
export function serveLoops(port: MessagePort): void {
  let surface = '';
  let state: LoopState | null = null;
  let done = 0;
  port.on('message', (ask: Ask) => {
    if (ask.kind === 'place') {
      surface = ask.surface;
      state = loopState(ask.starts);
      done = 0;
    } else if (state) {
      LOOPS[surface](state, done + 1, ask.updates);
      done += ask.updates;
    }
    port.postMessage(threadNumber());
  });
}

/** The plain loop on several threads, each with its share of the particles. */
export class LoopThreads {
  readonly #workers: readonly Worker[];

  /** @param program file whose other threads call `serveLoops` */
  constructor(program: string, count: number) {
    this.#workers = Array.from({ length: count }, () => new Worker(program));
  }

  /** Shares the particles out. @returns the threads' numbers, where the system tells them */
  async place(surface: string, starts: Float64Array): Promise<number[]> {
    const share = Math.ceil(starts.length / 2 / this.#workers.length) * 2;
    const numbers = await this.#ask((i) => ({
      kind: 'place',
      surface,
      starts: starts.slice(i * share, (i + 1) * share),
    }));
    return numbers.filter((number) => number !== null);
  }

  async advance(updates: number): Promise<void> {
    await this.#ask(() => ({ kind: 'advance', updates }));
  }

  async end(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #ask(request: (i: number) => Ask): Promise<(number | null)[]> {
    return Promise.all(
      this.#workers.map(async (worker, i) => {
        const answer = once(worker, 'message');
        worker.postMessage(request(i));
        const [number] = await answer;
        return number;
      }),
    );
  }
}
