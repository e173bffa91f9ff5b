import { createHandle, type Handle } from './api/handle.ts';
import { requestDevice } from './device.ts';
import { SceneStore } from './scene/store.ts';
import { decodeScene } from './scene/link.ts';
import { DEFAULT_SCENE } from './scene/defaults.ts';
import { Session } from './session.ts';

declare global {
  interface Window {
    thalweg?: Handle;
  }
}

const page = document.documentElement.dataset;
page.thalweg = 'loading';

async function start(): Promise<void> {
  const stage = document.getElementById('app') as HTMLElement;
  const { scene } = window.location.hash.length > 1 ? decodeScene(window.location.hash) : { scene: DEFAULT_SCENE };
  const store = new SceneStore(scene);
  const answer = await requestDevice();
  const session = await Session.create({ answer, scene, step: 0, stage, theme: 'dark', on: {} });
  const fit = () => session.resize(window.innerWidth, window.innerHeight, window.devicePixelRatio);
  fit();
  window.addEventListener('resize', fit);
  store.subscribe((next) => void session.setScene(next));
  let last = performance.now();
  const frame = (now: number) => {
    session.frame(now - last, { lane: store.scene.selected, particle: 0 });
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  session.run.play();
  window.thalweg = createHandle({ store, run: () => session.run, image: () => session.view.image() });
  page.thalweg = 'ready';
}

start().catch((error: unknown) => {
  page.thalweg = 'failed';
  console.error(error);
});
