import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import type { Format, FrameWriter, Take } from '../format.ts';

/** Colours of the palette; one index more says that a pixel stays as it was. */
const COLOURS = 255;

/** Frames from all over the film by which the palette is chosen, and pixels of them that are looked at together. */
const SAMPLES = 8;
const LOOKED_AT = 2 ** 19;

/** Share of the film, and seconds, at its end that fade into its beginning: the last frame joins the first. */
const FADE = { share: 0.25, seconds: 0.4 } as const;

/** Amplitude of the dither: the distance of neighbouring colours in the table of 5, 6 and 5 bits in which the nearest are looked up. */
const DITHER = 8;

/** A threshold for each of 8 × 8 pixels. Source: B. E. Bayer, "An optimum method for two-level rendition of continuous-tone pictures", 1973. */
const BAYER = Float32Array.from({ length: 64 }, (_, k) => {
  const [x, y] = [k % 8, k >> 3];
  let order = 0;
  for (let bit = 0; bit < 3; bit += 1) {
    const [a, b] = [(x >> bit) & 1, (y >> bit) & 1];
    order += ((a ^ b) * 2 + b) * 4 ** (2 - bit);
  }
  return order / 64 - 63 / 128;
});

/** Hundredths of a second at which a frame begins: rounded for each, so that the film keeps its length. */
export const gifTime = (frame: number, fps: number): number => Math.round((100 * frame) / fps);

/** Frames at the end that fade into the first. */
export const gifFade = (frames: number, fps: number): number =>
  Math.min(Math.floor(frames * FADE.share), Math.round(FADE.seconds * fps));

/** One palette for all frames, so that still places stay still. */
async function paletteOf({ recording: { width, height }, frames, preview }: Take): Promise<number[][]> {
  const count = Math.min(SAMPLES, frames);
  const stride = Math.max(1, Math.ceil((count * width * height) / LOOKED_AT));
  const each = Math.floor((width * height) / stride);
  const pixels = new Uint8ClampedArray(4 * count * each);
  const words = new Uint32Array(pixels.buffer);
  for (let sample = 0; sample < count; sample += 1) {
    const shown = await preview(Math.floor((sample * (frames - 1)) / Math.max(1, count - 1)));
    const from = new Uint32Array(shown.buffer, shown.byteOffset, width * height);
    for (let k = 0; k < each; k += 1) {
      words[sample * each + k] = from[k * stride];
    }
  }
  const palette = quantize(pixels, COLOURS);
  return Array.from({ length: COLOURS + 1 }, (_, k) => palette[k] ?? [0, 0, 0]);
}

/** Writes a GIF that loops, frame by frame; of each but the first only what changed. */
class GifWriter implements FrameWriter {
  readonly #take: Take;
  readonly #palette: number[][];
  readonly #colours: number[][];
  readonly #gif = GIFEncoder({ auto: false });
  readonly #dithered: Uint8ClampedArray;
  #first: Uint8ClampedArray = new Uint8ClampedArray();
  #shown: Uint8Array = new Uint8Array();
  #position = 0;

  constructor(take: Take, palette: number[][]) {
    this.#take = take;
    this.#palette = palette;
    this.#colours = palette.slice(0, COLOURS);
    this.#dithered = new Uint8ClampedArray(4 * take.recording.width * take.recording.height);
  }

  async add(shot: { pixels(): Uint8ClampedArray }, frame: number): Promise<void> {
    const { width, height, fps } = this.#take.recording;
    const pixels = shot.pixels();
    if (frame === 0) {
      this.#first = pixels.slice();
      this.#gif.writeHeader();
    }
    this.#dither(pixels, this.#faded(frame));
    const indices = applyPalette(this.#dithered, this.#colours);
    const changes = frame === 0 ? indices : indices.map((index, k) => (index === this.#shown[k] ? COLOURS : index));
    this.#shown = indices;
    this.#gif.writeFrame(changes, width, height, {
      first: frame === 0,
      ...(frame === 0 ? { palette: this.#palette } : {}),
      transparent: frame > 0,
      transparentIndex: COLOURS,
      delay: 10 * (gifTime(frame + 1, fps) - gifTime(frame, fps)),
      repeat: 0,
      dispose: 1,
    });
    await this.#write();
  }

  async finish(): Promise<void> {
    this.#gif.finish();
    await this.#write();
  }

  cancel(): void {
    this.#gif.reset();
  }

  /** How far a frame has faded into the first one, 0 … 1. */
  #faded(frame: number): number {
    const { frames, recording } = this.#take;
    const fade = gifFade(frames, recording.fps);
    return Math.max(0, (frame - (frames - fade) + 1) / (fade + 1));
  }

  #dither(pixels: Uint8ClampedArray, faded: number): void {
    const { width } = this.#take.recording;
    const [first, out] = [this.#first, this.#dithered];
    for (let at = 0, k = 0; at < pixels.length; at += 4, k += 1) {
      const threshold = DITHER * BAYER[8 * (Math.floor(k / width) % 8) + ((k % width) % 8)];
      for (let channel = at; channel < at + 3; channel += 1) {
        out[channel] = pixels[channel] + faded * (first[channel] - pixels[channel]) + threshold;
      }
      out[at + 3] = 255;
    }
  }

  async #write(): Promise<void> {
    const bytes = this.#gif.bytes();
    this.#gif.reset();
    await this.#take.sink.write(bytes, this.#position);
    this.#position += bytes.length;
  }
}

/** A GIF that loops. */
export const gif: Format = {
  id: 'gif',

  open: async (take) => new GifWriter(take, await paletteOf(take)),
};
