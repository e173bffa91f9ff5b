import { createHandle, type Handle } from './api/handle.ts';
import { Follower } from './compute/engine/follow.ts';
import { type DeviceAnswer, openDevice, requestDevice } from './device.ts';
import { DEFAULT_SCENE } from './scene/defaults.ts';
import { equal } from './scene/equal.ts';
import { decodeScene } from './scene/link.ts';
import type { Scene } from './scene/scene.ts';
import { recallScene, rememberScene } from './scene/storage.ts';
import { SceneStore } from './scene/store.ts';
import { Session } from './session.ts';
import { themeOf } from './ui/theme.ts';
import { createUi } from './ui/ui.ts';
import type { ViewPort } from './ui/view-port.ts';
import { followedOf } from './view/presenter.ts';
import { viewPortOf } from './view-port.ts';

declare global {
  interface Window {
    /** The page, scripted. It is there once the page is ready. */
    thalweg?: Handle;
  }
}

/** Milliseconds after the last change until the scene is remembered. */
const REMEMBER_AFTER = 300;

/** The mark in the browser's timeline at which the terrain has been drawn. */
const FIRST_PICTURE = 'first picture';

/** Milliseconds after the page is ready until the browser is told to keep it: first it is to be seen. */
const KEEP_AFTER = 5000;

/** A device that is lost so often within so many milliseconds is given up. */
const LOSSES = 3;
const LOSSES_WITHIN = 60_000;

/** The browser's memory, or null where it is forbidden. */
function memory(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** The link's scene, else the one that was left here, else the default. */
function openingScene(): { scene: Scene; problem: string | null } {
  if (window.location.hash.length > 1) {
    return decodeScene(window.location.hash);
  }
  const storage = memory();
  return (storage && recallScene(storage)) ?? { scene: DEFAULT_SCENE, problem: null };
}

/**
 * Sets the page up and lets it run; resolves when it is ready or has failed, and never rejects.
 * @param asked the device, asked for as early as can be
 */
export async function start(root: HTMLElement, asked: Promise<DeviceAnswer>): Promise<void> {
  const status = document.documentElement.dataset;
  const opening = openingScene();
  const store = new SceneStore(opening.scene);
  const follower = new Follower();
  let answer: DeviceAnswer = { device: null, why: '' };
  let session: Session | null = null;
  let port: ViewPort | null = null;

  const ui = createUi({
    root,
    store,
    run: () => session?.run ?? null,
    view: () => port,
    critical: () => session?.critical ?? null,
    followed() {
      const run = session?.run;
      const { lane, particle } = followedOf(store.scene);
      return run?.scene === store.scene ? follower.at(store.scene, lane, particle, run.step) : null;
    },
    openDevice,
    deviceReason: () => (answer.device ? null : answer.why),
  });
  if (opening.problem) {
    ui.notice(opening.problem, { lasting: true });
  }

  const fit = (): void => {
    const { clientWidth, clientHeight } = ui.stage;
    session?.resize(clientWidth, clientHeight, window.devicePixelRatio);
  };
  new ResizeObserver(fit).observe(ui.stage);

  let pictured = false;
  /** Returns the milliseconds that were computed, drawing apart. */
  const draw = (now: number): number => {
    const spent = session?.frame(now, followedOf(store.scene), ui.spotlight.inPicture) ?? 0;
    if (session && !pictured) {
      pictured = true;
      performance.mark(FIRST_PICTURE);
    }
    return spent;
  };

  const open = async (step: number): Promise<void> => {
    const { scene } = store;
    const opened = await Session.create({
      answer,
      scene,
      stage: ui.stage,
      theme: themeOf(scene.picture.theme),
      on: { camera: (camera) => store.update((now) => ({ ...now, camera }), { merge: 'camera' }) },
    });
    session = opened;
    port = viewPortOf(opened.view);
    port.setInsets(ui.insets());
    fit();
    answer.device?.lost.then(({ message }) => lose(opened, message));
    draw(performance.now());
    if (answer.device && answer.software) {
      // A processor that is the GPU as well has no hands free: the first picture, of the ground alone, goes before the kernels.
      await answer.device.queue.onSubmittedWorkDone().catch(() => {});
    }
    await opened.run.start(step);
    if (store.scene !== scene) {
      await opened.setScene(store.scene);
    }
  };

  /** On the GPU, or where that cannot do it, on the CPU. */
  const openAnyhow = async (step: number): Promise<void> => {
    try {
      await open(step);
    } catch (error) {
      if (!answer.device) {
        throw error;
      }
      session?.dispose();
      session = null;
      answer = { device: null, why: `The GPU could not be used (${(error as Error).message}). The CPU computes instead.` };
      await open(step);
    }
    if (!answer.device) {
      ui.notice(answer.why, { lasting: true });
    }
  };

  const losses: number[] = [];
  const lose = async (lost: Session, message: string): Promise<void> => {
    if (session !== lost) {
      return;
    }
    status.thalweg = 'loading';
    const { step, playing } = lost.run;
    session = null;
    port = null;
    lost.dispose();
    losses.push(performance.now());
    const often = losses.filter((time) => performance.now() - time < LOSSES_WITHIN).length >= LOSSES;
    answer = often
      ? { device: null, why: 'The graphics device was lost again and again. The CPU computes instead.' }
      : await requestDevice();
    try {
      await openAnyhow(step);
      ui.notice(`The graphics device was lost${message ? ` (${message})` : ''}; the run goes on from step ${step}.`);
      if (playing) {
        (session as Session | null)?.run.play();
      }
      status.thalweg = 'ready';
    } catch (error) {
      fail(error);
    }
  };

  const fail = (error: unknown): void => {
    status.thalweg = 'failed';
    ui.notice(`The page cannot go on: ${error instanceof Error ? error.message : String(error)}`, { lasting: true });
  };

  let remembering = 0;
  store.subscribe((scene, previous) => {
    session?.setScene(scene).catch((error: Error) => ui.notice(error.message, { lasting: true }));
    session?.view.setTheme(themeOf(scene.picture.theme));
    const unlinked = window.location.hash.length > 1 && !equal({ ...scene, camera: null }, { ...previous, camera: null });
    if (unlinked) {
      // The address no longer tells what is shown: a reload shall find this scene, not the link's.
      window.history.replaceState(null, '', window.location.pathname + window.location.search);
    }
    window.clearTimeout(remembering);
    remembering = window.setTimeout(remember, REMEMBER_AFTER);
  });
  const remember = (): void => {
    const storage = memory();
    if (storage) {
      rememberScene(storage, store.scene);
    }
  };
  window.addEventListener('pagehide', remember);
  window.matchMedia('(prefers-color-scheme: light)').addEventListener('change', () => {
    session?.view.setTheme(themeOf(store.scene.picture.theme));
  });
  window.addEventListener('hashchange', () => {
    const { scene, fault } = decodeScene(window.location.hash);
    if (fault) {
      ui.notice(`${fault} The scene stays as it was.`, { lasting: true });
    } else {
      store.replace(scene);
    }
  });

  let last = performance.now();
  const frame = (now: number): void => {
    try {
      const spent = draw(now);
      ui.frame(Math.max(0, now - last), spent);
      last = now;
      requestAnimationFrame(frame);
    } catch (error) {
      fail(error);
    }
  };

  requestAnimationFrame(frame);
  answer = await asked;
  try {
    await openAnyhow(0);
  } catch (error) {
    fail(error);
    return;
  }
  window.thalweg = createHandle({
    store,
    run() {
      if (!session) {
        throw new Error('The graphics device was lost and is not back yet.');
      }
      return session.run;
    },
    image: () => (port ? port.image() : Promise.reject(new Error('There is no picture now.'))),
  });
  if (!window.matchMedia('(prefers-reduced-motion: reduce)').matches) {
    (session as Session | null)?.run.play();
  }
  status.thalweg = 'ready';
  if (import.meta.env.PROD) {
    window.setTimeout(keepForOffline, KEEP_AFTER);
  }
}

/** Has the built page kept by the browser, for visits without a connection. Where it keeps nothing, nothing is lost. */
function keepForOffline(): void {
  navigator.serviceWorker?.register('./worker.js').catch(() => {});
}
