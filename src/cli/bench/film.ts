import { DEFAULT_RECORDING } from '../../scene/recording.ts';
import { DEFAULT_SCENE } from '../../scene/defaults.ts';
import type { DeviceChoice } from '../device.ts';
import { film, type FrameTook } from '../film.ts';
import { figures, type Row } from './rows.ts';

/** Frames a second of the film that is timed. */
const FPS = 60;

/** Frames at its beginning that do not count: kernels are compiled, and encoders warm up. */
const FIRST = 2;

/** How long frames of a film take, in 1080p unless told otherwise, by what is done for them; the film is thrown away. */
export async function filmRows(
  frames: number,
  device: DeviceChoice,
  [width, height]: readonly [number, number] = [1920, 1080],
): Promise<Row[]> {
  const each: FrameTook[] = [];
  await film({
    scene: DEFAULT_SCENE,
    recording: { ...DEFAULT_RECORDING, width, height, fps: FPS, seconds: (frames + FIRST) / FPS, supersampling: 1 },
    device,
    write: async () => {},
    progress: (_, took) => void each.push(took),
    signal: new AbortController().signal,
  });
  const counted = each.slice(FIRST);
  return (['simulate', 'draw', 'encode'] as const).map((part) => ({
    id: `film-${height}p${FPS}/${part}`,
    ...figures(counted.map((took) => took[part])),
    unit: 'ms/frame',
    ratios: {},
  }));
}
