import '../styles/record.css';

import { recordingFormat } from '../../scene/recording.ts';
import { button } from '../controls/button.ts';
import type { Context } from '../context.ts';
import { createDialog, type Dialog } from '../dialog.ts';
import { el, setText } from '../dom.ts';
import { several } from '../format.ts';
import { icon } from '../icons.ts';
import { themeOf } from '../theme.ts';
import { askForDestination } from './destination.ts';
import { recordTo } from './job.ts';
import { createPreview } from './preview.ts';
import { createRecordingForm } from './recording-form.ts';

/** A time that is left, in words. */
function timeText(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 100 ? several(seconds, 'second', 'seconds') : several(Math.round(seconds / 60), 'minute', 'minutes');
}

/** Asks what to record, and does it: every frame when it is ready, whether the tab is looked at or not. */
export function createRecordDialog({ store, run, actions, openDevice, notice }: Context): Dialog {
  let recording: AbortController | null = null;
  const form = createRecordingForm(() => {
    begin.disabled = form.fault !== null;
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
    el('div', { class: 'record-buttons' }, still, begin),
  );
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
  dialog.element.addEventListener('close', () => recording?.abort());

  return {
    element: dialog.element,
    open() {
      form.show(store.scene, run()?.step ?? 0);
      begin.disabled = form.fault !== null;
      dialog.open();
    },
  };
}
