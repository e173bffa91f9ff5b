import '../styles/record.css';

import { recordingFormat } from '../../scene/recording.ts';
import type { Scene } from '../../scene/scene.ts';
import { button } from '../controls/button.ts';
import type { Context } from '../context.ts';
import { createDialog, type Dialog } from '../dialog.ts';
import { el, setText } from '../dom.ts';
import { several } from '../format.ts';
import { icon } from '../icons.ts';
import { themeOf } from '../theme.ts';
import { askForDestination } from './destination.ts';
import { createCameraForm } from './camera-form.ts';
import { createFilmForm, filmEdits } from './film-form.ts';
import { recordTo } from './job.ts';
import { createLook } from './look.ts';
import { createPreview } from './preview.ts';
import { previewPath } from './preview-path.ts';
import { createRecordingForm } from './recording-form.ts';
import { createTimeline } from './timeline.ts';

/** A time that is left, in words. */
function timeText(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 100 ? several(seconds, 'second', 'seconds') : several(Math.round(seconds / 60), 'minute', 'minutes');
}

/** A part of the dialog that is folded at first. */
function fold(title: string, content: HTMLElement): HTMLElement {
  return el('details', { class: 'record-details' }, el('summary', {}, icon('chevron'), title), content);
}

/** Asks what to record, and does it: every frame when it is ready, whether the tab is looked at or not. */
export function createRecordDialog(context: Context): Dialog {
  const { store, run, view, actions, openDevice, notice } = context;
  let recording: AbortController | null = null;
  const form = createRecordingForm(() => {
    begin.disabled = form.fault !== null;
    timeline.show(store.scene);
    timeline.element.hidden = !recordingFormat(form.recording.format).moving;
  });
  const edit = filmEdits(actions);
  const film = createFilmForm(edit);
  const camera = createCameraForm({
    edit,
    camera: () => view()?.camera ?? store.scene.camera,
    seconds: () => form.seconds,
    moment: () => look.moment,
    preview() {
      dialog.element.close();
      previewPath(context, form.recording.from, form.seconds);
    },
  });
  const timeline = createTimeline({
    edit,
    seconds: () => form.seconds,
    keep: camera.keep,
    seek: (seconds) => look.seek(seconds),
  });
  const look = createLook({
    timeline: timeline.element,
    recording: () => form.recording,
    scene: () => store.scene,
    theme: () => themeOf(store.scene.picture.theme),
    open: openDevice,
    failed: notice,
  });
  const preview = createPreview();
  const bar = el('progress', { class: 'record-bar', max: 1, value: 0, 'aria-label': 'Frames done' });
  const state = el('p', { class: 'note record-state', role: 'status' });
  const cancel = button('Cancel', () => recording?.abort());
  const work = el('div', { class: 'record-work', hidden: true }, preview.element, bar, state, cancel);
  const begin = button('Record', () => void record(), { class: 'button record-begin' }, icon('record'));
  const still = button(
    'The picture as it is',
    () => void actions.savePicture(),
    { title: 'Saves what the page shows (S)' },
    icon('camera'),
  );
  const asking = el(
    'div',
    { class: 'record-asking' },
    form.element,
    fold('Titles and overlays', film.element),
    fold('Camera', camera.element),
    look.element,
    form.summary,
    el('div', { class: 'record-buttons' }, still, begin),
  );
  const show = (scene: Scene): void => {
    film.show(scene);
    camera.show(scene);
    timeline.show(scene);
  };
  store.subscribe((scene) => {
    show(scene);
    look.refresh();
  });
  const dialog = createDialog('Record', 'record', asking, work);

  const turn = (working: boolean): void => {
    asking.hidden = working;
    work.hidden = !working;
    (working ? cancel : begin).focus();
  };

  const record = async (): Promise<void> => {
    const { scene } = store;
    const wish = form.recording;
    const { extension, type } = recordingFormat(wish.format);
    const destination = await askForDestination(`${actions.fileStem()}.${extension}`, type);
    if (!destination) {
      return;
    }
    recording = new AbortController();
    look.close();
    // The page's own run would only take the device's time.
    run()?.pause();
    preview.fit(wish.width, wish.height);
    bar.value = 0;
    setText(state, 'The first frame is drawn.');
    turn(true);
    try {
      const done = await recordTo({
        scene,
        recording: wish,
        theme: themeOf(scene.picture.theme),
        destination,
        signal: recording.signal,
        open: openDevice,
        progress(frame, frames, left) {
          bar.value = frame / frames;
          setText(state, `Frame ${frame} of ${frames}; ${frame < frames ? `${timeText(left)} left` : 'done'}.`);
        },
        frame: preview.show,
      });
      dialog.element.close();
      notice(done ? 'The recording is saved.' : 'The recording was ended; nothing is saved.');
    } catch (error) {
      notice(error instanceof Error ? error.message : String(error));
      dialog.element.close();
    } finally {
      recording = null;
      turn(false);
    }
  };

  // A click beside it or Escape must not take a long recording away.
  dialog.element.addEventListener('cancel', (event) => {
    if (recording) {
      event.preventDefault();
    }
  });
  dialog.element.addEventListener('close', () => {
    recording?.abort();
    look.close();
  });

  return {
    element: dialog.element,
    open() {
      form.show(store.scene, run()?.step ?? 0);
      show(store.scene);
      begin.disabled = form.fault !== null;
      dialog.open();
    },
  };
}
