import { Zip, ZipPassThrough } from 'fflate';
import type { Format, FrameWriter, Take } from '../format.ts';
import { pngOf } from '../png.ts';

/** Bytes of a ZIP at most: its plain form counts with 32 bits. */
const MOST = 2 ** 32 - 2 ** 24;

/** Files of a ZIP at most: its plain form counts them with 16 bits. */
const MOST_FILES = 2 ** 16 - 1;

/** Digits of a frame's number. */
const DIGITS = 6;

/** Writes each frame as a PNG into a ZIP, as it comes. */
class FramesWriter implements FrameWriter {
  readonly #take: Take;
  readonly #zip: Zip;
  #pieces: Uint8Array[] = [];
  #position = 0;

  constructor(take: Take) {
    this.#take = take;
    this.#zip = new Zip((error, bytes) => {
      if (error) {
        throw error;
      }
      this.#pieces.push(bytes);
    });
  }

  async add(shot: { pixels(): Uint8ClampedArray }, frame: number): Promise<void> {
    const { width, height } = this.#take.recording;
    const picture = await pngOf(shot.pixels(), width, height);
    if (this.#position + picture.length > MOST) {
      throw new Error(
        `The frames are more than a ZIP can hold (4 GiB) from frame ${frame} on: record fewer at a time.`,
      );
    }
    // They are compressed already.
    const file = new ZipPassThrough(`frame-${String(frame).padStart(DIGITS, '0')}.png`);
    this.#zip.add(file);
    file.push(picture, true);
    await this.#write();
  }

  async finish(): Promise<void> {
    this.#zip.end();
    await this.#write();
  }

  cancel(): void {
    this.#zip.terminate();
  }

  async #write(): Promise<void> {
    const pieces = this.#pieces;
    this.#pieces = [];
    for (const piece of pieces) {
      await this.#take.sink.write(piece, this.#position);
      this.#position += piece.length;
    }
  }
}

/** Every frame as a PNG, in a ZIP. */
export const frames: Format = {
  id: 'frames',

  async open(take) {
    if (take.frames > MOST_FILES) {
      throw new Error(
        `A ZIP holds ${MOST_FILES} frames at most, and these are ${take.frames}: record fewer at a time.`,
      );
    }
    return new FramesWriter(take);
  },
};
