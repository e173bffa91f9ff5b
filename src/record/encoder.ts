import { codecNames, type LevelledCodec } from './levels.ts';
import { nv12Bytes } from './nv12.ts';

/** Frames that wait for the encoder at most: enough that it never waits for us, few enough that memory stays flat. */
const QUEUE = 4;

/** What is to be encoded. */
interface Wish {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** Bits a second. */
  readonly bitrate: number;
}

/** Takes an encoded frame further; resolves when there is room for the next one. */
type Take = (chunk: EncodedVideoChunk, about: EncodedVideoChunkMetadata | undefined) => Promise<void>;

/** An encoder that never has more than a few frames before it. */
export class Encoder {
  readonly #name: string;
  readonly #encoder: VideoEncoder;
  #taken: Promise<void> = Promise.resolve();
  #fault: Error | null = null;
  #wake = (): void => {};
  /** Frames that it was handed and has not given back, and since when there is none. */
  #under = 0;
  #idleSince: number | null = null;
  #waited = 0;

  constructor(name: string, config: VideoEncoderConfig, take: Take) {
    this.#name = name;
    this.#encoder = new VideoEncoder({
      output: (chunk, about) => {
        this.#under -= 1;
        this.#idleSince = this.#under === 0 ? performance.now() : null;
        this.#taken = this.#taken.then(() => take(chunk, about)).catch((error: Error) => this.#fail(error));
      },
      error: (error) =>
        this.#fail(new Error(`The encoder of ${this.#name} failed in mid-recording (${error.message}).`)),
    });
    this.#encoder.ondequeue = () => this.#wake();
    this.#encoder.configure(config);
  }

  /** Milliseconds that it has stood without a frame between the first one and the last one so far. */
  get waited(): number {
    return this.#waited;
  }

  /** Hands a frame over, which is closed; resolves when there is room for another. @throws Error (rejects) once anything failed */
  async encode(frame: VideoFrame, key: boolean): Promise<void> {
    try {
      this.#check();
      this.#waited += this.#idleSince === null ? 0 : performance.now() - this.#idleSince;
      this.#idleSince = null;
      this.#under += 1;
      this.#encoder.encode(frame, { keyFrame: key });
    } finally {
      frame.close();
    }
    while (!this.#fault && this.#encoder.encodeQueueSize >= QUEUE) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    await this.#taken;
    this.#check();
  }

  /** Resolves when every frame has been taken further. */
  async finish(): Promise<void> {
    await this.#encoder.flush().catch((error: Error) => this.#fail(error));
    await this.#taken;
    this.#check();
    this.close();
  }

  close(): void {
    if (this.#encoder.state !== 'closed') {
      this.#encoder.close();
    }
  }

  #fail(error: Error): void {
    this.#fault ??= error;
    this.#wake();
  }

  #check(): void {
    if (this.#fault) {
      throw this.#fault;
    }
  }
}

const configOf = (codec: string, { width, height, fps, bitrate }: Wish): VideoEncoderConfig => ({
  codec,
  width,
  height,
  framerate: fps,
  bitrate,
  bitrateMode: 'variable',
  latencyMode: 'quality',
  ...(codec.startsWith('avc') ? { avc: { format: 'avc' } } : {}),
});

/** Whether an encoder does what it is said to: some take a configuration and fail at the first frame. */
async function encodes(config: VideoEncoderConfig): Promise<boolean> {
  try {
    const { supported } = await VideoEncoder.isConfigSupported(config);
    if (!supported) {
      return false;
    }
    let bytes = 0;
    const probe = new Encoder('', config, async (chunk) => {
      bytes += chunk.byteLength;
    });
    const { width, height } = config;
    const grey = new Uint8Array(nv12Bytes(width, height)).fill(128);
    await probe.encode(
      new VideoFrame(grey, { format: 'NV12', codedWidth: width, codedHeight: height, timestamp: 0 }),
      true,
    );
    await probe.finish();
    return bytes > 0;
  } catch {
    return false;
  }
}

/**
 * An encoder of this browser, tried out with a frame.
 * @param name of the codec, for people
 * @throws Error (rejects) with a sentence where it has none
 */
export async function encoderFor(codec: LevelledCodec, name: string, wish: Wish, take: Take): Promise<Encoder> {
  const { width, height, fps } = wish;
  if (typeof VideoEncoder === 'undefined') {
    throw new Error(
      'This browser cannot encode video: a current Chrome, Edge, Safari or Firefox can; GIF and PNG work in any.',
    );
  }
  const names = codecNames(codec, width, height, fps);
  if (names.length === 0) {
    throw new Error(
      `${name} allows no ${width} × ${height} at ${fps} frames a second: choose a smaller size or fewer frames.`,
    );
  }
  for (const candidate of names) {
    const config = configOf(candidate, wish);
    if (await encodes(config)) {
      return new Encoder(name, config, take);
    }
  }
  throw new Error(
    `This browser does not encode ${name} at ${width} × ${height}: choose another format, or a smaller size.`,
  );
}
