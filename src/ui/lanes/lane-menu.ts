import '../styles/lane-menu.css';

import { withLaneAt, withLaneLook, withLaneName, withLaneTwice, withoutLane } from '../../scene/choices.ts';
import { LANE_COLOURS } from '../../scene/colours.ts';
import { optimizerOf } from '../../scene/compiled.ts';
import { laneNames } from '../../scene/lane-names.ts';
import { LIMITS } from '../../scene/limits.ts';
import type { Scene } from '../../scene/scene.ts';
import type { Context } from '../context.ts';
import { el, freshId } from '../dom.ts';
import { type IconName, icon } from '../icons.ts';
import { sign } from '../shapes.ts';
import { isAlone, Solo } from './solo.ts';

/** CSS pixels between the menu and what opened it, and the page's edges. */
const APART = 6;

/** What can be done with a lane, behind one button of its row. */
export interface LaneMenu {
  readonly element: HTMLElement;
  /** Opens beside the button of a lane. */
  open(lane: number, button: HTMLElement): void;
}

/** Something to be done with a lane. */
interface Deed {
  readonly icon: IconName;
  readonly text: string;
  /** Said when it is done. */
  readonly told: string;
  /** The key that does the same on the lane's row. */
  readonly key?: string;
  readonly possible: boolean;
  readonly make: (scene: Scene) => Scene;
}

/** All that can be done with a lane, as it is now. */
function deedsOf(scene: Scene, lane: number, name: string, solo: Solo): readonly Deed[] {
  const { lanes } = scene;
  const { on } = lanes[lane];
  const alone = isAlone(scene, lane);
  return [
    {
      icon: 'solo',
      text: alone ? 'With the others again' : 'Solo',
      told: alone ? 'The others run again.' : `${name} runs alone.`,
      possible: lanes.length > 1,
      make: (now) => solo.flip(now, lane),
    },
    {
      icon: on ? 'eye-off' : 'eye',
      text: on ? 'Mute' : 'Unmute',
      told: on ? `${name} is switched off.` : `${name} is switched on.`,
      possible: true,
      make: (now) => withLaneLook(now, lane, { on: !on }),
    },
    {
      icon: 'copy',
      text: 'Duplicate',
      told: `${name} is there twice.`,
      possible: lanes.length < LIMITS.lanes,
      make: (now) => withLaneTwice(now, lane),
    },
    {
      icon: 'up',
      text: 'Move up',
      told: `${name} is moved up.`,
      key: 'Alt ↑',
      possible: lane > 0,
      make: (now) => withLaneAt(now, lane, lane - 1),
    },
    {
      icon: 'down',
      text: 'Move down',
      told: `${name} is moved down.`,
      key: 'Alt ↓',
      possible: lane < lanes.length - 1,
      make: (now) => withLaneAt(now, lane, lane + 1),
    },
    {
      icon: 'close',
      text: 'Remove',
      told: `${name} is removed.`,
      possible: lanes.length > 1,
      make: (now) => withoutLane(now, lane),
    },
  ];
}

/** Makes the menu of lanes. `focus`: brings the focus to the row of the selected lane. */
export function createLaneMenu({ store, actions, say }: Context, focus: () => void): LaneMenu {
  const solo = new Solo();
  const element = el('div', { class: 'lane-menu', popover: 'auto', role: 'dialog' });

  const nameField = (scene: Scene, lane: number): HTMLElement => {
    const id = freshId('lane-name');
    const take = (): void => actions.edit((now) => withLaneName(now, lane, field.value), `name ${lane}`);
    const field = el('input', {
      type: 'text',
      id,
      class: 'lane-menu-name',
      maxlength: LIMITS.name,
      placeholder: optimizerOf(scene.lanes[lane]).name,
      spellcheck: 'false',
      autocomplete: 'off',
      on: {
        input: take,
        keydown: ({ key }) => {
          if (key === 'Enter') {
            element.hidePopover();
          }
        },
        blur: () => store.release(),
      },
    });
    field.value = scene.lanes[lane].name ?? '';
    return el('label', { class: 'lane-menu-row', for: id }, el('span', {}, 'Name'), field);
  };

  const colours = (scene: Scene, lane: number): HTMLElement => {
    const group = freshId('lane-colour');
    return el(
      'div',
      { class: 'lane-menu-colours', role: 'radiogroup', 'aria-label': 'Colour and shape' },
      ...LANE_COLOURS.map(({ name }, colour) => {
        const input = el('input', {
          type: 'radio',
          name: group,
          'aria-label': name,
          on: { change: () => actions.edit((now) => withLaneLook(now, lane, { colour }), `colour ${lane}`) },
        });
        input.checked = scene.lanes[lane].colour === colour;
        return el('label', { title: name }, input, sign({ ...scene.lanes[lane], colour }));
      }),
    );
  };

  const place = (button: HTMLElement): void => {
    const box = button.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = element;
    const [wide, high] = [window.innerWidth, window.innerHeight];
    const below = box.bottom + APART + offsetHeight <= high - APART;
    const top = below ? box.bottom + APART : Math.max(APART, Math.min(box.top, high - APART - offsetHeight));
    element.style.left = `${Math.max(APART, Math.min(box.right - offsetWidth, wide - APART - offsetWidth))}px`;
    element.style.top = `${top}px`;
  };

  return {
    element,
    open(lane, button) {
      const { scene } = store;
      const name = laneNames(scene)[lane];
      element.setAttribute('aria-label', `Lane ${name}`);
      element.replaceChildren(
        nameField(scene, lane),
        colours(scene, lane),
        ...deedsOf(scene, lane, name, solo).map((deed) => {
          const entry = el(
            'button',
            {
              type: 'button',
              class: 'lane-menu-deed',
              on: {
                click: () => {
                  element.hidePopover();
                  actions.edit(deed.make);
                  focus();
                  say(deed.told);
                },
              },
            },
            icon(deed.icon),
            el('span', {}, deed.text),
            deed.key ? el('kbd', {}, deed.key) : null,
          );
          entry.disabled = !deed.possible;
          return entry;
        }),
      );
      element.showPopover();
      place(button);
      element.querySelector<HTMLElement>('.lane-menu-deed:not(:disabled)')?.focus();
    },
  };
}
