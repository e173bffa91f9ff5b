import { frameCount, type Recording, recordingFault } from '../scene/recording.ts';
import type { Scene } from '../scene/scene.ts';
import type { Theme } from '../view/view.ts';
import type { FrameWriter, Shot } from './format.ts';
import { formatOf } from './formats/index.ts';
import type { Sink } from './sink.ts';
import { Studio, type StudioDevice } from './studio.ts';

/** Times in a row that a device may be lost before a recording is given up. */
const LOSSES = 3;

/** How far a recording is. */
export interface Progress {
  /** Frames done, and in all. */
  readonly done: number;
  readonly frames: number;
  /** The update that the last one shows, as the run tells it. */
  readonly step: number;
  /** What that one took. */
  readonly took: Took;
}

/**
 * Milliseconds of a frame: its updates; drawing it, reading it included; converting and encoding it, as far as that was waited for;
 * and `wait`, how long the encoder stood without a frame before this one.
 */
export interface Took {
  readonly simulate: number;
  readonly draw: number;
  readonly encode: number;
  readonly wait: number;
}

/** What is recorded, from where to where. */
export interface Order {
  readonly scene: Scene;
  readonly recording: Recording;
  readonly theme: Theme;
  /** A device of the recording's own; asked again when one is lost. */
  open(): Promise<StudioDevice>;
  readonly sink: Sink;
  readonly signal?: AbortSignal;
  /** Told of each frame before the next one is begun. */
  frame?(progress: Progress, shot: Shot, studio: Studio): void | Promise<void>;
}

/** What was recorded. */
export interface Recorded {
  readonly frames: number;
}

/** Gives out frames from a studio; where its device is lost, from another one. */
class Frames {
  readonly #order: Order;
  #device: StudioDevice['device'] = null;
  #lost = false;
  #studio: Studio | null = null;

  constructor(order: Order) {
    this.#order = order;
  }

  async show(frame: number): Promise<{ readonly shot: Shot; readonly studio: Studio }> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        this.#studio ??= await this.#open();
        return { shot: await this.#studio.show(frame), studio: this.#studio };
      } catch (error) {
        // What failed from a loss may be told of before the loss is.
        await breath();
        const lost = this.#lost;
        this.dispose();
        if (!lost) {
          throw error;
        }
        if (attempt === LOSSES) {
          throw new Error('The graphics device was lost again and again: try a smaller size, or record on the CPU.');
        }
      }
    }
  }

  dispose(): void {
    this.#studio?.dispose();
    this.#studio = null;
    this.#device?.destroy();
    this.#device = null;
  }

  async #open(): Promise<Studio> {
    const { scene, recording, theme, open } = this.#order;
    const on = await open();
    this.#device = on.device;
    this.#lost = false;
    on.device?.lost.then(() => {
      this.#lost ||= this.#device === on.device;
    });
    return Studio.open({ scene, recording, theme, on, lost: () => this.#lost });
  }
}

/**
 * Records a scene: draws each frame when it is ready, however long that takes, and writes it. The same scene gives the same
 * frames on one device, at any speed of the machine.
 * @throws Error (rejects) with a sentence where it cannot be done; the sink then holds nothing of use
 */
export async function record(order: Order): Promise<Recorded> {
  const { scene, recording, sink, signal } = order;
  const fault = recordingFault(recording, scene);
  if (fault !== null) {
    throw new RangeError(fault);
  }
  const frames = frameCount(recording);
  const supply = new Frames(order);
  let writer: FrameWriter | null = null;
  try {
    writer = await (await formatOf(recording.format)).open({
      recording,
      frames,
      sink,
      preview: async (frame) => (await supply.show(frame)).shot.pixels(),
    });
    for (let frame = 0; frame < frames; frame += 1) {
      await breath();
      signal?.throwIfAborted();
      const { shot, studio } = await supply.show(frame);
      const began = performance.now();
      const waited = writer.waited ?? 0;
      await writer.add(shot, frame);
      const took = { ...studio.took, encode: performance.now() - began, wait: (writer.waited ?? 0) - waited };
      await order.frame?.({ done: frame + 1, frames, step: studio.run.step, took }, shot, studio);
    }
    await writer.finish();
  } catch (error) {
    writer?.cancel();
    throw error;
  } finally {
    supply.dispose();
  }
  return { frames };
}

/** Lets the page go on for a moment: see and be seen. Not by a timer, which waits a second in a tab in the background. */
function breath(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
