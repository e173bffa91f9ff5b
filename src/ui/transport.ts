import { LIMITS } from '../scene/limits.ts';
import type { Scene } from '../scene/scene.ts';
import { niceTicks } from '../view/ticks.ts';
import { button, iconButton } from './controls/button.ts';
import type { Context, Part } from './context.ts';
import { el, setAttribute, setText } from './dom.ts';
import { counted } from './format.ts';
import { icon } from './icons.ts';

/** Updates a second that are offered; 0 is as fast as it goes. */
const SPEEDS: readonly number[] = [1, 2, 5, 10, 30, 60, 120, 240, 1000, 10_000, 0];

const speedText = (speed: number): string => (speed === 0 ? 'Fastest' : `${counted(speed)}/s`);

/** Labels along the scrubber at most. */
const TICKS = 8;

/** A frame that took longer than this was no frame but a pause of the page. */
const LONG_FRAME = 1000;

/** Keeps the average length of a frame over about half a second. */
class FrameRate {
  #average = 0;

  passed(milliseconds: number): void {
    if (milliseconds > 0 && milliseconds < LONG_FRAME) {
      const share = this.#average === 0 ? 1 : Math.min(1, milliseconds / 500);
      this.#average += share * (milliseconds - this.#average);
    }
  }

  get text(): string {
    return this.#average > 0 ? String(Math.round(1000 / this.#average)) : '–';
  }
}

function fact(label: string, className: string): { readonly element: HTMLElement; readonly value: HTMLElement } {
  const value = el('span', { class: 'fact-value' });
  return {
    element: el('div', { class: `fact ${className}` }, el('span', { class: 'fact-label' }, label), value),
    value,
  };
}

/** Plays, steps and scrubs, and says how far and how fast it goes and on what. */
export function createTransport(
  { store, run, actions, notice }: Context,
  showRecord: () => void,
  deviceReason: () => string | null,
): Part & { passed(milliseconds: number): void } {
  const rate = new FrameRate();
  const playIcon = el('span', { class: 'play-icon' });
  const play = el(
    'button',
    { type: 'button', class: 'button button-primary', on: { click: actions.togglePlay } },
    playIcon,
  );
  const speed = el('select', {
    class: 'button speed',
    'aria-label': 'Speed, updates a second',
    title: 'Updates a second',
    on: { change: () => actions.edit((scene) => ({ ...scene, speed: Number(speed.value) }), 'speed') },
  });
  const scrubber = el('input', {
    type: 'range',
    class: 'range scrubber-range',
    min: 0,
    step: 1,
    'aria-label': 'Step',
    on: { input: () => run()?.seek(Number(scrubber.value)) },
  });
  const marks = el('div', { class: 'scrubber-marks', 'aria-hidden': 'true' });
  const ticks = el('div', { class: 'scrubber-ticks', 'aria-hidden': 'true' });
  const stepNow = el('span', { class: 'step-now' });
  const stepEnd = el('span', { class: 'step-end' });
  const step = el(
    'div',
    { class: 'fact fact-step' },
    el('span', { class: 'fact-label' }, 'step'),
    el('span', { class: 'fact-value' }, stepNow, stepEnd),
  );
  const evaluations = fact('gradient evals', 'fact-evaluations');
  const frames = fact('fps', 'fact-frames');
  const chip = el('button', { type: 'button', class: 'chip', on: { click: () => notice(chip.title) } });
  const chipName = el('span');
  const chipCount = el('span', { class: 'chip-count' });
  chip.append(el('span', { class: 'chip-light', 'aria-hidden': 'true' }), chipName, chipCount);

  const element = el(
    'section',
    { class: 'card transport', 'aria-label': 'Transport' },
    el(
      'div',
      { class: 'transport-buttons' },
      play,
      iconButton('step', 'One step', actions.step, '→'),
      iconButton('restart', 'Restart', actions.restart, 'R'),
      speed,
    ),
    el('div', { class: 'scrubber' }, el('div', { class: 'scrubber-track' }, marks, scrubber), ticks),
    el('div', { class: 'facts' }, step, evaluations.element, frames.element),
    chip,
    button(
      'Record',
      showRecord,
      { class: 'button button-record', title: 'Record a film or a picture (Shift R)' },
      icon('record'),
    ),
  );

  const drawTicks = ({ steps, edits }: Scene): void => {
    const at = (value: number): string => String(steps > 0 ? value / steps : 0);
    ticks.replaceChildren(
      ...niceTicks(0, Math.max(1, steps), TICKS).map((value) => {
        const tick = el('span', {}, counted(value));
        tick.style.setProperty('--at', at(value));
        return tick;
      }),
    );
    marks.replaceChildren(
      ...[...new Set(edits.map((edit) => edit.step))].slice(0, LIMITS.edits).map((value) => {
        const mark = el('span');
        mark.style.setProperty('--at', at(value));
        return mark;
      }),
    );
  };

  let shownScene: Scene | null = null;
  let playing: boolean | null = null;
  let filled = '';

  return {
    element,
    passed: (milliseconds) => rate.passed(milliseconds),
    scene(scene) {
      if (shownScene?.steps !== scene.steps || shownScene.edits !== scene.edits) {
        scrubber.max = String(scene.steps);
        setText(stepEnd, `/${counted(scene.steps)}`);
        drawTicks(scene);
      }
      if (shownScene?.speed !== scene.speed) {
        const offered = SPEEDS.includes(scene.speed) ? SPEEDS : [...SPEEDS, scene.speed];
        const sorted = [...offered].sort((a, b) => (a || Infinity) - (b || Infinity));
        speed.replaceChildren(...sorted.map((value) => el('option', { value }, speedText(value))));
        speed.value = String(scene.speed);
      }
      shownScene = scene;
    },
    frame() {
      const now = run();
      const at = now?.step ?? 0;
      // A thousandth of the way is less than a pixel or two: the knob need not move for less.
      const share = store.scene.steps > 0 ? (at / store.scene.steps).toFixed(3) : '0';
      if (share !== filled || (!now?.playing && scrubber.value !== String(at))) {
        filled = share;
        scrubber.value = String(at);
        scrubber.style.setProperty('--at', share);
      }
      setText(stepNow, counted(at));
      const isPlaying = now?.playing ?? false;
      if (playing !== isPlaying) {
        playing = isPlaying;
        playIcon.replaceChildren(icon(isPlaying ? 'pause' : 'play'));
        const label = isPlaying ? 'Pause' : 'Play';
        setAttribute(play, 'aria-label', label);
        play.title = `${label} (Space)`;
      }
    },
    beat() {
      const now = run();
      const lanes = now?.lanes ?? [];
      setText(evaluations.value, counted(lanes.reduce((sum, lane) => sum + lane.evaluations, 0)));
      // At rest nothing is drawn but what changes: a rate of frames would mean nothing.
      setText(frames.value, now?.playing ? rate.text : '–');
      setText(chipName, now ? (now.device === 'gpu' ? 'WebGPU' : 'CPU') : 'starting');
      setText(chipCount, now ? counted(lanes.reduce((sum, lane) => sum + lane.count, 0)) : '');
      setAttribute(chip, 'data-device', now ? (now.behind ? 'behind' : now.device) : 'none');
      const reason = deviceReason();
      const pace = now?.behind
        ? ` It reaches ${counted(now.rate)} of the ${counted(store.scene.speed)} updates a second.`
        : '';
      chip.title = now ? `${now.adapter}.${pace}${reason ? ` ${reason}` : ''}` : 'Starting';
    },
  };
}
