import { type Leaderboard, type Outcomes, outcomesOf, ranking, type Standing } from '../../analysis/leaderboard.ts';
import { verdictOf } from '../../analysis/verdict.ts';
import type { Estimate } from '../../math/intervals.ts';
import { laneNames } from '../../scene/lane-names.ts';
import type { Scene } from '../../scene/scene.ts';
import type { Context, Part } from '../context.ts';
import { el, setText } from '../dom.ts';
import { counted, shown } from '../format.ts';
import { colourOf, sign } from '../shapes.ts';
import type { RaceNews } from './background-race.ts';
import type { Chore } from './chores.ts';
import type { Racing } from './racing.ts';
import { ratesText } from './tuner.ts';

/** Resamples behind the intervals while the race is under way: quick; afterwards as many as the leaderboard thinks right. */
const MEANWHILE = 200;

/** With more lanes there is no room for intervals below the numbers: the pointer and the focus bring them. */
const ROOMY = 5;

/** A column of the table. */
interface Column {
  readonly head: string;
  /** The same where there is little room. */
  readonly short: string;
  /** What it is, in full. */
  readonly title: string;
  readonly estimate: (standing: Standing) => Estimate;
  readonly text: (value: number) => string;
}

const percent = (value: number): string => (100 * value).toFixed(1);

/** Shorter, where it is one end of a range. */
const short = (text: string): string => text.replace(/\.0$/, '');

const COLUMNS: readonly Column[] = [
  {
    head: 'reached %',
    short: 'reached',
    title: 'Share of starts that reached the target',
    estimate: ({ success }) => success,
    text: percent,
  },
  {
    head: 'evals, median',
    short: 'evals',
    title: 'Gradient evaluations to the target, median over all starts',
    estimate: ({ evaluations }) => evaluations,
    text: (value) => (value < Infinity ? counted(Math.round(value)) : '–'),
  },
  {
    head: 'final loss',
    short: 'loss',
    title: 'Loss at the end, median over all starts',
    estimate: ({ loss }) => loss.q50,
    text: (value) => shown(value, 2),
  },
  {
    head: 'diverged %',
    short: 'diverged',
    title: 'Share of starts that left the number range',
    estimate: ({ diverged }) => diverged,
    text: percent,
  },
];

/** An interval in words of a column. */
function rangeText({ text }: Column, { interval: [low, high] }: Estimate): string {
  const [from, to] = [low, high].map((end) => (end === Infinity ? '∞' : short(text(end))));
  return from === to ? from : `${from} – ${to}`;
}

/** The ranking of what has come of a race so far. */
function* standingsOf({ plan, targets, results, scene, step, steps }: RaceNews): Chore<Leaderboard> {
  const outcomes: Outcomes[] = [];
  for (const result of results) {
    outcomes.push(outcomesOf(result, targets.chosen, plan.budget));
    yield;
  }
  return yield* ranking(outcomes, scene.seed, step < steps ? MEANWHILE : undefined);
}

/** Names and colours of a race's lanes: they change without another race. */
const looksOf = ({ scene }: RaceNews): string => JSON.stringify(scene.lanes.map(({ name, colour }) => [name, colour]));

/** Who leads, in a table with intervals and in a sentence. */
export function createBoardCard(
  { store, actions, spotlight }: Context,
  { race, chores, tuner }: Racing,
  foot: HTMLElement,
  terms: HTMLElement,
): Part {
  const body = el('tbody');
  const table = el(
    'table',
    { class: 'board' },
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        el('th', { scope: 'col', class: 'board-lane' }, el('span', { class: 'visually-hidden' }, 'rank and lane')),
        ...COLUMNS.map(({ head, short, title }) =>
          el(
            'th',
            { scope: 'col', title, 'aria-label': title },
            el('span', { class: 'board-head' }, head),
            el('span', { class: 'board-short' }, short),
          ),
        ),
      ),
    ),
    body,
  );
  const words = el('span');
  const rates = el('span');
  const verdict = el('p', { class: 'board-verdict', 'aria-live': 'polite' }, words, ' ', rates);
  const progress = el(
    'div',
    {
      class: 'board-progress',
      role: 'progressbar',
      'aria-label': 'The race',
      'aria-valuemin': 0,
      'aria-valuemax': 100,
    },
    el('i'),
  );
  const scroll = el('div', { class: 'board-scroll' }, table, verdict);
  const element = el(
    'section',
    { class: 'card compare-board', 'aria-label': 'Leaderboard' },
    el('div', { class: 'card-head' }, el('h2', { class: 'compare-title' }, 'Leaderboard'), terms),
    progress,
    scroll,
    foot,
  );
  let seen = '';
  let rows = new Map<number, HTMLElement>();
  let lit: number | null = null;
  let looks = '';
  let board: Leaderboard | null = null;

  const cellOf = (column: Column, standing: Standing, colour: string): HTMLElement => {
    const estimate = column.estimate(standing);
    const range = rangeText(column, estimate);
    const cell = el(
      'td',
      { title: `${column.title}: 95 % interval ${range}` },
      el('b', {}, column.text(estimate.value)),
      el('span', { class: 'board-range' }, range),
    );
    if (column === COLUMNS[0]) {
      const bar = el('i', { class: 'board-bar', 'aria-hidden': 'true' });
      bar.style.setProperty('--share', String(estimate.value));
      bar.style.setProperty('--colour', colour);
      cell.children[0].after(bar);
    }
    return cell;
  };

  const write = ({ plan, scene }: RaceNews, { standings, starts, reached }: Leaderboard): void => {
    const names = laneNames(scene);
    const focused = [...rows].find(([, row]) => row.contains(document.activeElement))?.[0];
    rows = new Map(
      standings.map((standing, rank) => {
        const { lane } = standing;
        const point = (on: boolean) => () => spotlight.point(on ? lane : null);
        const pick = el(
          'button',
          {
            type: 'button',
            class: 'board-pick',
            on: { click: () => actions.select(lane), focus: point(true), blur: point(false) },
          },
          sign(scene.lanes[lane]),
          el('span', {}, names[lane]),
        );
        const row = el(
          'tr',
          { on: { pointerenter: point(true), pointerleave: point(false) } },
          el(
            'th',
            { scope: 'row', class: 'board-lane' },
            el('div', {}, el('span', { class: 'board-rank' }, String(rank + 1)), pick),
          ),
          ...COLUMNS.map((column) => cellOf(column, standing, colourOf(scene.lanes[lane]))),
        );
        return [lane, row];
      }),
    );
    scroll.classList.toggle('board-roomy', standings.length <= ROOMY);
    body.replaceChildren(...rows.values());
    rows
      .get(focused ?? -1)
      ?.querySelector('button')
      ?.focus();
    select(store.scene);
    const said =
      standings.length === 0
        ? 'No lane is on.'
        : verdictOf({ standings, starts, reached }, plan.budget.kind, (lane) => names[lane]);
    const [lead] = /^.*?[.;](?=\s|$)/.exec(said) ?? [''];
    words.replaceChildren(el('strong', {}, lead), said.slice(lead.length));
  };

  const select = (scene: Scene): void => {
    for (const [lane, row] of rows) {
      row.classList.toggle('board-selected', lane === scene.selected);
    }
  };

  const refresh = (): void => {
    const { news, fault } = race;
    const key = news ? `${news.id} ${news.step}` : '';
    if (fault) {
      setText(words, fault);
      return;
    }
    if (news && key !== seen) {
      seen = key;
      const done = (100 * news.step) / Math.max(1, news.steps);
      progress.style.setProperty('--done', `${done.toFixed(1)}%`);
      progress.classList.remove('board-done');
      progress.setAttribute('aria-valuenow', String(Math.round(done)));
      chores.take('board', standingsOf(news), (leaderboard) => {
        board = leaderboard;
        looks = looksOf(news);
        write(news, leaderboard);
        progress.classList.toggle('board-done', news.step >= news.steps);
      });
    } else if (news && board && looksOf(news) !== looks) {
      looks = looksOf(news);
      write(news, board);
    }
  };

  return {
    element,
    scene(scene) {
      select(scene);
      setText(rates, ratesText(scene, tuner, laneNames(scene)));
    },
    frame() {
      if (spotlight.lane !== lit) {
        lit = spotlight.lane;
        for (const [lane, row] of rows) {
          row.classList.toggle('board-lit', lane === lit);
        }
      }
    },
    beat: refresh,
  };
}
