import { extname } from 'node:path';
import {
  DEFAULT_RECORDING,
  frameCount,
  type Recording,
  RECORDING_FORMATS,
  RECORDING_LIMITS,
  RECORDING_SIZES,
  type RecordingFormatId,
  recordingFault,
  recordingFormat,
  wholeRun,
} from '../../scene/recording.ts';
import type { Scene } from '../../scene/scene.ts';
import { deviceChoice } from '../device.ts';
import { RequestError } from '../errors.ts';
import { knownWord } from '../known.ts';
import { SCENE_OPTIONS } from '../options.ts';
import { checkPlace, writePlaced } from '../output.ts';
import { Progress } from '../progress.ts';
import { keepScene, requestScene } from '../request.ts';
import { parseInteger, parseWithin } from '../values.ts';
import type { Words } from '../words.ts';
import type { Command } from './command.ts';

const IDS = RECORDING_FORMATS.map(({ id }) => id);
const SIZE_NAMES = RECORDING_SIZES.map(({ id }) => id);

/** Frames a second of a GIF: more would be a large file. */
const GIF_FPS = 30;

/** Signals that a person or a supervisor ends a recording with. */
const ENDINGS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function formatChoice(words: Words, out: string): RecordingFormatId {
  const asked = words.last('format');
  if (asked !== undefined) {
    return knownWord(asked, IDS, 'format');
  }
  const extension = extname(out).slice(1).toLowerCase();
  const format = RECORDING_FORMATS.find((candidate) => candidate.extension === extension);
  if (format) {
    return format.id;
  }
  const known = [...new Set(RECORDING_FORMATS.map((candidate) => `.${candidate.extension}`))].join(', ');
  throw new RequestError(`--out "${out}" does not say what to write: name it with one of ${known}, or give --format.`);
}

function sizeChoice(words: Words): { readonly width: number; readonly height: number } {
  const text = words.last('size') ?? '1080p';
  const sides = /^(\d+)[x×](\d+)$/i.exec(text);
  if (sides) {
    const [width, height] = sides
      .slice(1)
      .map((side) => parseInteger(side, `--size ${text}`, ...RECORDING_LIMITS.side));
    return { width, height };
  }
  const name = knownWord(text.toLowerCase(), SIZE_NAMES, 'size');
  const { width, height } = RECORDING_SIZES.find(({ id }) => id === name) as (typeof RECORDING_SIZES)[number];
  return { width, height };
}

/** A number that an option gives, or what stands for it. */
const numberOf = (
  words: Words,
  name: string,
  range: readonly [number, number],
  otherwise: number,
  whole: boolean,
): number => {
  const text = words.last(name);
  return text === undefined ? otherwise : (whole ? parseInteger : parseWithin)(text, `--${name}`, ...range);
};

/** What the words ask of the recording. */
function recordingOf(words: Words, scene: Scene, out: string): Recording {
  const format = formatChoice(words, out);
  const { moving } = recordingFormat(format);
  const { fps, seconds, supersampling, blur } = RECORDING_LIMITS;
  const recording: Recording = {
    format,
    ...sizeChoice(words),
    fps: numberOf(words, 'fps', fps, format === 'gif' ? GIF_FPS : DEFAULT_RECORDING.fps, false),
    seconds: numberOf(words, 'seconds', seconds, wholeRun(scene), false),
    from: numberOf(words, 'from', [0, scene.steps], moving ? 0 : scene.steps, true),
    supersampling: numberOf(words, 'supersampling', supersampling, DEFAULT_RECORDING.supersampling, true),
    blur: numberOf(words, 'blur', blur, DEFAULT_RECORDING.blur, true),
  };
  const fault = recordingFault(recording, scene);
  if (fault !== null) {
    throw new RequestError(fault);
  }
  return recording;
}

/** `record`: a scene as a film or a picture. */
export const record: Command = {
  name: 'record',
  summary: 'Records a scene as a film or a picture, in a headless browser, every frame when it is ready.',
  usage: '--out FILE [--scene FILE|LINK | the options of a run] [options]',
  details: [
    'What is written follows from the file’s name: .mp4 (H.264), .webm (VP9; AV1 with --format webm-av1), .gif, .zip of PNG frames,',
    '.png (before nothing) or .svg (the map as vectors).',
    'Time is the scene’s, not the clock’s: frame n shows update n × speed ÷ fps, however long a frame takes to draw.',
    'A browser is found, or fetched once; its page draws, on a graphics card where there is one. The file is there whole or not at all.',
  ].join('\n'),
  options: [
    ...SCENE_OPTIONS,
    ...['size', 'fps', 'seconds', 'from', 'supersampling', 'blur', 'device', 'scene', 'save-scene', 'format', 'out'],
  ],
  positionals: 0,
  async run(words, io) {
    const out = words.last('out');
    if (out === undefined) {
      throw new RequestError('--out FILE is missing: a film goes to a file, such as --out clip.mp4.');
    }
    const device = deviceChoice(words, 'auto');
    const scene = await requestScene(words);
    const recording = recordingOf(words, scene, out);
    await checkPlace(out);
    await keepScene(words, scene);
    // What drives a browser takes a while to load, and no other command needs it.
    const { film } = await import('../film.ts');
    const progress = new Progress(io, 'record', frameCount(recording));
    const ending = new AbortController();
    const end = (): void => ending.abort();
    for (const signal of ENDINGS) {
      process.once(signal, end);
    }
    try {
      await writePlaced(out, (write) =>
        film({ scene, recording, device, write, progress: (done) => progress.update(done), signal: ending.signal }),
      );
    } finally {
      progress.end();
      for (const signal of ENDINGS) {
        process.off(signal, end);
      }
    }
    return 0;
  },
};
