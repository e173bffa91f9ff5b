import type { Context, Part } from '../context.ts';
import { el } from '../dom.ts';

/** What comes of the comparison: how many reached the target over time, and who leads. */
export function createComparePanel(_context: Context): Part {
  const chart = el('section', { class: 'card compare-chart', 'aria-label': 'Particles that reached the target' });
  const board = el('section', { class: 'card compare-board', 'aria-label': 'Leaderboard' });
  return { element: el('div', { class: 'compare-panel' }, chart, board) };
}
