import { describe, expect, it } from 'vitest';
import { cameraAt, TURNING } from '../src/scene/camera-path.ts';
import { DEFAULT_SCENE } from '../src/scene/defaults.ts';
import { decodeScene, encodeScene } from '../src/scene/link.ts';
import type { FilmChoice, Keyframe, Scene } from '../src/scene/scene.ts';

const key = (at: number, change: Partial<Keyframe> = {}): Keyframe => ({
  at,
  azimuth: 240,
  elevation: 40,
  distance: 1,
  target: [0, 0],
  ...change,
});
const withFilm = (film: Partial<FilmChoice>): Scene => ({ ...DEFAULT_SCENE, film: { ...DEFAULT_SCENE.film, ...film } });

describe('the camera of a film', () => {
  it('stays without a path, or turns as on the page', () => {
    expect(cameraAt(DEFAULT_SCENE, 7)).toEqual(DEFAULT_SCENE.camera);
    const turning = { ...DEFAULT_SCENE, camera: { ...DEFAULT_SCENE.camera, turning: true } };
    expect(cameraAt(turning, 2).azimuth).toBe(240 + 2 * TURNING);
  });

  const path = [
    key(1, { azimuth: 0 }),
    key(3, { azimuth: 90, distance: 4 }),
    key(4, { azimuth: 360, target: [1, -1] }),
  ];

  it.each(['smooth', 'halting', 'even'] as const)(
    '%s: goes through its keyframes, and rests before and after',
    (easing) => {
      const scene = withFilm({ path, easing });
      for (const { at, azimuth, distance, target } of path) {
        const camera = cameraAt(scene, at);
        expect(camera.azimuth).toBeCloseTo(azimuth, 9);
        expect(camera.distance).toBeCloseTo(distance, 9);
        expect(camera.target[0]).toBeCloseTo(target[0], 9);
      }
      expect(cameraAt(scene, 0)).toEqual(cameraAt(scene, 1));
      expect(cameraAt(scene, 9)).toEqual(cameraAt(scene, 4));
    },
  );

  const speed = (scene: Scene, at: number): number =>
    (cameraAt(scene, at + 1e-5).azimuth - cameraAt(scene, at - 1e-5).azimuth) / 2e-5;

  it('smooth neither halts nor goes back on its way; halting halts; even changes its speed at once', () => {
    const smooth = withFilm({ path });
    expect(speed(smooth, 3)).toBeGreaterThan(50);
    let before = -1;
    for (let at = 1; at <= 4; at += 0.01) {
      const { azimuth } = cameraAt(smooth, at);
      expect(azimuth).toBeGreaterThanOrEqual(before);
      before = azimuth;
    }
    expect(speed(withFilm({ path, easing: 'halting' }), 3)).toBeCloseTo(0, 1);
    const even = withFilm({ path, easing: 'even' });
    expect([speed(even, 2), speed(even, 3.5)]).toEqual([expect.closeTo(45, 3), expect.closeTo(270, 3)]);
    // Halfway of a zoom is the geometric mean.
    expect(cameraAt(even, 2).distance).toBeCloseTo(2, 9);
  });

  it('keeps what is followed in the middle', () => {
    expect(cameraAt(withFilm({ path }), 3.5, [0.25, -0.5]).target).toEqual([0.25, -0.5]);
  });
});

it('a film fits into a link that a person can read', () => {
  const scene = withFilm({
    path: [key(0), key(6, { azimuth: 600, target: [0.5, 0] })],
    title: 'Four valleys, one race',
    captions: [{ from: 0, to: 2.5, text: 'Same starts (all lanes)' }],
    overlays: ['lanes', 'step'],
  });
  const link = encodeScene(scene);
  expect(link).toContain(
    'path=(0,240,40,1),(6,600,40,1,0.5,0)&title=Four%20valleys%2C%20one%20race&captions=(0,2.5,(Same~20starts~20~28all~20lanes~29))&over=lanes,step',
  );
  expect(decodeScene(link)).toEqual({ scene, fault: null, problem: null });
});
