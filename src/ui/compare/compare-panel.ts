import '../styles/race.css';

import type { Context, Part } from '../context.ts';
import { button } from '../controls/button.ts';
import { el, setAttribute } from '../dom.ts';
import { icon } from '../icons.ts';
import { BackgroundRace } from './background-race.ts';
import { createBoardCard } from './board-card.ts';
import { Chores } from './chores.ts';
import { createRaceCard } from './race-card.ts';
import { createTerms } from './terms.ts';

/** What comes of the comparison: a race beside the run that is shown, its charts, and who leads. */
export function createComparePanel(context: Context): Part & { readonly tools: HTMLElement; show(shown: boolean): void } {
  const { store, run, critical, actions } = context;
  const race = new BackgroundRace();
  const chores = new Chores();
  const terms = createTerms(context);
  const apart = button('', () => actions.setViews(store.scene.picture.views === 'each' ? 'together' : 'each'), { class: 'button apart' });
  const foot = el('div', { class: 'board-foot' }, terms.choice);
  const parts: readonly Part[] = [createRaceCard(context, race, chores), createBoardCard(context, race, chores, foot, terms.words)];
  return {
    element: el('div', { class: 'compare-panel' }, ...parts.map(({ element }) => element)),
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
      chores.frame();
      for (const part of parts) {
        part.frame?.();
      }
    },
    beat() {
      for (const part of parts) {
        part.beat?.();
      }
    },
    theme() {
      for (const part of parts) {
        part.theme?.();
      }
    },
  };
}
