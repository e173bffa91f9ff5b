import type { Recording, RecordingFormatId } from '../scene/recording.ts';
import type { Sink } from './sink.ts';

/** A frame that stands ready to be written. */
export interface Shot {
  /** RGBA row by row, opaque; the memory is used again for the next frame. */
  pixels(): Uint8ClampedArray;
  /** RGBA of the landscape alone, before nothing; alpha is not premultiplied. */
  cutOut(): Uint8ClampedArray;
  /** The map as the text of an SVG file. */
  map(): Promise<string>;
}

/** What a format knows of the recording before it begins. */
export interface Take {
  readonly recording: Recording;
  readonly frames: number;
  readonly sink: Sink;
  /** Shows a frame out of turn, before the first one; what comes of it is forgotten. */
  preview(frame: number): Promise<Uint8ClampedArray>;
}

/** Takes frames, in their order, and makes a file of them. */
export interface FrameWriter {
  /** Resolves when there is room for the next one. @throws Error (rejects) with a sentence */
  add(shot: Shot, frame: number): Promise<void>;
  /** Milliseconds that an encoder has stood without a frame so far; none where nothing is encoded beside the drawing. */
  readonly waited?: number;
  /** The file is whole when this resolves. */
  finish(): Promise<void>;
  /** Gives up: nothing more is written. */
  cancel(): void;
}

/** A way to write frames. */
export interface Format {
  readonly id: RecordingFormatId;
  /** @throws Error (rejects) with a sentence where this browser cannot */
  open(take: Take): Promise<FrameWriter>;
}
