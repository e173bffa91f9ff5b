import type { Io } from './io.ts';

const WIDTH = 30;
const INTERVAL_MS = 100;

/** A bar on standard error while `done` grows to `total`; nothing unless that is a terminal. */
export class Progress {
  private drawn = false;
  private last = 0;

  constructor(
    private readonly io: Io,
    private readonly label: string,
    private readonly total: number,
  ) {}

  update(done: number): void {
    const now = performance.now();
    if (!this.io.terminal || now - this.last < INTERVAL_MS) return;
    this.last = now;
    this.drawn = true;
    const fraction = this.total > 0 ? Math.min(1, done / this.total) : 1;
    const filled = Math.round(fraction * WIDTH);
    this.io.err(`\r${this.label} [${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${Math.round(fraction * 100)} %`);
  }

  /** Wipes the bar. */
  end(): void {
    if (this.drawn) this.io.err('\r\x1b[K');
    this.drawn = false;
  }
}
