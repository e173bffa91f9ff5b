import type { CameraChoice, Scene } from './scene.ts';

/** Degrees a second of the slow orbit. */
export const TURNING = 4;

/** Where a scene is looked from at a time, in seconds since its film began: it depends on nothing else. */
export function cameraAt({ camera }: Scene, seconds: number): CameraChoice {
  const turned = camera.turning && camera.view === '3d' ? TURNING * seconds : 0;
  return { ...camera, azimuth: camera.azimuth + turned, turning: false };
}
