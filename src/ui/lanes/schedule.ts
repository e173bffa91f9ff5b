import { Controller, type GUI } from 'lil-gui';
import { findSchedule, schedules } from '../../descent/schedules/index.ts';
import { scheduleRate } from '../../descent/schedules/rate.ts';
import { LIMITS } from '../../scene/limits.ts';
import { laneAt } from '../../scene/resolve.ts';
import type { Scene, ScheduleChoice } from '../../scene/scene.ts';
import { bound } from '../controls/bound.ts';
import { FieldController } from '../controls/field.ts';
import type { Context } from '../context.ts';
import { el, setAttribute, svg } from '../dom.ts';
import { capital, editable } from '../format.ts';

const CONSTANT = schedules[0].id;

/** The curve's box, and points along it. */
const WIDTH = 132;
const HEIGHT = 30;
const POINTS = 132;

const scheduleNow = (scene: Scene, step: number): ScheduleChoice =>
  laneAt(scene, scene.selected, step).schedule ?? { id: CONSTANT, keys: {}, warmup: 0 };

/** A constant rate without a warm-up is no schedule. */
const stored = (choice: ScheduleChoice): ScheduleChoice | null =>
  choice.id === CONSTANT && choice.warmup === 0 ? null : choice;

/** The learning rate's schedule: which, and its curve over the run with the present step on it. */
export class ScheduleController extends Controller {
  readonly #context: Context;
  readonly #select: HTMLSelectElement;
  readonly #curve = svg('path', { class: 'schedule-curve' });
  readonly #dot = svg('circle', { class: 'schedule-dot', r: 4 });
  #rate: (t: number) => number = () => 1;
  #top = 1;
  #drawn = '';

  constructor(parent: GUI, context: Context) {
    super(parent, bound(() => '', () => {}), 'value', 'schedule');
    this.#context = context;
    this.name('Schedule');
    this.domElement.title = 'How the learning rate changes over the run';
    this.#select = el('select', {
      class: 'quiet-select',
      'aria-label': 'Learning-rate schedule',
      on: {
        change: () => {
          const { store, actions } = context;
          const { warmup } = this.#now();
          const schedule = stored({ id: this.#select.value, keys: {}, warmup });
          actions.change({ kind: 'schedule', lane: store.scene.selected, schedule });
        },
      },
    });
    this.#select.append(...schedules.map(({ id, name }) => el('option', { value: id }, name)));
    const picture = svg(
      'svg',
      { viewBox: `-5 -5 ${WIDTH + 10} ${HEIGHT + 10}`, class: 'schedule-picture', 'aria-hidden': 'true' },
      svg('path', { class: 'schedule-base', d: `M0 ${HEIGHT}H${WIDTH}` }),
      this.#curve,
      this.#dot,
    );
    this.$widget.append(picture, this.#select);
  }

  /** Shows the schedule that holds now. */
  draw(): void {
    const { store } = this.#context;
    const choice = this.#now();
    this.#select.value = choice.id;
    const { lr } = laneAt(store.scene, store.scene.selected, this.#step()).hyper;
    const { steps } = store.scene;
    const key = JSON.stringify([choice, lr, steps]);
    if (key === this.#drawn) {
      return;
    }
    this.#drawn = key;
    this.#rate = scheduleRate(choice, lr, steps);
    const rates = Array.from({ length: POINTS + 1 }, (_, k) => this.#rate(Math.round((k / POINTS) * Math.max(0, steps - 1))));
    this.#top = Math.max(...rates) || 1;
    const path = rates.map((rate, k) => `${((k / POINTS) * WIDTH).toFixed(1)} ${this.#height(rate).toFixed(2)}`);
    this.#curve.setAttribute('d', `M${path.join('L')}`);
    this.dot();
  }

  /** Puts the dot at the present step. */
  dot(): void {
    const { steps } = this.#context.store.scene;
    const share = steps > 0 ? Math.min(1, this.#step() / steps) : 0;
    setAttribute(this.#dot, 'cx', (share * WIDTH).toFixed(1));
    setAttribute(this.#dot, 'cy', this.#height(this.#rate(Math.min(this.#step(), Math.max(0, steps - 1)))).toFixed(2));
  }

  #height(rate: number): number {
    return HEIGHT * (1 - rate / this.#top);
  }

  #step(): number {
    return this.#context.run()?.step ?? 0;
  }

  #now(): ScheduleChoice {
    return scheduleNow(this.#context.store.scene, this.#step());
  }
}

/** Adds the numbers of every schedule to a panel, of which those of the chosen one are shown, and the warm-up. */
export function addScheduleKeys(parent: GUI, { store, run, actions }: Context): void {
  const now = (): ScheduleChoice => scheduleNow(store.scene, run()?.step ?? 0);
  const change = (choice: ScheduleChoice): void =>
    actions.change({ kind: 'schedule', lane: store.scene.selected, schedule: stored(choice) });
  for (const { id, keys } of schedules) {
    for (const spec of keys) {
      new FieldController(parent, {
        name: capital(spec.name),
        help: spec.help,
        min: spec.min,
        max: spec.max,
        integer: spec.integer,
        shown: () => now().id === id,
        get: () => now().keys[spec.key] ?? spec.default(store.scene.steps),
        take: (value) => change({ ...now(), keys: { ...now().keys, [spec.key]: value } }),
      });
    }
  }
  new FieldController(parent, {
    name: 'Warm-up',
    help: 'Updates of linear warm-up before the schedule begins.',
    min: 0,
    max: LIMITS.steps,
    integer: true,
    get: () => now().warmup,
    take: (warmup) => change({ ...now(), warmup }),
  });
}

/** The schedule that holds at a step, in a few words; empty for a constant rate. */
export function scheduleSummary(scene: Scene, step: number): string {
  const { id, warmup } = scheduleNow(scene, step);
  const words = [id === CONSTANT ? '' : findSchedule(id).name.toLowerCase(), warmup > 0 ? `warm-up ${editable(warmup)}` : ''];
  return words.filter(Boolean).join(', ');
}
