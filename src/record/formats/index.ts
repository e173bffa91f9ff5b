import type { RecordingFormatId } from '../../scene/recording.ts';
import type { Format } from '../format.ts';

/** Where each format's code is; it comes when it is needed. */
const FORMATS: Readonly<Record<RecordingFormatId, () => Promise<Format>>> = {
  mp4: async () => (await import('./video.ts')).mp4,
  webm: async () => (await import('./video.ts')).webm,
  'webm-av1': async () => (await import('./video.ts')).webmAv1,
  gif: async () => (await import('./gif.ts')).gif,
  frames: async () => (await import('./frames.ts')).frames,
  svg: async () => (await import('./svg.ts')).svg,
  png: async () => (await import('./png.ts')).png,
};

/** The way to write a format. */
export function formatOf(id: RecordingFormatId): Promise<Format> {
  return FORMATS[id]();
}
