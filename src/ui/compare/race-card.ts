import { createChartView } from '../charts/chart-view.ts';
import type { Figure } from '../charts/figure.ts';
import { CHART_FORMATS, type ChartFormat, saveChart } from '../charts/save.ts';
import type { Context, Part } from '../context.ts';
import { createTabs } from '../controls/tabs.ts';
import { el, setText } from '../dom.ts';
import { counted, editable, typed } from '../format.ts';
import { icon } from '../icons.ts';
import type { RaceNews } from './background-race.ts';
import { RACE_CHARTS } from './charts.ts';
import { tuningChart } from './tuning-chart.ts';
import type { Racing } from './racing.ts';
import { placeOf, stepAt } from './clock.ts';

/** The charts of the race: one at a time, live while it is raced, with a line where the run is now. */
export function createRaceCard(
  { store, run, actions, notice, spotlight }: Context,
  { race, chores, tuner }: Racing,
): Part {
  const charts = [...RACE_CHARTS, tuningChart(store, tuner)];
  let chosen = charts[0];
  let drawn: Figure | null = null;
  let drawnOf: RaceNews | null = null;
  let seen = '';
  let words = '';
  const title = el('h2', { class: 'compare-title' });
  const note = el('p', { class: 'compare-note' });
  const target = el('input', {
    type: 'text',
    class: 'number-box compare-target',
    inputmode: 'decimal',
    'aria-label': 'Loss that is to be reached; empty for one that suits the surface',
    title: 'Loss that is to be reached; empty it for one that suits the surface',
    on: {
      change: () => {
        const value = typed(target.value);
        const wanted = target.value.trim() === '' || !Number.isFinite(value) ? null : value;
        actions.edit((scene) => ({ ...scene, race: { ...scene.race, target: wanted } }), 'target');
        seen = '';
      },
    },
  });

  const view = createChartView({
    point: (lane) => spotlight.point(lane),
    pick: actions.select,
    seek(x) {
      const step = drawnOf && stepAt(drawnOf, chosen.clock, store.scene.selected, x);
      if (step !== null) {
        run()?.seek(step);
      }
    },
  });

  const tabs = createTabs(
    'Charts',
    charts.map(({ id, tab }) => ({ id, text: tab })),
    view.element,
    (id) => {
      choose(id);
    },
  );

  const save = el(
    'select',
    {
      'aria-label': 'Save the chart as a file',
      title: 'Save the chart',
      on: {
        change: () => {
          const format = save.value as ChartFormat;
          save.value = '';
          if (drawn) {
            saveChart(drawn, store.scene.selected, format).catch(() =>
              notice('The chart could not be saved in this format.'),
            );
          }
        },
      },
    },
    el('option', { value: '', hidden: true, selected: true }, ''),
    ...CHART_FORMATS.map((format) => el('option', { value: format }, format.toUpperCase())),
  );

  const element = el(
    'section',
    { class: 'card compare-chart', 'aria-label': 'Charts of the race' },
    el('div', { class: 'card-head' }, title, target),
    note,
    view.element,
    el(
      'div',
      { class: 'compare-foot' },
      tabs.element,
      el('div', { class: 'button button-icon compare-save' }, icon('save'), save),
    ),
  );

  const keys = new Map<string, string>();

  const choose = (id: string): void => {
    chosen = charts.find((chart) => chart.id === id) ?? charts[0];
    refresh();
  };

  /** Draws the chosen chart of the newest results, a little in each frame, where it is not the one that is drawn. */
  const refresh = (): void => {
    const { news } = race;
    const { selected } = store.scene;
    const looks = news?.scene.lanes.map(({ name, colour }) => [name, colour]);
    const key = news ? JSON.stringify([chosen.id, news.id, news.step, selected, looks, chosen.key?.(store.scene)]) : '';
    if (key === seen || !news) {
      return;
    }
    seen = key;
    chores.take('chart', showing(news, selected));
  };

  /** Puts the chosen chart of a race on the page, its drafts first. */
  function* showing(news: RaceNews, selected: number): Generator<void, void> {
    const { id, figure } = chosen;
    for (const going = figure(news, selected); ; ) {
      const { done, value } = going.next();
      yield;
      if (value) {
        yield* view.set(value, selected);
        drawn = value;
        drawnOf = news;
        setText(title, value.title);
        setText(note, value.note);
        if (document.activeElement !== target) {
          target.value = editable(news.plan.targets[news.targets.chosen]);
        }
        target.hidden = id !== 'reached';
      }
      if (done) {
        return;
      }
    }
  }

  /** Where the run is on the x axis; as text now and then. */
  const mark = (says: boolean): void => {
    const now = run();
    const at = drawnOf && now ? placeOf(drawnOf, chosen.clock, store.scene.selected, now.step) : null;
    if (says) {
      words = at === null ? '' : `now ${counted(Math.round(at))}`;
    }
    view.now(at === null ? null : Math.max(1, at), words);
  };

  return {
    element,
    scene(scene) {
      for (const { id, key } of charts) {
        const now = key?.(scene);
        if (key && now !== keys.get(id)) {
          keys.set(id, now ?? '');
          tabs.offer(id, now !== '');
          // Something new is shown, and what there is no more is not.
          if (now !== '' || chosen.id === id) {
            tabs.set(now === '' ? charts[0].id : id);
            choose(now === '' ? charts[0].id : id);
          }
        }
      }
    },
    frame() {
      view.light(spotlight.lane);
      mark(false);
    },
    beat() {
      refresh();
      mark(true);
    },
    theme: view.theme,
  };
}
