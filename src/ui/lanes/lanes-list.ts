import { optimizers } from '../../descent/optimizers/index.ts';
import { withLane, withLaneAt, withLaneLook } from '../../scene/choices.ts';
import { FIRST_UPDATE } from '../../scene/defaults.ts';
import { LIMITS } from '../../scene/limits.ts';
import type { Lane, Scene } from '../../scene/scene.ts';
import { iconButton } from '../controls/button.ts';
import type { Context, Part } from '../context.ts';
import { el, setAttribute, setText } from '../dom.ts';
import { counted, shown } from '../format.ts';
import { icon } from '../icons.ts';
import { sign } from '../shapes.ts';
import type { LaneMenu } from './lane-menu.ts';
import { laneNames } from '../../scene/lane-names.ts';

/** What stands for a typed optimizer among the ids. */
const OWN = { value: 'update' };

/** A lane's row and what of it changes while it runs. */
interface Row {
  readonly element: HTMLElement;
  readonly pick: HTMLButtonElement;
  readonly eye: HTMLButtonElement;
  readonly more: HTMLButtonElement;
  readonly median: HTMLElement;
}

/** The list of lanes, and the menu of each for whoever else shows them. */
export interface LanesList extends Part {
  /** Opens a lane's menu beside a button. */
  readonly openMenu: (lane: number, button: HTMLElement) => void;
}

/** The lanes: who races, how each does, who is seen. */
export function createLanesList(context: Context): LanesList {
  const { run, store, actions, say, notice } = context;
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

  const focus = (index: number): void => rows[Math.min(index, rows.length - 1)]?.pick.focus();

  const flip = (index: number): void =>
    actions.edit((scene) => withLaneLook(scene, index, { on: !scene.lanes[index].on }));

  let menu: Promise<LaneMenu> | null = null;

  const loadMenu = async (): Promise<LaneMenu> => {
    const { createLaneMenu } = await import('./lane-menu.ts');
    const made = createLaneMenu(context, () => focus(store.scene.selected));
    document.body.append(made.element);
    return made;
  };

  /** The menu's code comes when it is first opened. */
  const openMenu = (index: number, from: HTMLElement): void => {
    actions.select(index);
    menu ??= loadMenu();
    menu.then(
      ({ open }) => open(index, from.isConnected ? from : rows[index].more),
      () => {
        // Asked for again it may come.
        menu = null;
        notice('This part of the page did not come: is the server still there?');
      },
    );
  };

  /** Alt and an arrow move a lane among the others. */
  const move = (event: KeyboardEvent, index: number, name: string): void => {
    const place = index + (event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0);
    if (event.altKey && place !== index) {
      event.preventDefault();
      actions.edit((scene) => withLaneAt(scene, index, place));
      focus(Math.max(0, place));
      say(`${name} is number ${Math.min(rows.length, Math.max(1, place + 1))} of ${rows.length}.`);
    }
  };

  const rowOf = (lane: Lane, index: number, name: string): Row => {
    const median = el('span', { class: 'lane-median' });
    const pick = el(
      'button',
      {
        type: 'button',
        class: 'lane-pick',
        title: `${name} (${index + 1})`,
        on: { click: () => actions.select(index), keydown: (event) => move(event, index, name) },
      },
      sign(lane),
      el(
        'span',
        { class: 'lane-who' },
        el('span', { class: 'lane-name' }, name),
        el('span', { class: 'verdict-slot', 'data-lane': index }),
      ),
      median,
    );
    const eye = iconButton(lane.on ? 'eye' : 'eye-off', `${name}: running and drawn`, () => flip(index));
    const more = iconButton('more', `More for ${name}: name, colour, solo, duplicate, move, remove`, () => openMenu(index, more));
    more.classList.add('lane-more');
    setAttribute(more, 'aria-haspopup', 'dialog');
    return { element: el('li', { class: 'lane' }, pick, more, eye), pick, eye, more, median };
  };

  const build = (scene: Scene): void => {
    const names = laneNames(scene);
    const active = rows.findIndex(({ element: row }) => row.contains(document.activeElement));
    const wasEye = active >= 0 && rows[active].eye === document.activeElement;
    rows = scene.lanes.map((lane, i) => rowOf(lane, i, names[i]));
    list.replaceChildren(...rows.map((row) => row.element));
    if (active >= 0 && rows[active]) {
      (wasEye ? rows[active].eye : rows[active].pick).focus();
    }
  };

  return {
    element,
    openMenu,
    scene(scene) {
      const key = JSON.stringify(scene.lanes.map(({ optimizer, colour, on, name }) => [optimizer, colour, on, name]));
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
