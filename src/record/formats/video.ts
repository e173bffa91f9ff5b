import {
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
  type OutputFormat,
  StreamTarget,
  type StreamTargetChunk,
  WebMOutputFormat,
} from 'mediabunny';
import { recordingFormat, type Recording, videoBitrate } from '../../scene/recording.ts';
import { type Encoder, encoderFor } from '../encoder.ts';
import type { Format, FrameWriter, Take } from '../format.ts';
import type { LevelledCodec } from '../levels.ts';
import { nv12Bytes, toNv12 } from '../nv12.ts';

/** Seconds between two frames that a player can jump to. */
const KEY_EVERY = 2;

/** Bytes that are gathered before they are written. */
const GATHERED = 2 ** 20;

const MICROSECONDS = 1e6;

/** Writes frames as a video: conversion, encoder, container. */
class VideoWriter implements FrameWriter {
  readonly #take: Take;
  readonly #encoder: Encoder;
  readonly #output: Output;
  readonly #planes: Uint8Array<ArrayBuffer>;

  constructor(take: Take, encoder: Encoder, output: Output) {
    this.#take = take;
    this.#encoder = encoder;
    this.#output = output;
    const { width, height } = take.recording;
    this.#planes = new Uint8Array(nv12Bytes(width, height));
  }

  get waited(): number {
    return this.#encoder.waited;
  }

  async add(shot: { pixels(): Uint8ClampedArray }, frame: number): Promise<void> {
    const { width, height, fps } = this.#take.recording;
    toNv12(shot.pixels(), width, height, this.#planes);
    const at = (n: number): number => Math.round((n * MICROSECONDS) / fps);
    const picture = new VideoFrame(this.#planes, {
      format: 'NV12',
      codedWidth: width,
      codedHeight: height,
      timestamp: at(frame),
      duration: at(frame + 1) - at(frame),
      colorSpace: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false },
    });
    await this.#encoder.encode(picture, frame % Math.max(1, Math.round(KEY_EVERY * fps)) === 0);
  }

  async finish(): Promise<void> {
    await this.#encoder.finish();
    await this.#output.finalize();
  }

  cancel(): void {
    this.#encoder.close();
    this.#output.cancel().catch(() => {});
  }
}

/** What a video format is made of. */
interface VideoKind {
  readonly id: Format['id'];
  readonly codec: LevelledCodec;
  readonly container: () => OutputFormat;
}

/** Packets carry whole frames' times: computed from their numbers, so that rounding to microseconds does not stay. */
function timed(chunk: EncodedVideoChunk, { fps }: Recording): EncodedPacket {
  const frame = Math.round((chunk.timestamp * fps) / MICROSECONDS);
  return EncodedPacket.fromEncodedChunk(chunk).clone({ timestamp: frame / fps, duration: 1 / fps });
}

const video = ({ id, codec, container }: VideoKind): Format => ({
  id,
  async open(take) {
    const { recording, frames, sink } = take;
    const target = new WritableStream<StreamTargetChunk>({ write: ({ data, position }) => sink.write(data, position) });
    const output = new Output({
      format: container(),
      target: new StreamTarget(target, { chunked: true, chunkSize: GATHERED }),
    });
    const source = new EncodedVideoPacketSource(codec);
    output.addVideoTrack(source, { frameRate: recording.fps, maximumPacketCount: frames });
    const bitrate = videoBitrate(recording);
    const encoder = await encoderFor(codec, recordingFormat(id).name, { ...recording, bitrate }, (chunk, about) =>
      source.add(timed(chunk, recording), about),
    );
    await output.start();
    return new VideoWriter(take, encoder, output);
  },
});

/** Its index stands first in the file, so that it plays while it loads; room for it is left at the beginning. */
export const mp4 = video({
  id: 'mp4',

  codec: 'avc',
  container: () => new Mp4OutputFormat({ fastStart: 'reserve' }),
});
export const webm = video({ id: 'webm', codec: 'vp9', container: () => new WebMOutputFormat() });
export const webmAv1 = video({
  id: 'webm-av1',

  codec: 'av1',
  container: () => new WebMOutputFormat(),
});
