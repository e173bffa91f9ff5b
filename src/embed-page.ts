import './ui/fonts/fonts.ts';
import './ui/styles/base.css';
import './ui/styles/controls.css';
import './ui/styles/embed.css';

import { createHandle } from './api/handle.ts';
import { type RemoteState, serveRemotely, targetOf } from './api/remote.ts';
import { type DeviceAnswer, requestDevice } from './device.ts';
import { decodeScene, encodeScene } from './scene/link.ts';
import type { PictureChoice } from './scene/scene.ts';
import { SceneStore } from './scene/store.ts';
import { Session } from './session.ts';
import { button, iconButton } from './ui/controls/button.ts';
import { el, setAttribute, setText } from './ui/dom.ts';
import { counted } from './ui/format.ts';
import { icon } from './ui/icons.ts';
import { applyTheme, themeOf } from './ui/theme.ts';
import { followedOf } from './view/presenter.ts';

/** Times that a lost device is asked for again, before the CPU computes. */
const LOSSES = 3;

/** CSS pixels around the landscape. */
const ROOM = { top: 14, right: 14, bottom: 14, left: 14 };

const wishes = new URLSearchParams(window.location.search);
const THEMES: readonly PictureChoice['theme'][] = ['dark', 'light', 'system'];

/** The link's scene, in the theme that the page around wishes. */
function openingScene() {
  const { scene, problem } = decodeScene(window.location.hash);
  const theme = THEMES.find((known) => known === wishes.get('theme'));
  return { scene: theme ? { ...scene, picture: { ...scene.picture, theme } } : scene, problem };
}

const status = document.documentElement.dataset;
status.thalweg = 'loading';
const opening = openingScene();
const store = new SceneStore(opening.scene);
const stage = el('div', { class: 'stage' });
const words = el(
  'p',
  { class: 'embed-words', role: 'status', hidden: opening.problem === null },
  opening.problem ?? '',
);
const controlled = wishes.has('controls');
let session: Session | null = null;
let seen = true;

const run = () => {
  if (!session) {
    throw new Error('The graphics device was lost and is not back yet.');
  }
  return session.run;
};

const playIcon = el('span', { class: 'play-icon' });
const play = el(
  'button',
  { type: 'button', class: 'button button-icon', on: { click: () => (run().playing ? run().pause() : run().play()) } },
  playIcon,
);
const scrubber = el('input', {
  type: 'range',
  class: 'range',
  min: 0,
  step: 1,
  'aria-label': 'Step',
  on: { input: () => run().seek(Number(scrubber.value)) },
});
const step = el('span', { class: 'embed-step' });
const whole = button('Open', () => window.open(`./#${encodeScene(store.scene)}`, '_blank', 'noopener'), {
  class: 'button button-small',
  title: 'The whole page, with this scene',
});
const controls = el(
  'div',
  { class: 'embed-controls', hidden: !controlled },
  play,
  iconButton('restart', 'Restart', () => run().restart()),
  scrubber,
  step,
  whole,
);
(document.getElementById('app') as HTMLElement).append(stage, controls, words);
// Without controls a page's scrolling must not end in the picture.
stage.classList.toggle('embed-still', !controlled);

const say = (sentence: string): void => {
  words.hidden = false;
  setText(words, sentence);
};

const dress = (): void => {
  const theme = themeOf(store.scene.picture.theme);
  applyTheme(theme);
  session?.view.setTheme(theme);
};

const fit = (): void => session?.resize(stage.clientWidth, stage.clientHeight, window.devicePixelRatio);

/** Opens the scene at a step, and again when the device is lost. */
async function open(answer: DeviceAnswer, at: number, losses: number): Promise<void> {
  const opened = await Session.create({
    answer,
    scene: store.scene,
    stage,
    theme: themeOf(store.scene.picture.theme),
    on: {},
  });
  session = opened;
  opened.view.setInsets(ROOM);
  fit();
  await opened.run.start(at);
  answer.device?.lost.then(async () => {
    const { step: reached, playing } = opened.run;
    session = null;
    opened.dispose();
    const next: DeviceAnswer = losses < LOSSES ? await requestDevice() : { device: null, why: '' };
    await open(next, reached, losses + 1).catch((error: Error) => say(error.message));
    if (playing) {
      (session as Session | null)?.run.play();
    }
  });
}

let playing: boolean | null = null;
const frame = (now: number): void => {
  requestAnimationFrame(frame);
  if (!session || !seen) {
    return;
  }
  session.frame(now, followedOf(store.scene), null);
  if (!controlled) {
    return;
  }
  const { step: done, playing: plays } = session.run;
  const { steps } = store.scene;
  scrubber.max = String(steps);
  scrubber.value = String(done);
  scrubber.style.setProperty('--at', String(steps > 0 ? done / steps : 0));
  setText(step, `${counted(done)}/${counted(steps)}`);
  if (playing !== plays) {
    playing = plays;
    playIcon.replaceChildren(icon(plays ? 'pause' : 'play'));
    setAttribute(play, 'aria-label', plays ? 'Pause' : 'Play');
  }
};

store.subscribe((scene) => {
  session?.setScene(scene).catch((error: Error) => say(error.message));
  dress();
});
window.matchMedia('(prefers-color-scheme: light)').addEventListener('change', dress);
new ResizeObserver(fit).observe(stage);
// What is scrolled away, or on another slide, rests.
new IntersectionObserver((entries) => {
  seen = entries.some(({ isIntersecting }) => isIntersecting);
}).observe(stage);

const around = window.parent === window ? null : window.parent;
const origin = wishes.get('parent');
const tell = (state: RemoteState): void => {
  status.thalweg = state.thalweg;
  if (around && origin) {
    around.postMessage(state, targetOf(origin));
  }
};

dress();
requestAnimationFrame(frame);
try {
  const answer = await requestDevice();
  try {
    await open(answer, 0, 0);
  } catch (error) {
    if (!answer.device) {
      throw error;
    }
    await open({ device: null, why: '' }, 0, LOSSES);
  }
  const handle = createHandle({
    store,
    run,
    image: () => (session ? session.view.image() : Promise.reject(new Error('There is no picture now.'))),
  });
  window.thalweg = handle;
  if (around && origin) {
    serveRemotely(handle, around, origin);
  }
  if (wishes.has('autoplay') && !window.matchMedia('(prefers-reduced-motion: reduce)').matches) {
    handle.play();
  }
  tell({ thalweg: 'ready' });
} catch (error) {
  say(`The landscape cannot be shown: ${error instanceof Error ? error.message : String(error)}`);
  tell({ thalweg: 'failed' });
}
