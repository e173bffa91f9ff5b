import { optimizerOf } from '../../scene/compiled.ts';
import { laneAt } from '../../scene/resolve.ts';
import type { Scene } from '../../scene/scene.ts';
import type { LaneRun } from '../../compute/contract.ts';
import { iconButton } from '../controls/button.ts';
import { el, setAttribute, setText } from '../dom.ts';
import { counted, editable, shown } from '../format.ts';
import { icon } from '../icons.ts';
import { tex } from '../math.ts';
import { colourOf, sign } from '../shapes.ts';

/** What a cell's head asks for. */
export interface CellHand {
  select(): void;
  /** Links the cell's camera to the others, or unlinks it. */
  link(): void;
  /** Opens the lane's menu beside a button. */
  menu(lane: number, button: HTMLElement): void;
}

/** A lane's frame around its view: who it is, how far it is, and whose camera looks. */
export interface CellHead {
  readonly element: HTMLElement;
  /** Selected and linked may change without another head. */
  set(selected: boolean, linked: boolean): void;
  /** The numbers of the run at its present step. */
  beat(scene: Scene, step: number, run: LaneRun | undefined): void;
}

/** The learning rate, and the first other hyperparameter that is not at its default, as they are at a step. */
function settingsOf(scene: Scene, lane: number, step: number): (readonly [symbol: string, value: string])[] {
  const { hyper: specs } = optimizerOf(scene.lanes[lane]);
  const { hyper } = laneAt(scene, lane, step);
  const other = specs.find(({ key, default: standard }) => key !== 'lr' && hyper[key] !== standard);
  const rate = specs.filter(({ key }) => key === 'lr');
  return [...rate, ...(other ? [other] : [])].map(({ key, symbol }) => [symbol || key, editable(hyper[key])] as const);
}

/** Makes the head of a lane's cell. */
export function createCellHead({ lanes }: Scene, lane: number, name: string, hand: CellHand): CellHead {
  const settings = el('span', { class: 'cell-settings' });
  const median = el('span', { class: 'cell-median' });
  const done = el('div', { class: 'cell-done' });
  const progress = el(
    'div',
    {
      class: 'cell-progress',
      role: 'progressbar',
      'aria-label': `${name}: particles that have arrived`,
      'aria-valuemin': 0,
      'aria-valuemax': 100,
    },
    done,
  );
  done.style.background = colourOf(lanes[lane]);
  const pick = el(
    'button',
    { type: 'button', class: 'cell-pick', title: `Select ${name} (${lane + 1})`, on: { click: hand.select } },
    sign(lanes[lane]),
    el('span', { class: 'cell-name' }, name),
    settings,
  );
  const link = el('button', {
    type: 'button',
    class: 'button button-icon cell-tool cell-link',
    on: { click: hand.link },
  });
  const more = iconButton('more', `More for ${name}: name, colour, solo, duplicate, move, remove`, () =>
    hand.menu(lane, more),
  );
  more.classList.add('cell-tool', 'cell-more');
  setAttribute(more, 'aria-haspopup', 'dialog');
  const element = el(
    'section',
    { class: 'cell', 'aria-label': name },
    el(
      'div',
      { class: 'cell-head' },
      pick,
      more,
      link,
      el('div', { class: 'verdict-slot cell-verdict', 'data-lane': lane, 'data-press': '' }),
      el('div', { class: 'cell-loss' }, el('span', { class: 'cell-label' }, 'median loss'), median),
    ),
    progress,
  );
  let written = '';

  return {
    element,
    set(selected, linked) {
      setAttribute(pick, 'aria-pressed', String(selected));
      element.classList.toggle('cell-selected', selected);
      if (link.dataset.linked !== String(linked)) {
        link.dataset.linked = String(linked);
        link.replaceChildren(icon(linked ? 'link' : 'unlink'));
        const label = linked ? `Unlink the camera of ${name}` : `Link the camera of ${name} to the others`;
        setAttribute(link, 'aria-label', label);
        link.title = label;
      }
    },
    beat(scene, step, run) {
      const now = settingsOf(scene, lane, step);
      const text = JSON.stringify(now);
      if (text !== written) {
        written = text;
        settings.replaceChildren(...now.map(([symbol, value]) => el('span', {}, tex(symbol), ` ${value}`)));
      }
      const tally = run?.tally;
      setText(median, tally ? shown(tally.median, 4) : '–');
      const share = tally ? tally.converged / Math.max(1, tally.count) : 0;
      done.style.scale = `${share.toFixed(3)} 1`;
      setAttribute(progress, 'aria-valuenow', String(Math.round(100 * share)));
      setAttribute(
        progress,
        'title',
        tally ? `${counted(tally.converged)} of ${counted(tally.count)} particles have arrived` : '',
      );
    },
  };
}
