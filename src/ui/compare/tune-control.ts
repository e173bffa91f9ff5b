import { laneNames } from '../../scene/lane-names.ts';
import type { Scene } from '../../scene/scene.ts';
import { button } from '../controls/button.ts';
import type { Context, Part } from '../context.ts';
import { el, setAttribute, setText } from '../dom.ts';
import { several } from '../format.ts';
import type { Tuner } from './tuner.ts';

/** What a search may find and put in place: nothing but the lanes' hyperparameters may have changed meanwhile. */
const raced = ({ surface, domain, lanes, start, steps, edits, race }: Scene): string =>
  JSON.stringify([surface, domain, lanes, start, steps, edits, race]);

/** Tunes each lane by the same search: a button, while it searches how far it is, and how to end it. Its outcome is one change of the scene. */
export function createTuneControl({ store, run, say, notice }: Context, tuner: Tuner): Part {
  const search = async (): Promise<void> => {
    const now = run();
    const { scene } = store;
    if (!now || tuner.progress || scene.lanes.every(({ on }) => !on)) {
      return;
    }
    say('The search for each lane’s learning rate begins.');
    try {
      const tuned = await tuner.run(scene, now);
      if (!tuned) {
        say('The search is ended; nothing is changed.');
      } else if (raced(store.scene) !== raced(scene)) {
        notice('The scene was changed meanwhile, so what the search found is not put in place.');
      } else {
        store.update((current) => ({ ...current, lanes: tuned.lanes, edits: tuned.edits }));
        notice(
          `${several(tuned.lanes.filter(({ on }) => on).length, 'lane is', 'lanes are')} tuned. Undo brings the old learning rates back.`,
        );
      }
    } catch (error) {
      notice(`The search could not be done: ${(error as Error).message}`);
    }
  };

  const start = button('Tune each lane', () => void search(), {
    class: 'button button-small tune-start',
    title:
      'Search each lane’s learning rate: the same grid and refinement for all, median loss over 256 other starts, under this budget',
  });
  const word = el('span', { class: 'tune-word' });
  const bar = el(
    'div',
    {
      class: 'tune-bar',
      role: 'progressbar',
      'aria-label': 'Search for learning rates',
      'aria-valuemin': 0,
      'aria-valuemax': 100,
    },
    el('i'),
  );
  const cancel = button('Cancel', () => tuner.cancel(), { class: 'button button-small' });
  const going = el('div', { class: 'tune-going', hidden: true }, el('div', { class: 'tune-state' }, word, bar), cancel);

  return {
    element: el('div', { class: 'tune' }, start, going),
    beat() {
      const { progress } = tuner;
      if (start.hidden === (progress === null)) {
        const focused = [start, cancel].includes(document.activeElement as HTMLButtonElement);
        start.hidden = progress !== null;
        going.hidden = progress === null;
        if (focused) {
          (progress ? cancel : start).focus();
        }
      }
      if (progress) {
        const { lane, done, lanes, trials, of } = progress;
        const share = (100 * (done + Math.min(1, trials / of))) / lanes;
        setText(word, `${laneNames(store.scene)[lane] ?? 'Lane'}, rate ${Math.min(of, trials + 1)} of ${of}`);
        bar.style.setProperty('--done', `${share.toFixed(1)}%`);
        setAttribute(bar, 'aria-valuenow', String(Math.round(share)));
      }
    },
  };
}
