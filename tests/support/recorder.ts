import type { Page } from 'puppeteer';
import type { Recorder, RecorderAnswer } from '../../src/recorder.ts';
import type { Recording } from '../../src/scene/recording.ts';
import type { Scene } from '../../src/scene/scene.ts';
import { openPage } from './browser.ts';

declare global {
  interface Window {
    thalwegRecorder?: Recorder;
  }
}

/** A recording that was made. */
export interface Made {
  readonly file: Buffer;
  readonly answer: RecorderAnswer;
}

/** The recorder's page, and what it writes. */
export interface RecorderPage {
  readonly page: Page;
  readonly errors: string[];
  /** Records with evidence. @throws Error (rejects) with the page's sentence */
  record(scene: Scene, recording: Recording, device?: 'gpu' | 'cpu'): Promise<Made>;
  /** Bytes that were written since a recording began. */
  readonly written: number;
}

/** Opens the recorder's page. */
export async function openRecorder(): Promise<RecorderPage> {
  const { page, errors } = await openPage({ path: 'record.html' });
  let file = Buffer.alloc(0);
  await page.exposeFunction('thalwegWrite', (base64: string, position: number) => {
    const bytes = Buffer.from(base64, 'base64');
    const end = position + bytes.length;
    if (end > file.length) file = Buffer.concat([file, Buffer.alloc(end - file.length)]);
    bytes.copy(file, position);
  });
  return {
    page,
    errors,
    get written() {
      return file.length;
    },
    async record(scene, recording, device = 'gpu') {
      file = Buffer.alloc(0);
      const answer = await page.evaluate(
        (what, how, on) => window.thalwegRecorder!.record(what, how, { device: on, evidence: true }),
        scene,
        recording,
        device,
      );
      return { file, answer };
    },
  };
}

/** Peak signal-to-noise ratio in decibels of two pictures' colours, 0 … 255. */
export function psnr(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] - b[i]) ** 2;
  return 10 * Math.log10((255 ** 2 * a.length) / sum);
}

/** Frames of a video as the browser's own player shows them: RGB row by row; and how long it thinks it is. */
export function playedFrames(
  page: Page,
  file: Buffer,
  type: string,
  times: readonly number[],
): Promise<{ duration: number; frames: number[][] }> {
  return page.evaluate(
    async (base64, kind, at) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const video = document.createElement('video');
      video.muted = true;
      video.src = URL.createObjectURL(new Blob([bytes], { type: kind }));
      await new Promise((resolve, reject) => {
        video.onloadeddata = resolve;
        video.onerror = () => reject(new Error(video.error?.message ?? 'no video'));
      });
      const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
      const pen = canvas.getContext('2d')!;
      const frames: number[][] = [];
      for (const time of at) {
        const there = new Promise((resolve) => {
          video.onseeked = resolve;
        });
        video.currentTime = time;
        await there;
        pen.drawImage(video, 0, 0);
        frames.push(Array.from(pen.getImageData(0, 0, canvas.width, canvas.height).data).filter((_, i) => i % 4 !== 3));
      }
      return { duration: video.duration, frames };
    },
    file.toString('base64'),
    type,
    times,
  );
}

/** A PNG's pixels: RGBA row by row. */
export function pngPixels(page: Page, file: Uint8Array): Promise<number[]> {
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }), { premultiplyAlpha: 'none' });
    const pen = new OffscreenCanvas(picture.width, picture.height).getContext('2d')!;
    pen.drawImage(picture, 0, 0);
    return Array.from(pen.getImageData(0, 0, picture.width, picture.height).data);
  }, Buffer.from(file).toString('base64'));
}

/** A GIF as the browser decodes it: each frame's milliseconds, and RGB of the first and the last. */
export function gifFrames(
  page: Page,
  file: Buffer,
): Promise<{ milliseconds: number[]; first: number[]; last: number[]; endless: boolean }> {
  return page.evaluate(async (base64) => {
    const data = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const decoder = new ImageDecoder({ data, type: 'image/gif' });
    await Promise.all([decoder.completed, decoder.tracks.ready]);
    const { frameCount, repetitionCount } = decoder.tracks.selectedTrack!;
    const milliseconds: number[] = [];
    const pictures: number[][] = [];
    for (let frameIndex = 0; frameIndex < frameCount; frameIndex += 1) {
      const { image } = await decoder.decode({ frameIndex });
      milliseconds.push((image.duration ?? 0) / 1000);
      if (frameIndex === 0 || frameIndex === frameCount - 1) {
        const pen = new OffscreenCanvas(image.displayWidth, image.displayHeight).getContext('2d')!;
        pen.drawImage(image, 0, 0);
        pictures.push(
          Array.from(pen.getImageData(0, 0, image.displayWidth, image.displayHeight).data).filter(
            (_, i) => i % 4 !== 3,
          ),
        );
      }
      image.close();
    }
    return {
      milliseconds,
      first: pictures[0],
      last: pictures[pictures.length - 1],
      endless: repetitionCount === Number.POSITIVE_INFINITY,
    };
  }, file.toString('base64'));
}
