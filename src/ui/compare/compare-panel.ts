import '../styles/race.css';

import type { Context, Part } from '../context.ts';
import { el } from '../dom.ts';
import { BackgroundRace } from './background-race.ts';
import { createBoardCard } from './board-card.ts';
import { Chores } from './chores.ts';
import { createRaceCard } from './race-card.ts';
import { createTerms } from './terms.ts';

/** What comes of the comparison: a race beside the run that is shown, its charts, and who leads. */
export function createComparePanel(context: Context): Part & { show(shown: boolean): void } {
  const { store, run, critical } = context;
  const race = new BackgroundRace();
  const chores = new Chores();
  const terms = createTerms(context);
  const foot = el('div', { class: 'board-foot' }, terms.choice);
  const parts: readonly Part[] = [createRaceCard(context, race, chores), createBoardCard(context, race, chores, foot, terms.words)];
  return {
    element: el('div', { class: 'compare-panel' }, ...parts.map(({ element }) => element)),
    show: (shown) => race.want(shown),
    scene(scene) {
      terms.scene(scene);
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
