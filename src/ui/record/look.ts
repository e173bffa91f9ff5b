import type { Studio, StudioDevice } from '../../record/studio.ts';
import { frameCount, type Recording } from '../../scene/recording.ts';
import type { Scene } from '../../scene/scene.ts';
import type { Theme } from '../../view/view.ts';
import { el, setText } from '../dom.ts';
import { editable } from '../format.ts';
import { createPreview } from './preview.ts';

/** Pixels of the longer side of a frame that is looked at beforehand: even ones. */
const LONGER = 640;

/** Milliseconds without a change until a changed film is drawn: a studio is made anew for it. */
const PAUSE = 400;

/** What is looked at. */
export interface LookOptions {
  /** Stands above the slider, on the same scale. */
  readonly timeline: HTMLElement;
  recording(): Recording;
  scene(): Scene;
  theme(): Theme;
  open(): Promise<StudioDevice>;
  failed(sentence: string): void;
}

/** Frames of a film before it is recorded. */
export interface Look {
  readonly element: HTMLElement;
  /** The moment that is looked at, in seconds since the film began. */
  readonly moment: number;
  /** Looks at a moment. */
  seek(seconds: number): void;
  /** The film may be another one: what is shown of it is drawn anew. */
  refresh(): void;
  /** Lets go of the device. */
  close(): void;
}

/** A recording of the same frames, smaller. */
function smaller(recording: Recording): Recording {
  const scale = Math.min(1, LONGER / Math.max(recording.width, recording.height));
  const side = (length: number): number => Math.max(16, 2 * Math.round((length * scale) / 2));
  return { ...recording, width: side(recording.width), height: side(recording.height), supersampling: 1 };
}

/** A slider along the film, and the frame that it will have there, with all that lies over it. */
export function createLook({ timeline, recording, scene, theme, open, failed }: LookOptions): Look {
  const preview = createPreview();
  const time = el('span', { class: 'note' });
  const slider = el('input', {
    type: 'range',
    class: 'range',
    min: 0,
    max: 1000,
    value: 0,
    'aria-label': 'Moment of the film to look at',
    on: { input: () => void show() },
  });
  preview.element.hidden = true;
  let studio: Studio | null = null;
  let device: GPUDevice | null = null;
  let made = '';
  let busy = false;
  let asked = false;
  /** Nobody looks any more: what is under way is of no use. */
  let left = false;
  let again: ReturnType<typeof setTimeout> | undefined;

  const close = (): void => {
    studio?.dispose();
    device?.destroy();
    studio = null;
    device = null;
    made = '';
  };

  /** The studio of what is asked for now. */
  const studioNow = async (small: Recording): Promise<Studio> => {
    const key = JSON.stringify([scene(), small, theme()]);
    if (studio && key === made) {
      return studio;
    }
    close();
    const { Studio: Opened } = await import('../../record/studio.ts');
    const on = await open();
    device = on.device;
    let lost = false;
    on.device?.lost.then(() => {
      lost = true;
    });
    studio = await Opened.open({ scene: scene(), recording: small, theme: theme(), on, lost: () => lost });
    made = key;
    preview.fit(small.width, small.height);
    return studio;
  };

  /** One frame at a time; of several that are asked for meanwhile, the newest. */
  const show = async (): Promise<void> => {
    asked = true;
    left = false;
    if (busy) {
      return;
    }
    busy = true;
    try {
      while (asked && !left) {
        asked = false;
        const small = smaller(recording());
        const frame = Math.round((Number(slider.value) / 1000) * (frameCount(small) - 1));
        slider.style.setProperty('--at', String(Number(slider.value) / 1000));
        setText(time, `${editable(Math.round((100 * frame) / small.fps) / 100)} s`);
        const shot = await (await studioNow(small)).show(frame);
        preview.element.hidden = false;
        preview.show(shot.pixels());
      }
    } catch (error) {
      close();
      if (!left) {
        failed(error instanceof Error ? error.message : String(error));
      }
    } finally {
      busy = false;
      if (left) {
        close();
      }
    }
  };

  const moment = (): number => (Number(slider.value) / 1000) * recording().seconds;

  return {
    element: el(
      'div',
      { class: 'record-look' },
      preview.element,
      timeline,
      el('div', { class: 'record-slide' }, el('span', { class: 'record-label' }, 'Look at'), slider, time),
    ),
    get moment() {
      return moment();
    },
    seek(seconds) {
      slider.value = String(Math.round((1000 * seconds) / recording().seconds));
      void show();
    },
    refresh() {
      clearTimeout(again);
      if (!preview.element.hidden && !left) {
        again = setTimeout(() => void show(), PAUSE);
      }
    },
    close() {
      left = true;
      clearTimeout(again);
      close();
    },
  };
}
