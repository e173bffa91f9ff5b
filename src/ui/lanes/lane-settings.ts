import type { GUI } from 'lil-gui';
import type { HyperSpec } from '../../descent/optimizer.ts';
import { optimizers } from '../../descent/optimizers/index.ts';
import { updateOf, withOptimizer } from '../../scene/choices.ts';
import { optimizerOf } from '../../scene/compiled.ts';
import { newLane } from '../../scene/defaults.ts';
import { laneAt } from '../../scene/resolve.ts';
import type { BaseChoice, Scene } from '../../scene/scene.ts';
import { button, iconButton } from '../controls/button.ts';
import { type Fold, fold, panel, refresh, select, toggle } from '../controls/panel.ts';
import { SliderController } from '../controls/slider.ts';
import type { Context, Part } from '../context.ts';
import { el, setText } from '../dom.ts';
import { capital, editable } from '../format.ts';
import { sign } from '../shapes.ts';
import { createUpdateField } from './update-field.ts';
import { opened } from './open-as-text.ts';
import { conditioningSummary } from './conditioning-summary.ts';
import { addScheduleKeys, ScheduleController, scheduleSummary } from './schedule.ts';

/** SAM without another base. */
const PLAIN = 'sam';

/** What stands for a typed optimizer among the ids. */
const OWN = 'update';

/** The few that matter first: how far a step goes, and what is remembered. The rest is folded. */
const isProminent = ({ key, scale }: HyperSpec): boolean => key === 'lr' || scale === 'complement';

/** The selected lane's optimizer, hyperparameters, schedule and clipping, as they are at the run's present step. */
export function createLaneSettings(context: Context, rule: Part, showOptimizers: () => void): Part {
  const { store, run, actions } = context;
  const head = el('span', { class: 'lane-sign' });
  const optimizer = el('select', {
    class: 'lane-optimizer',
    'aria-label': 'Optimizer of the lane',
    on: {
      change: () => {
        const choice = optimizer.value;
        actions.edit((scene) => (choice === OWN ? opened(scene) : withOptimizer(scene, scene.selected, choice)));
      },
    },
  });
  const about = iconButton('book', 'About the optimizers', showOptimizers, 'O');
  about.classList.add('lane-about');
  const copy = button('Copy as PyTorch', () => void actions.copyPytorch(), {
    class: 'button button-small lane-copy',
    title: 'The lane’s optimizer, schedule and clipping as Python',
  });
  const own = el('option', { value: OWN });
  optimizer.append(...optimizers.map(({ id, name }) => el('option', { value: id }, name)), own);
  const update = createUpdateField(context);
  const first = el('div', { class: 'lane-first' });
  const rest = el('div', { class: 'lane-rest' });
  const element = el(
    'section',
    { class: 'lane-part', 'aria-label': 'Selected lane' },
    el('div', { class: 'lane-head' }, head, optimizer, about, el('span', { class: 'note' }, 'double-click resets')),
    el('div', { class: 'verdict-slot lane-verdict', 'data-press': '' }),
    update.element,
    first,
    rule.element,
    rest,
    copy,
  );

  const step = (): number => run()?.step ?? 0;
  const now = () => laneAt(store.scene, store.scene.selected, step());
  let guis: GUI[] = [];
  let more: Fold | null = null;
  let schedule: ScheduleController | null = null;
  let conditioning: Fold | null = null;
  let built = '';
  let shownAt = '';

  const addHyper = (gui: GUI, spec: HyperSpec, standard: number): void => {
    const { key, symbol, help, min, max, slider } = spec;
    // A typed one is called as in the text.
    const typed = updateOf(store.scene.lanes[store.scene.selected]) !== null && key !== 'lr';
    const name = typed ? key : capital(spec.name);
    const set = (value: number, drag: boolean): void => {
      const { selected } = store.scene;
      actions.change({ kind: 'hyper', lane: selected, key, value }, `hyper ${selected} ${key}`);
      if (!drag) {
        store.release();
      }
    };
    if (spec.scale === 'switch') {
      toggle(gui, { name, help, get: () => now().hyper[key] === 1, set: (on) => set(on ? 1 : 0, false) });
      return;
    }
    new SliderController(gui, {
      name,
      symbol: typed ? undefined : symbol,
      help,
      min,
      max,
      slider,
      spread: spec.scale,
      ticks: key === 'lr',
      get: () => now().hyper[key],
      set,
      standard: () => standard,
    });
  };

  const addBase = (gui: GUI): void => {
    const base = (): BaseChoice => {
      const { optimizer: choice } = store.scene.lanes[store.scene.selected];
      return typeof choice === 'object' && 'sam' in choice ? choice.sam : PLAIN;
    };
    select(gui, {
      name: 'Base',
      help: 'The optimizer that takes the gradient from a little uphill.',
      options: [{ id: PLAIN, name: 'plain descent' }, ...optimizers.filter(({ direction }) => !direction)],
      get: () => optimizerOf({ optimizer: base() }).id,
      set: (id) => actions.edit((scene) => withOptimizer(scene, scene.selected, id === PLAIN ? 'sam' : { sam: id })),
    });
  };

  const fillConditioning = async (gui: GUI): Promise<void> => {
    const { addConditioning } = await import('./conditioning.ts');
    addScheduleKeys(gui, context);
    addConditioning(gui, context);
  };

  const build = (scene: Scene): void => {
    for (const gui of guis) {
      gui.destroy();
    }
    const lane = scene.lanes[scene.selected];
    const spec = optimizerOf(lane);
    const suggested = newLane(lane.optimizer, lane.colour).hyper;
    const standard = (hyper: HyperSpec): number => suggested[hyper.key] ?? hyper.default;
    head.replaceChildren(sign(lane));
    setText(own, spec.id === OWN ? spec.name : 'Your own …');
    optimizer.value = spec.id;
    optimizer.title = spec.summary;
    const upper = panel(first);
    for (const hyper of spec.hyper.filter(isProminent)) {
      addHyper(upper, hyper, standard(hyper));
    }
    if (spec.id === PLAIN) {
      addBase(upper);
    }
    schedule = new ScheduleController(upper, context);
    const lower = panel(rest);
    const others = spec.hyper.filter((hyper) => !isProminent(hyper));
    const addOthers = (gui: GUI): void => {
      for (const hyper of others) {
        addHyper(gui, hyper, standard(hyper));
      }
    };
    more = others.length > 0 ? fold(lower, 'Further settings', addOthers, more?.open) : null;
    conditioning = fold(lower, 'Conditioning', fillConditioning, conditioning?.open);
    guis = [upper, lower];
  };

  const summarize = (): void => {
    const lane = now();
    const { hyper } = lane;
    const { hyper: specs } = optimizerOf(store.scene.lanes[store.scene.selected]);
    const set = specs.filter((spec) => !isProminent(spec) && hyper[spec.key] !== spec.default);
    more?.summary(
      set.length > 0 ? set.map((spec) => `${spec.name} ${editable(hyper[spec.key])}`).join(', ') : 'defaults',
    );
    const told = [scheduleSummary(store.scene, step()), ...conditioningSummary(lane)];
    conditioning?.summary(told.filter(Boolean).join(', ') || 'off');
  };

  const show = (): void => {
    for (const gui of guis) {
      refresh(gui);
    }
    schedule?.draw();
    summarize();
  };

  return {
    element,
    scene(scene) {
      const lane = scene.lanes[scene.selected];
      const { id, hyper } = optimizerOf(lane);
      const key = JSON.stringify([scene.selected, id, hyper, lane.colour]);
      if (key !== built) {
        built = key;
        build(scene);
      }
      show();
      update.scene?.(scene);
      rule.scene?.(scene);
    },
    frame() {
      schedule?.dot();
      // Edits of the run change what holds now; without any, nothing does.
      const { edits } = store.scene;
      const at = String(edits.filter((edit) => edit.step <= step()).length);
      if (at !== shownAt) {
        shownAt = at;
        this.scene?.(store.scene);
      }
      rule.frame?.();
    },
    beat() {
      rule.beat?.();
    },
  };
}
