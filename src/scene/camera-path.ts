import type { CameraChoice, FilmChoice, Keyframe, Scene } from './scene.ts';

/** Degrees a second of the slow orbit. */
export const TURNING = 4;

/** What moves along a path, as numbers. */
const numbersOf = ({ azimuth, elevation, distance, target: [x, y] }: Keyframe): readonly number[] => [
  azimuth,
  elevation,
  // A zoom is even when its logarithm is.
  Math.log(distance),
  x,
  y,
];

/** A share of the way between two keyframes, 0 … 1, as it is eased. */
const SHARES: Readonly<Record<Exclude<FilmChoice['easing'], 'smooth'>, (t: number) => number>> = {
  even: (t) => t,
  halting: (t) => t * t * (3 - 2 * t),
};

/**
 * Slopes at the keyframes with which a cubic goes through all of them without going beyond any: the harmonic mean of the slopes on
 * both sides, 0 where they differ in sign, and at both ends.
 * Source: F. N. Fritsch, J. Butland, "A method for constructing local monotone piecewise cubic interpolants", 1984.
 */
function slope(path: readonly Keyframe[], values: readonly (readonly number[])[], index: number, part: number): number {
  if (index === 0 || index === path.length - 1) {
    return 0;
  }
  const rise = (i: number): number => (values[i + 1][part] - values[i][part]) / (path[i + 1].at - path[i].at);
  const [before, after] = [rise(index - 1), rise(index)];
  return before * after > 0 ? (2 * before * after) / (before + after) : 0;
}

/** The numbers of a path at a time: before its beginning and after its end those of the ends. */
function along({ path, easing }: FilmChoice, seconds: number): readonly number[] {
  const values = path.map(numbersOf);
  const next = path.findIndex(({ at }) => at > seconds);
  if (next <= 0) {
    return values[next === 0 ? 0 : path.length - 1];
  }
  const from = next - 1;
  const length = path[next].at - path[from].at;
  const t = (seconds - path[from].at) / length;
  return values[from].map((start, part) => {
    const end = values[next][part];
    if (easing !== 'smooth') {
      return start + SHARES[easing](t) * (end - start);
    }
    const [leave, reach] = [length * slope(path, values, from, part), length * slope(path, values, next, part)];
    const rest = 1 - t;
    return (
      (1 + 2 * t) * rest * rest * start + t * rest * rest * leave + t * t * (3 - 2 * t) * end - t * t * rest * reach
    );
  });
}

/**
 * Where a film looks from at a time, in seconds since it began: it depends on nothing else.
 * @param middle what is followed, in units of the domain's half-width; null where nothing is
 */
export function cameraAt(
  { camera, film }: Scene,
  seconds: number,
  middle: readonly [number, number] | null = null,
): CameraChoice {
  const target = middle ?? camera.target;
  if (film.path.length === 0) {
    const turned = camera.turning && camera.view === '3d' ? TURNING * seconds : 0;
    return { ...camera, azimuth: camera.azimuth + turned, target, turning: false };
  }
  const [azimuth, elevation, distance, x, y] = along(film, seconds);
  return {
    view: camera.view,
    azimuth,
    elevation,
    distance: Math.exp(distance),
    target: middle ?? [x, y],
    turning: false,
  };
}
