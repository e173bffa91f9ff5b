import type { Scene } from './scene.ts';

/** What a recording is written as. */
export interface RecordingFormat {
  readonly id: string;
  readonly name: string;
  /** Of the file's name, without a dot. */
  readonly extension: string;
  /** Its media type. */
  readonly type: string;
  /** Frames after frames, or one picture. */
  readonly moving: boolean;
  /** Sides must be multiples of it: video stores colour for two by two pixels. */
  readonly even: boolean;
  /** Frames a second at most. */
  readonly fastest: number;
}

/** Every format, the most wanted first; where two have one extension, the first is meant by it. */
export const RECORDING_FORMATS = [
  { id: 'mp4', name: 'MP4, H.264', extension: 'mp4', type: 'video/mp4', moving: true, even: true, fastest: 120 },
  { id: 'webm', name: 'WebM, VP9', extension: 'webm', type: 'video/webm', moving: true, even: true, fastest: 120 },
  { id: 'webm-av1', name: 'WebM, AV1', extension: 'webm', type: 'video/webm', moving: true, even: true, fastest: 120 },
  { id: 'gif', name: 'GIF, looping', extension: 'gif', type: 'image/gif', moving: true, even: false, fastest: 50 },
  {
    id: 'frames',
    name: 'PNG frames in a ZIP',
    extension: 'zip',
    type: 'application/zip',
    moving: true,
    even: false,
    fastest: 120,
  },
  {
    id: 'png',
    name: 'PNG, transparent ground',
    extension: 'png',
    type: 'image/png',
    moving: false,
    even: false,
    fastest: 120,
  },
  {
    id: 'svg',
    name: 'SVG of the map',
    extension: 'svg',
    type: 'image/svg+xml',
    moving: false,
    even: false,
    fastest: 120,
  },
] as const satisfies readonly RecordingFormat[];

export type RecordingFormatId = (typeof RECORDING_FORMATS)[number]['id'];

/** Sizes by their names. */
export const RECORDING_SIZES = [
  { id: '720p', name: '720p', width: 1280, height: 720 },
  { id: '1080p', name: '1080p', width: 1920, height: 1080 },
  { id: '1440p', name: '1440p', width: 2560, height: 1440 },
  { id: '4k', name: '4K', width: 3840, height: 2160 },
  { id: 'square', name: 'Square', width: 1080, height: 1080 },
  { id: 'vertical', name: 'Vertical', width: 1080, height: 1920 },
] as const;

/** What is asked of a recording beside the scene. */
export interface Recording {
  readonly format: RecordingFormatId;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Frames a second. */
  readonly fps: number;
  readonly seconds: number;
  /** Update that the first frame shows. */
  readonly from: number;
  /** Pixels drawn for each one of the file along each side; they are averaged. */
  readonly supersampling: number;
  /** Moments of a frame that are averaged for it: 1 is sharp. */
  readonly blur: number;
}

/** What a recording may ask for. */
export const RECORDING_LIMITS = {
  side: [16, 8192],
  fps: [1, 120],
  /** Up to an hour. */
  seconds: [0.001, 3600],
  supersampling: [1, 4],
  blur: [1, 16],
} as const;

/** What a recording is where nobody said otherwise. */
export const DEFAULT_RECORDING: Recording = {
  format: 'mp4',
  width: 1920,
  height: 1080,
  fps: 60,
  seconds: 10,
  from: 0,
  supersampling: 2,
  blur: 1,
};

/** The facts of a format. */
export function recordingFormat(id: RecordingFormatId): RecordingFormat {
  return RECORDING_FORMATS.find((format) => format.id === id) as RecordingFormat;
}

/** Seconds in which a scene's whole budget passes at its speed; at its fastest, ten. */
export function wholeRun({ steps, speed }: Scene): number {
  const [least, most] = RECORDING_LIMITS.seconds;
  // To the thousandth of a second: no frame is so short.
  return speed === 0
    ? DEFAULT_RECORDING.seconds
    : Math.min(most, Math.max(least, Math.round((1000 * steps) / speed) / 1000));
}

/** What cannot be recorded, as a sentence, or null. */
export function recordingFault(
  { format, width, height, fps, seconds, from, supersampling, blur }: Recording,
  scene: Scene,
): string | null {
  const { even, fastest, name } = recordingFormat(format);
  const beyond = (
    value: number,
    [least, most]: readonly [number, number],
    what: string,
    whole = true,
  ): string | null =>
    value >= least && value <= most && (!whole || Number.isInteger(value))
      ? null
      : `${what} is ${value}; it must be ${whole ? 'a whole number ' : ''}from ${least} to ${most}.`;
  const { side } = RECORDING_LIMITS;
  return (
    beyond(width, side, 'The width') ??
    beyond(height, side, 'The height') ??
    (even && (width % 2 > 0 || height % 2 > 0)
      ? `${name} needs even sides, and ${width} × ${height} has an odd one.`
      : null) ??
    beyond(fps, [RECORDING_LIMITS.fps[0], fastest], `The number of frames a second of ${name}`, false) ??
    beyond(seconds, RECORDING_LIMITS.seconds, 'The number of seconds', false) ??
    beyond(from, [0, scene.steps], 'The first step') ??
    beyond(supersampling, RECORDING_LIMITS.supersampling, 'The supersampling') ??
    beyond(blur, RECORDING_LIMITS.blur, 'The motion blur')
  );
}

/** Frames of a recording: one of a picture, of what moves at least one. */
export function frameCount({ format, fps, seconds }: Recording): number {
  return recordingFormat(format).moving ? Math.max(1, Math.round(fps * seconds)) : 1;
}

/**
 * The update that a frame shows. It counts the scene's time, not the clock's: frames of equal distance show updates of equal
 * distance, until the scene's budget is used up. Of a scene at its fastest, the frames share the budget out.
 * @param frame 0 … frameCount - 1; a part of one where motion is blurred
 */
export function stepOfFrame(recording: Recording, { steps, speed }: Scene, frame: number): number {
  const frames = frameCount(recording);
  const passed =
    speed === 0 ? (frame * (steps - recording.from)) / Math.max(1, frames - 1) : (frame * speed) / recording.fps;
  // What is a whole number but for rounding is one.
  return Math.min(steps, recording.from + Math.floor(passed + 1e-9));
}

/** Bits of a video for each pixel of each frame: fine enough that contours and particles stay crisp. */
const BITS = 0.12;

/** Bits a second of a video. */
export function videoBitrate({ width, height, fps }: Recording): number {
  return Math.round(Math.max(200_000, width * height * fps * BITS));
}

/** Bytes of a drawing of vectors, whatever its size. */
const SVG_BYTES = 400_000;

/** Bytes that the file will have about. */
export function estimatedBytes(recording: Recording): number {
  const { format, width, height, seconds } = recording;
  const pixels = width * height * frameCount(recording);
  const perPixel: Readonly<Record<RecordingFormatId, number>> = {
    mp4: 0,
    webm: 0,
    'webm-av1': 0,
    gif: 0.25,
    frames: 1.1,
    png: 1.2,
    svg: 0,
  };
  const { even } = recordingFormat(format);
  if (format === 'svg') {
    return SVG_BYTES;
  }
  return even ? (videoBitrate(recording) * seconds) / 8 : perPixel[format] * pixels;
}
