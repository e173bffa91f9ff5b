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

/** What a recording took. */
export interface Recorded {
  readonly frames: number;
  /** Milliseconds a frame on average, of the updates, of drawing, and of conversion and encoding as far as they were waited for. */
  readonly took: { readonly simulate: number; readonly draw: number; readonly encode: number };
}

/** Gives out frames from a studio; where its device is lost, from another one. */
class Frames {
  readonly took = { simulate: 0, draw: 0 };
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
    const { simulate = 0, draw = 0 } = this.#studio?.took ?? {};
    this.took.simulate += simulate;
    this.took.draw += draw;
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
  let encode = 0;
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
      await writer.add(shot, frame);
      encode += performance.now() - began;
      await order.frame?.({ done: frame + 1, frames, step: studio.run.step }, shot, studio);
    }
    const began = performance.now();
    await writer.finish();
    encode += performance.now() - began;
  } catch (error) {
    writer?.cancel();
    throw error;
  } finally {
    supply.dispose();
  }
  const { simulate, draw } = supply.took;
  return { frames, took: { simulate: simulate / frames, draw: draw / frames, encode: encode / frames } };
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
