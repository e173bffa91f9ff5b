import '../styles/race.css';

import type { Context, Part } from '../context.ts';
import { button } from '../controls/button.ts';
import { el, setAttribute } from '../dom.ts';
import { icon } from '../icons.ts';
import { BackgroundRace } from './background-race.ts';
import { Budgets } from './budgets.ts';
import { createBoardCard } from './board-card.ts';
import { Chores } from './chores.ts';
import { createRaceCard } from './race-card.ts';
import type { Racing } from './racing.ts';
import { createTuneControl } from './tune-control.ts';
import { Tuner } from './tuner.ts';
import { createTerms } from './terms.ts';

/** What comes of the comparison: a race beside the run that is shown, its charts, and who leads. */
export function createComparePanel(
  context: Context,
): Part & { readonly tools: HTMLElement; show(shown: boolean): void } {
  const { store, run, critical, actions, notice } = context;
  const budgets = new Budgets();
  const racing: Racing = {
    race: new BackgroundRace(budgets),
    tuner: new Tuner(budgets),
    chores: new Chores(({ message }) => notice(`What came of the race could not be shown: ${message}`)),
  };
  const { race, tuner, chores } = racing;
  const terms = createTerms(context);
  const apart = button('', () => actions.setViews(store.scene.picture.views === 'each' ? 'together' : 'each'), {
    class: 'button apart',
  });
  const tune = createTuneControl(context, tuner);
  const foot = el('div', { class: 'board-foot' }, tune.element, terms.choice);
  const parts: readonly Part[] = [
    createRaceCard(context, racing),
    createBoardCard(context, racing, foot, terms.words),
    tune,
  ];
  let racesNext = false;
  const element = el('div', { class: 'compare-panel' }, parts[0].element, parts[1].element);
  return {
    element,
    tools: apart,
    show: (shown) => race.want(shown),
    scene(scene) {
      terms.scene(scene);
      const { views } = scene.picture;
      if (apart.dataset.views !== views) {
        apart.dataset.views = views;
        const label = views === 'each' ? 'All lanes on one terrain' : 'Lanes side by side';
        apart.replaceChildren(icon(views === 'each' ? 'layers' : 'grid'), el('span', { class: 'button-text' }, label));
        apart.title = label;
        setAttribute(apart, 'aria-label', label);
      }
      for (const part of parts) {
        part.scene?.(scene);
      }
    },
    frame() {
      race.frame(store.scene, run(), critical());
      tuner.frame();
      for (const part of parts) {
        part.frame?.();
      }
    },
    *beat() {
      element.classList.toggle('compare-stale', race.stale);
      for (const part of parts) {
        yield* part.beat?.() ?? [];
        yield;
      }
    },
    slice() {
      // In turn: what a race brings is not waited for.
      racesNext = !racesNext;
      return racesNext ? race.slice() || chores.slice() : chores.slice() || race.slice();
    },
    theme() {
      for (const part of parts) {
        part.theme?.();
      }
    },
  };
}
