import type { Context, Part } from './context.ts';
import { el, setText } from './dom.ts';
import { icon } from './icons.ts';
import type { LegendFacts } from './view-port.ts';

/** Which colour is which loss, how far apart the contour lines are, and what else lies on the ground. */
export function createLegend({ view }: Context): Part {
  const title = el('span', { class: 'overline' });
  const note = el('span', { class: 'note' });
  const bar = el('div', { class: 'legend-bar' });
  const ticks = el('div', { class: 'legend-ticks' });
  const signs = el('div', { class: 'legend-signs' });
  const element = el(
    'section',
    { class: 'card legend', 'aria-label': 'Legend', hidden: true },
    el('div', { class: 'card-head' }, title, note),
    bar,
    ticks,
    signs,
  );
  let shown: LegendFacts | null = null;

  return {
    element,
    beat() {
      const facts = view()?.legend ?? null;
      if (facts === shown) {
        return;
      }
      shown = facts;
      element.hidden = facts === null;
      if (!facts) {
        return;
      }
      setText(title, facts.title);
      setText(note, facts.note);
      signs.replaceChildren(
        ...facts.signs.map(({ sign, text }) => el('div', { class: 'legend-sign' }, icon(`sign-${sign}`), el('span', {}, text))),
      );
      bar.style.backgroundImage = `linear-gradient(to right, ${facts.colours.join(', ')})`;
      ticks.replaceChildren(
        ...facts.ticks.map(({ at, text }) => {
          const tick = el('span', { 'data-end': at < 0.02 ? 'low' : at > 0.98 ? 'high' : null }, text);
          tick.style.setProperty('--at', String(at));
          return tick;
        }),
      );
    },
  };
}
