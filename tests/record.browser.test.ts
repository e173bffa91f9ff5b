import { unzipSync } from 'fflate';
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import { beforeAll, describe, expect, test } from 'vitest';
import { createReferenceSwarm } from '../src/compute/reference/swarm.ts';
import { planOf } from '../src/compute/engine/plan.ts';
import { DEFAULT_SCENE, newLane } from '../src/scene/defaults.ts';
import { DEFAULT_RECORDING, type Recording } from '../src/scene/recording.ts';
import { OVERLAYS } from '../src/scene/overlays.ts';
import type { Overlay, Scene } from '../src/scene/scene.ts';
import { boxAt, boxesOf } from './support/boxes.ts';
import {
  gifFrames,
  type Made,
  openRecorder,
  playedFrames,
  pngPixels,
  psnr,
  type RecorderPage,
} from './support/recorder.ts';
import { expectNear } from './support/tolerance.ts';

/** Few particles, and a camera that turns: no two frames are alike. */
const SCENE: Scene = {
  ...DEFAULT_SCENE,
  lanes: [newLane('adam', 0)],
  selected: 0,
  start: { count: 32, spawn: 'grid', points: [] },
  camera: { ...DEFAULT_SCENE.camera, turning: true },
  film: { ...DEFAULT_SCENE.film, overlays: ['chart'], follow: true },
};

const FRAMES = 6;
const SMALL: Recording = {
  ...DEFAULT_RECORDING,
  width: 160,
  height: 90,
  fps: 20,
  seconds: FRAMES / 20,
  supersampling: 1,
};

/** Decibels that a decoded frame keeps of the drawn one: colour for two by two pixels alone costs thin orange lines on dark ground most of it. */
const LEAST_PSNR = 28;

let recorder: RecorderPage;
/** What is drawn, without loss. */
let frames: Made;
let pictures: number[][];

beforeAll(async () => {
  recorder = await openRecorder();
  frames = await recorder.record(SCENE, { ...SMALL, format: 'frames' });
  const files = Object.entries(unzipSync(frames.file)).sort(([a], [b]) => a.localeCompare(b));
  pictures = await Promise.all(
    files.map(async ([, file]) => (await pngPixels(recorder.page, file)).filter((_, i) => i % 4 !== 3)),
  );
});

const hashes = ({ answer }: Made): number[] => answer.shown.map(({ hash }) => hash);

/** That a browser's player shows frame after frame what was drawn. */
async function expectPlayed(file: Buffer, type: string): Promise<void> {
  const times = Array.from({ length: FRAMES }, (_, n) => (n + 0.5) / SMALL.fps);
  const played = await playedFrames(recorder.page, file, type, times);
  expect(played.duration).toBeCloseTo(SMALL.seconds, 2);
  const kept = played.frames.map((frame, n) => psnr(frame, pictures[n]));
  console.info(`${type}: ${kept.map((decibels) => decibels.toFixed(1)).join(', ')} dB`);
  expect(Math.min(...kept)).toBeGreaterThan(LEAST_PSNR);
}

describe('frames', () => {
  test('are those of the scene’s time, whoever looks, and each is another', async () => {
    expect(frames.answer.frames).toBe(FRAMES);
    expect(pictures).toHaveLength(FRAMES);
    const reference = createReferenceSwarm(planOf(SCENE, 0));
    for (const [n, { step, positions }] of frames.answer.shown.entries()) {
      // 60 updates a second, 20 frames a second.
      expect(step).toBe(3 * n);
      reference.advance(step - reference.step);
      const expected = (await reference.read()).positions;
      expect(positions).toHaveLength(expected.length);
      positions.forEach((at, i) =>
        expectNear(
          at,
          expected[i],
          { rel: 1e-3, abs: 1e-3, why: 'float32 over fifteen updates; an update more is a step of a tenth' },
          `frame ${n}`,
        ),
      );
    }
    expect(new Set(hashes(frames)).size).toBe(FRAMES);
  });

  test('are the same in a slow tab in the background that no animation frame reaches', async () => {
    const { page } = recorder;
    await page.emulateCPUThrottling(3);
    await page.evaluate(() => {
      window.requestAnimationFrame = () => 0;
    });
    const front = await page.browserContext().newPage();
    await front.bringToFront();
    const again = await recorder.record(SCENE, { ...SMALL, format: 'mp4' });
    await page.emulateCPUThrottling(1);
    await front.close();
    expect(hashes(again)).toEqual(hashes(frames));
  });

  test('go on from the same one where the device is lost', async () => {
    const { page } = recorder;
    await page.evaluate(() => {
      const { requestDevice } = GPUAdapter.prototype;
      GPUAdapter.prototype.requestDevice = async function (...wish) {
        const device = await requestDevice.apply(this, wish);
        let submitted = 0;
        const { submit } = device.queue;
        device.queue.submit = (buffers) => {
          submit.call(device.queue, buffers);
          submitted += 1;
          if (submitted === 12) {
            GPUAdapter.prototype.requestDevice = requestDevice;
            document.documentElement.dataset.lost = 'once';
            device.destroy();
          }
        };
        return device;
      };
    });
    const again = await recorder.record(SCENE, { ...SMALL, format: 'frames' });
    expect(await page.evaluate(() => document.documentElement.dataset.lost)).toBe('once');
    expect(hashes(again)).toEqual(hashes(frames));
  });
});

describe('what lies over a film', () => {
  const LARGER = { ...SMALL, width: 320, height: 180, format: 'frames', seconds: 0.05 } as const;
  const shown = async (film: Partial<Scene['film']>): Promise<number[]> => {
    const { file } = await recorder.record({ ...SCENE, film: { ...SCENE.film, ...film } }, LARGER);
    return pngPixels(recorder.page, Object.values(unzipSync(file))[0]);
  };

  /** Pixels that differ in each quarter of the picture: above left, above right, below left, below right. */
  const changes = (a: readonly number[], b: readonly number[]): number[] => {
    const quarters = [0, 0, 0, 0];
    for (let k = 0; k < a.length; k += 1) {
      if (Math.abs(a[k] - b[k]) > 40) {
        const [x, y] = [(k >> 2) % LARGER.width, Math.floor((k >> 2) / LARGER.width)];
        quarters[(x < LARGER.width / 2 ? 0 : 1) + (y < LARGER.height / 2 ? 0 : 2)] += 1;
      }
    }
    return quarters;
  };

  const CORNERS: Readonly<Record<Overlay, number>> = { equation: 0, lanes: 1, chart: 2, step: 2, legend: 3, mark: 3 };

  test('is seen, each in its corner, and captions in their time', async () => {
    const bare = await shown({ overlays: [] });
    for (const overlay of OVERLAYS) {
      const quarters = changes(bare, await shown({ overlays: [overlay] }));
      expect(quarters[CORNERS[overlay]], overlay).toBeGreaterThan(30);
      // The formula moves the landscape down; the others lie beside it.
      if (overlay !== 'equation')
        expect(
          quarters.filter((count) => count > 0),
          overlay,
        ).toHaveLength(1);
    }
    const captioned = (from: number, text: string) => shown({ overlays: [], captions: [{ from, to: 9, text }] });
    const later = await captioned(1, 'A caption');
    expect(changes(later, await captioned(1, 'Another one'))).toEqual([0, 0, 0, 0]);
    expect(
      changes(later, await captioned(0, 'A caption'))
        .slice(2)
        .every((count) => count > 30),
    ).toBe(true);
  });
});

describe('files', () => {
  test('MP4: H.264, one step of time for all frames, BT.709 of limited range, its index first', async () => {
    const { file } = await recorder.record(SCENE, { ...SMALL, format: 'mp4' });
    expect(
      boxesOf(file)
        .map(({ type }) => type)
        .filter((type) => type !== 'free'),
    ).toEqual(['ftyp', 'moov', 'mdat']);
    const stbl = boxAt(file, 'moov/trak/mdia/minf/stbl');
    const avc1 = boxAt(file, 'moov/trak/mdia/minf/stbl/stsd/avc1');
    const sample = boxesOf(boxAt(file, 'moov/trak/mdia/minf/stbl/stsd'))[0].body;
    expect([sample.readUInt16BE(24), sample.readUInt16BE(26)]).toEqual([SMALL.width, SMALL.height]);
    const colr = boxAt(avc1, 'colr');
    expect([
      colr.toString('latin1', 0, 4),
      colr.readUInt16BE(4),
      colr.readUInt16BE(6),
      colr.readUInt16BE(8),
      colr[10] >> 7,
    ]).toEqual(['nclx', 1, 1, 1, 0]);
    const stts = boxAt(stbl, 'stts');
    expect([stts.readUInt32BE(4), stts.readUInt32BE(8)]).toEqual([1, FRAMES]);
    const mdhd = boxAt(file, 'moov/trak/mdia/mdhd');
    expect(stts.readUInt32BE(12) * SMALL.fps).toBe(mdhd.readUInt32BE(12));
    await expectPlayed(file, 'video/mp4');
  });

  test.each([
    ['webm', 'vp9'],
    ['webm-av1', 'av1'],
  ] as const)('%s: %s, every frame at its time', async (format, codec) => {
    const { file } = await recorder.record(SCENE, { ...SMALL, format });
    const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(file) });
    const track = (await input.getPrimaryVideoTrack())!;
    expect(track.codec).toBe(codec);
    expect([track.codedWidth, track.codedHeight]).toEqual([SMALL.width, SMALL.height]);
    expect((await track.computePacketStats()).packetCount).toBe(FRAMES);
    expect(await track.getColorSpace()).toEqual({
      primaries: 'bt709',
      transfer: 'bt709',
      matrix: 'bt709',
      fullRange: false,
    });
    await expectPlayed(file, 'video/webm');
  });

  test('GIF: as long as asked, without end, and its end joins its beginning', async () => {
    const fps = 30;
    const { file } = await recorder.record(SCENE, { ...SMALL, format: 'gif', fps, seconds: 0.5 });
    const { milliseconds, first, last, endless } = await gifFrames(recorder.page, file);
    expect(milliseconds).toHaveLength(15);
    expect(new Set(milliseconds)).toEqual(new Set([30, 40]));
    expect(milliseconds.reduce((sum, each) => sum + each, 0)).toBe(500);
    expect(endless).toBe(true);
    expect(psnr(first, pictures[0])).toBeGreaterThan(LEAST_PSNR);
    // Nearer to the first frame than the second one of a film with steps as large.
    expect(psnr(last, first)).toBeGreaterThan(psnr(pictures[0], pictures[1]));
  });

  test('PNG: the landscape before nothing', async () => {
    const { file } = await recorder.record(SCENE, { ...SMALL, format: 'png' });
    const pixels = await pngPixels(recorder.page, file);
    const alpha = (x: number, y: number): number => pixels[4 * (y * SMALL.width + x) + 3];
    expect([alpha(0, 0), alpha(SMALL.width - 1, 0), alpha(80, 45)]).toEqual([0, 0, 255]);
  });

  test('SVG: contours run at one loss each, and paths end where the particles are', async () => {
    const map: Scene = { ...SCENE, film: { ...SCENE.film, title: 'a < b & "c"' } };
    const { file, answer } = await recorder.record(map, {
      ...SMALL,
      width: 1280,
      height: 720,
      format: 'svg',
      from: 20,
    });
    const drawing = await recorder.page.evaluate((text) => {
      const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
      const data = (selector: string) =>
        [...root.querySelectorAll(selector)].map((path) => path.getAttribute('d') ?? '');
      const frame = root.querySelector('#map rect')!;
      return {
        name: root.localName,
        title: root.querySelector('title')?.textContent,
        frame: ['x', 'y', 'width', 'height'].map((key) => Number(frame.getAttribute(key))),
        contours: data('#contours path'),
        paths: data('#paths path[fill="none"]'),
      };
    }, file.toString('utf8'));
    expect([drawing.name, drawing.title]).toEqual(['svg', map.film.title]);
    const [left, top, wide, high] = drawing.frame;
    const place = ([x, y]: readonly number[]) => [-5 + (10 * (x - left)) / wide, 5 - (10 * (y - top)) / high];
    const points = (data: string): number[][] =>
      data
        .split(/[MLZ]/)
        .filter(Boolean)
        .map((pair) => place(pair.split(' ').map(Number)));
    expect(drawing.contours.length).toBeGreaterThan(15);
    for (const contour of drawing.contours) {
      // Rings are closed along the edge of the map, where nothing is drawn.
      const inside = points(contour).filter((at) => at.every((value) => Math.abs(value) < 4.95));
      const losses = inside.map(([x, y]) => Math.log1p(((x * x + y - 11) ** 2 + (x + y * y - 7) ** 2) / 10));
      // Coordinates are rounded to a tenth of a pixel, 0.0015 here, and losses change by up to 3 a unit on this scale.
      if (losses.length > 0) expect(Math.max(...losses) - Math.min(...losses)).toBeLessThan(0.02);
    }
    const [{ positions }] = answer.shown;
    const ends = drawing.paths.map((data) => points(data).at(-1)!);
    expect(ends).toHaveLength(SCENE.start.count);
    ends.forEach(([x, y], k) => {
      expect(Math.hypot(x - positions[2 * k], y - positions[2 * k + 1])).toBeLessThan(0.005);
    });
  });

  test('can be drawn without WebGPU too', async () => {
    const { answer } = await recorder.record(SCENE, { ...SMALL, format: 'frames', seconds: 0.1 }, 'cpu');
    expect(answer.shown.map(({ step }) => step)).toEqual([0, 3]);
  });
});

describe('what cannot be done is said in a sentence, and leaves nothing', () => {
  test.each<[string, Partial<Recording>, RegExp]>([
    ['no time', { seconds: 0 }, /number of seconds is 0/],
    ['an odd side', { width: 161 }, /even sides/],
    ['more frames than a ZIP counts', { format: 'frames', fps: 60, seconds: 1200 }, /65535 frames at most/],
    ['more than an encoder takes', { width: 7680, height: 4320 }, /does not encode MP4, H\.264 at 7680 × 4320/],
    [
      'more than the device draws',
      { format: 'frames', width: 7680, height: 4320 },
      /draws 8192 pixels a side at most, and 15360 are needed/,
    ],
  ])('%s', async (_, change, sentence) => {
    await expect(recorder.record(SCENE, { ...SMALL, supersampling: 2, ...change })).rejects.toThrow(sentence);
    expect(recorder.written).toBe(0);
  });

  test('a browser that says it has H.264 and fails', async () => {
    await recorder.page.evaluate(() => {
      const { encode } = VideoEncoder.prototype;
      VideoEncoder.prototype.encode = (frame) => {
        VideoEncoder.prototype.encode = encode;
        frame.close();
        throw new Error('no');
      };
      const { isConfigSupported } = VideoEncoder;
      let asked = 0;
      VideoEncoder.isConfigSupported = async (config) => {
        asked += 1;
        return { ...(await isConfigSupported.call(VideoEncoder, config)), supported: asked === 1 };
      };
      window.addEventListener(
        'restore',
        () => {
          VideoEncoder.isConfigSupported = isConfigSupported;
        },
        { once: true },
      );
    });
    await expect(recorder.record(SCENE, SMALL)).rejects.toThrow(/does not encode MP4, H.264/);
    await recorder.page.evaluate(() => window.dispatchEvent(new Event('restore')));
    expect(recorder.written).toBe(0);
  });

  test('an encoder that fails half-way', async () => {
    await recorder.page.evaluate(() => {
      const { encode } = VideoEncoder.prototype;
      let frames = 0;
      VideoEncoder.prototype.encode = function (frame, options) {
        frames += 1;
        if (frames === 4) {
          VideoEncoder.prototype.encode = encode;
          throw new DOMException('broken', 'EncodingError');
        }
        encode.call(this, frame, options);
      };
    });
    await expect(recorder.record(SCENE, SMALL)).rejects.toThrow(/broken/);
    // The next one is whole again.
    expect(hashes(await recorder.record(SCENE, SMALL))).toEqual(hashes(frames));
  });

  test('nothing of all this is an error that nobody caught', () => {
    expect(recorder.errors).toEqual([]);
  });
});
