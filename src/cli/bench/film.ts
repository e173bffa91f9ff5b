import { DEFAULT_SCENE } from '../../scene/defaults.ts';
import { DEFAULT_RECORDING, type Recording } from '../../scene/recording.ts';
import type { DeviceChoice } from '../device.ts';
import { type FilmOrder, film, type FrameTook } from '../film.ts';
import { figures, type Row } from './rows.ts';

/** Frames a second of the films that are timed. */
const FPS = 60;

/** Frames at its beginning that do not count: kernels are compiled, and encoders warm up. */
const FIRST = 2;

/** Looks at the heap along a film, the first after it has warmed up. */
const LOOKS = 9;

const MIB = 2 ** 20;

/** Films the default scene, so many frames of it, and throws the film away. */
const filmed = (
  frames: number,
  [width, height]: readonly [number, number],
  device: DeviceChoice,
  progress: FilmOrder['progress'],
): Promise<void> => {
  const recording: Recording = {
    ...DEFAULT_RECORDING,
    width,
    height,
    fps: FPS,
    seconds: frames / FPS,
    supersampling: 1,
  };
  return film({
    scene: DEFAULT_SCENE,
    recording,
    device,
    write: async () => {},
    progress,
    signal: new AbortController().signal,
  });
};

/**
 * How long frames of a film take, in 1080p unless told otherwise, by what is done for them; and how long the encoder stands without
 * a frame, with its ratio to drawing.
 */
export async function filmRows(
  frames: number,
  device: DeviceChoice,
  size: readonly [number, number] = [1920, 1080],
): Promise<Row[]> {
  const each: FrameTook[] = [];
  await filmed(frames + FIRST, size, device, (_, took) => void each.push(took));
  const counted = each.slice(FIRST);
  const figuresOf = (part: keyof FrameTook) => figures(counted.map((took) => took[part]));
  const waits = { draw: figuresOf('wait').median / figuresOf('draw').median };
  return (['simulate', 'draw', 'encode', 'wait'] as const).map((part) => ({
    id: `film-${size[1]}p${FPS}/${part}`,
    ...figuresOf(part),
    unit: 'ms/frame',
    ratios: part === 'wait' ? waits : ({} as Row['ratios']),
  }));
}

/** The slope of a straight line through points, by least squares. */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (k: 0 | 1) => points.reduce((sum, point) => sum + point[k], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const along = points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
  return points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0) / along;
}

/** By how much the page's heap grows along a small film of so many frames. */
export async function filmMemory(
  frames: number,
  device: DeviceChoice,
  size: readonly [number, number] = [320, 180],
): Promise<Row> {
  const every = Math.max(1, Math.floor(frames / (LOOKS + 1)));
  const looks: [number, number][] = [];
  await filmed(frames, size, device, async (done, _, heap) => {
    if (done % every === 0) {
      looks.push([done / 1000, (await heap()) / MIB]);
    }
  });
  const slopes = looks.slice(1).map(([x, y], k) => (y - looks[k][1]) / (x - looks[k][0]));
  return {
    id: `film-${frames}-frames/heap`,
    ...figures(slopes),
    median: slopeOf(looks),
    unit: 'MiB/1000 frames',
    ratios: {},
  };
}
