import type { Recording } from '../../scene/recording.ts';
import type { Scene } from '../../scene/scene.ts';
import type { StudioDevice } from '../../record/studio.ts';
import type { Theme } from '../../view/view.ts';
import type { Destination } from './destination.ts';

/** What is recorded, and who watches. */
export interface JobOptions {
  readonly scene: Scene;
  readonly recording: Recording;
  readonly theme: Theme;
  readonly destination: Destination;
  readonly signal: AbortSignal;
  open(): Promise<StudioDevice>;
  /** `left`: milliseconds until it is done, about. */
  progress(done: number, frames: number, left: number): void;
  /** A frame, now and then. */
  frame(pixels: Uint8ClampedArray): void;
}

/** Milliseconds between two frames that are shown. */
const SHOW_EVERY = 400;

/** Records into a destination. @returns whether there is a file: false where it was ended. @throws Error (rejects) with a sentence, without a file */
export async function recordTo({ destination, signal, progress, frame, ...order }: JobOptions): Promise<boolean> {
  const began = performance.now();
  let shown = Number.NEGATIVE_INFINITY;
  try {
    const { record } = await import('../../record/record.ts');
    await record({
      ...order,
      signal,
      sink: destination.sink,
      frame({ done, frames }, shot) {
        const now = performance.now();
        progress(done, frames, ((now - began) / done) * (frames - done));
        if (now - shown >= SHOW_EVERY || done === frames) {
          shown = now;
          frame(shot.pixels());
        }
      },
    });
    await destination.keep();
    return true;
  } catch (error) {
    await destination.discard();
    if (signal.aborted) {
      return false;
    }
    throw (error as Error).name === 'QuotaExceededError'
      ? new Error('The disk is full: free some space, or record a smaller size.')
      : error;
  }
}
