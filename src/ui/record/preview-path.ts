import { cameraAt } from '../../scene/camera-path.ts';
import type { Context } from '../context.ts';

/** Plays a film's camera on the page, in the film's time, from an update on; any key or touch ends it. */
export function previewPath(
  { store, run, view, say }: Pick<Context, 'store' | 'run' | 'view' | 'say'>,
  from: number,
  seconds: number,
): void {
  const ending = new AbortController();
  const { signal } = ending;
  for (const event of ['keydown', 'pointerdown', 'wheel'] as const) {
    window.addEventListener(event, () => ending.abort(), { signal, capture: true });
  }
  run()?.seek(from);
  run()?.play();
  say('Preview of the camera; any key ends it.');
  let began = Number.NaN;
  const frame = (now: number): void => {
    began = Number.isNaN(began) ? now : began;
    const passed = (now - began) / 1000;
    if (passed > seconds) {
      ending.abort();
    }
    if (signal.aborted) {
      run()?.pause();
      view()?.look(store.scene.camera);
      return;
    }
    view()?.look(cameraAt(store.scene, passed));
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
