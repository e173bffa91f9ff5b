import { optimizers } from '../../descent/optimizers/index.ts';
import { withLane, withoutLane } from '../../scene/choices.ts';
import { FIRST_UPDATE } from '../../scene/defaults.ts';
import { LIMITS } from '../../scene/limits.ts';
import type { Lane, Scene } from '../../scene/scene.ts';
import { iconButton } from '../controls/button.ts';
import type { Context, Part } from '../context.ts';
import { el, setAttribute, setText } from '../dom.ts';
import { counted, shown } from '../format.ts';
import { icon } from '../icons.ts';
import { sign } from '../shapes.ts';
import { laneNames } from '../../scene/lane-names.ts';

/** What stands for a typed optimizer among the ids. */
const OWN = { value: 'update' };

/** A lane's row and what of it changes while it runs. */
interface Row {
  readonly element: HTMLElement;
  readonly pick: HTMLButtonElement;
  readonly eye: HTMLButtonElement;
  readonly median: HTMLElement;
}

/** The lanes: who races, how each does, who is seen. */
export function createLanesList({ run, actions, say }: Context): Part {
  const list = el('ul', { class: 'lanes' });
  const add = el('select', {
    class: 'lane-add-select',
    'aria-label': 'Add a lane',
    on: {
      change: () => {
        const optimizer = add.value;
        add.value = '';
        actions.edit((scene) => withLane(scene, optimizer === OWN.value ? { update: FIRST_UPDATE } : optimizer));
      },
    },
  });
  add.append(
    el('option', { value: '' }, 'Add a lane'),
    ...optimizers.map(({ id, name }) => el('option', { value: id }, name)),
    el('option', OWN, 'Your own …'),
  );
  const adder = el('div', { class: 'lane-add' }, icon('plus'), el('span', { 'aria-hidden': 'true' }, 'Add a lane'), add);
  const element = el(
    'section',
    { class: 'lanes-part', 'aria-label': 'Lanes' },
    el('div', { class: 'card-head' }, el('span', { class: 'overline' }, 'Lanes'), el('span', { class: 'note' }, 'median loss')),
    list,
    adder,
  );

  let rows: Row[] = [];
  let built = '';
  let selected = -1;

  /** Where the lanes stand in one row that is too long, the selected one is brought into sight. */
  const bringIntoSight = (row: HTMLElement): void => {
    const from = row.offsetLeft - list.offsetLeft;
    if (from < list.scrollLeft || from + row.offsetWidth > list.scrollLeft + list.clientWidth) {
      list.scrollLeft = from - 16;
    }
  };

  const flip = (index: number): void =>
    actions.edit((scene) => ({
      ...scene,
      lanes: scene.lanes.map((lane, i) => (i === index ? { ...lane, on: !lane.on } : lane)),
    }));

  const remove = (index: number, name: string): void => {
    actions.edit((scene) => withoutLane(scene, index));
    rows[Math.min(index, rows.length - 1)]?.pick.focus();
    say(`${name} is removed.`);
  };

  const rowOf = (lane: Lane, index: number, name: string, alone: boolean): Row => {
    const median = el('span', { class: 'lane-median' });
    const pick = el(
      'button',
      { type: 'button', class: 'lane-pick', title: `${name} (${index + 1})`, on: { click: () => actions.select(index) } },
      sign(lane),
      el('span', { class: 'lane-name' }, name),
      median,
    );
    const eye = iconButton(lane.on ? 'eye' : 'eye-off', `${name}: running and drawn`, () => flip(index));
    const gone = iconButton('close', `Remove ${name}`, () => remove(index, name));
    gone.classList.add('lane-remove');
    gone.hidden = alone;
    return { element: el('li', { class: 'lane' }, pick, gone, eye), pick, eye, median };
  };

  const build = (scene: Scene): void => {
    const names = laneNames(scene);
    const active = rows.findIndex(({ element: row }) => row.contains(document.activeElement));
    const wasEye = active >= 0 && rows[active].eye === document.activeElement;
    rows = scene.lanes.map((lane, i) => rowOf(lane, i, names[i], scene.lanes.length === 1));
    list.replaceChildren(...rows.map((row) => row.element));
    if (active >= 0 && rows[active]) {
      (wasEye ? rows[active].eye : rows[active].pick).focus();
    }
  };

  return {
    element,
    scene(scene) {
      const key = JSON.stringify(scene.lanes.map(({ optimizer, colour, on }) => [optimizer, colour, on]));
      if (key !== built) {
        built = key;
        build(scene);
      }
      rows.forEach((row, i) => {
        const { on } = scene.lanes[i];
        setAttribute(row.pick, 'aria-pressed', String(i === scene.selected));
        setAttribute(row.eye, 'aria-pressed', String(on));
        row.element.classList.toggle('lane-selected', i === scene.selected);
        row.element.classList.toggle('lane-off', !on);
      });
      if (scene.selected !== selected) {
        selected = scene.selected;
        requestAnimationFrame(() => rows[selected] && bringIntoSight(rows[selected].element));
      }
      adder.hidden = scene.lanes.length >= LIMITS.lanes;
    },
    beat() {
      const running = run()?.lanes ?? [];
      rows.forEach((row, i) => {
        const tally = running.find((lane) => lane.lane === i)?.tally;
        const lost = tally ? tally.diverged + tally.outside : 0;
        setText(row.median, tally ? shown(tally.median) : '');
        setAttribute(row.median, 'data-lost', lost > 0 ? '' : null);
        setAttribute(
          row.median,
          'title',
          tally
            ? `${counted(tally.converged)} of ${counted(tally.count)} arrived, ${counted(tally.outside)} left the map, ${counted(tally.diverged)} diverged`
            : null,
        );
      });
    },
  };
}
