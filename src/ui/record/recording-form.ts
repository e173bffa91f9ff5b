import {
  DEFAULT_RECORDING,
  estimatedBytes,
  frameCount,
  type Recording,
  RECORDING_FORMATS,
  RECORDING_LIMITS,
  RECORDING_SIZES,
  type RecordingFormatId,
  recordingFault,
  recordingFormat,
  stepOfFrame,
  wholeRun,
} from '../../scene/recording.ts';
import type { Scene } from '../../scene/scene.ts';
import { segments } from '../controls/button.ts';
import { type NumberBox, numberBox } from '../controls/number-box.ts';
import { el, freshId, setText } from '../dom.ts';
import { counted, several } from '../format.ts';

const RATES = [24, 25, 30, 50, 60];
const OWN = 'own';

/** Fields in which a recording is described. */
export interface RecordingForm {
  readonly element: HTMLElement;
  /** What comes of it in words, or why it cannot be recorded. */
  readonly summary: HTMLElement;
  readonly recording: Recording;
  /** Length of a film in seconds. */
  readonly seconds: number;
  /** Why it cannot be recorded, or null. */
  readonly fault: string | null;
  /** The scene, or the step that the page shows, may have changed. */
  show(scene: Scene, step: number): void;
}

/** Bytes in words. */
export function bytesText(bytes: number): string {
  const [unit, size] = bytes < 1e6 ? ['kB', 1e3] : bytes < 1e9 ? ['MB', 1e6] : ['GB', 1e9];
  return `${Number((bytes / (size as number)).toPrecision(2))} ${unit}`;
}

/** A select with its options. */
function choice(
  options: readonly { readonly id: string; readonly name: string }[],
  take: (id: string) => void,
): HTMLSelectElement {
  const element = el(
    'select',
    { class: 'button record-select', on: { change: () => take(element.value) } },
    ...options.map(({ id, name }) => el('option', { value: id }, name)),
  );
  return element;
}

/** A line of the form. */
function row(label: string, help: string, ...controls: readonly HTMLElement[]): HTMLElement {
  const id = freshId('record');
  controls[0].setAttribute('aria-labelledby', id);
  return el(
    'div',
    { class: 'record-row', title: help },
    el('span', { class: 'record-label', id }, label),
    el('div', { class: 'record-controls' }, ...controls),
  );
}

/** Makes the form. */
export function createRecordingForm(changed: () => void): RecordingForm {
  let recording = DEFAULT_RECORDING;
  let scene: Scene | null = null;
  let now = 0;

  const set = (change: Partial<Recording>): void => {
    recording = { ...recording, ...change };
    refresh();
    changed();
  };

  const format = choice(RECORDING_FORMATS, (id) => {
    const { fastest, moving } = recordingFormat(id as RecordingFormatId);
    set({
      format: id as RecordingFormatId,
      fps: Math.min(recording.fps, fastest === 50 ? 25 : fastest),
      from: moving ? recording.from : now,
    });
  });
  const side = (label: string, key: 'width' | 'height'): NumberBox => {
    const [min, max] = RECORDING_LIMITS.side;
    return numberBox({ label, min, max, integer: true, take: (value) => set({ [key]: value }) });
  };
  const width = side('Width in pixels', 'width');
  const height = side('Height in pixels', 'height');
  const size = choice([...RECORDING_SIZES, { id: OWN, name: 'Own size' }], (id) => {
    const named = RECORDING_SIZES.find((candidate) => candidate.id === id);
    if (named) {
      set({ width: named.width, height: named.height });
    }
  });
  const fps = choice(
    RATES.map((rate) => ({ id: String(rate), name: `${rate} frames a second` })),
    (id) => set({ fps: Number(id) }),
  );
  const seconds = numberBox({
    label: 'Length in seconds',
    min: RECORDING_LIMITS.seconds[0],
    max: RECORDING_LIMITS.seconds[1],
    take: (value) => set({ seconds: value }),
  });
  const steps = numberBox({
    label: 'Length in updates',
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    integer: true,
    take: (value) => set({ seconds: Math.min(RECORDING_LIMITS.seconds[1], value / ((scene?.speed ?? 0) || 1)) }),
  });
  const whole = el(
    'button',
    {
      type: 'button',
      class: 'button button-small',
      on: { click: () => scene && set({ seconds: wholeRun(scene), from: 0 }) },
    },
    'Whole run',
  );
  const stepsPart = el(
    'span',
    { class: 'record-controls' },
    el('span', { class: 'note' }, 'seconds, or'),
    steps.element,
    el('span', { class: 'note' }, 'updates'),
  );
  const from = segments(
    'First frame',
    [
      { value: 'start', text: 'Start of the run' },
      { value: 'now', text: 'Step shown now' },
    ],
    (value) => set({ from: value === 'now' ? now : 0 }),
  );
  const edges = segments(
    'Edges',
    [
      { value: '1', text: 'Quick' },
      { value: '2', text: 'Smooth' },
      { value: '3', text: 'Smoothest' },
    ],
    (value) => set({ supersampling: Number(value) }),
  );
  const blur = segments(
    'Motion blur',
    [
      { value: '1', text: 'None' },
      { value: '4', text: 'Some' },
      { value: '8', text: 'Much' },
    ],
    (value) => set({ blur: Number(value) }),
  );
  const rate = row('Frame rate', 'How smoothly it moves', fps);
  const length = row('Length', 'Of the film, at the scene’s speed', seconds.element, stepsPart, whole);
  const motion = row('Motion blur', 'Moments of each frame are averaged', blur.element);
  const summary = el('p', { class: 'note record-summary', role: 'status' });

  const refresh = (): void => {
    if (!scene) {
      return;
    }
    const { moving } = recordingFormat(recording.format);
    format.value = recording.format;
    const named = RECORDING_SIZES.find(
      (candidate) => candidate.width === recording.width && candidate.height === recording.height,
    );
    size.value = named?.id ?? OWN;
    width.show(recording.width);
    height.show(recording.height);
    fps.value = String(recording.fps);
    seconds.show(recording.seconds);
    steps.show(Math.round(recording.seconds * scene.speed));
    stepsPart.hidden = scene.speed === 0;
    from.set(recording.from === 0 ? 'start' : 'now');
    edges.set(String(recording.supersampling));
    blur.set(String(recording.blur));
    for (const element of [rate, length, motion]) {
      element.hidden = !moving;
    }
    const fault = recordingFault(recording, scene);
    summary.classList.toggle('field-problem', fault !== null);
    setText(summary, fault ?? summaryOf(scene));
  };

  const summaryOf = (of: Scene): string => {
    const frames = frameCount(recording);
    const [first, last] = [stepOfFrame(recording, of, 0), stepOfFrame(recording, of, frames - 1)];
    const shows =
      frames === 1
        ? `step ${counted(first)}`
        : `${several(frames, 'frame', 'frames')}, steps ${counted(first)} to ${counted(last)}`;
    return `${shows}; about ${bytesText(estimatedBytes(recording))}.`;
  };

  return {
    element: el(
      'div',
      { class: 'record-form' },
      row('Format', 'What the file is', format),
      row('Size', 'Pixels of the picture', size, width.element, el('span', { class: 'note' }, '×'), height.element),
      rate,
      length,
      row('First frame', 'Where in the run it begins', from.element),
      row('Edges', 'Pixels drawn for each one of the file: 1, 4 or 9', edges.element),
      motion,
    ),
    summary,
    get recording() {
      return recording;
    },
    get seconds() {
      return recording.seconds;
    },
    get fault() {
      return scene && recordingFault(recording, scene);
    },
    show(next, step) {
      const first = scene === null;
      scene = next;
      now = step;
      recording = {
        ...recording,
        ...(first ? { seconds: wholeRun(next) } : {}),
        from: Math.min(recording.from > 0 ? step : 0, next.steps),
      };
      refresh();
    },
  };
}
