import { createChartView } from '../charts/chart-view.ts';
import { CHART_FORMATS, type ChartFormat, saveChart } from '../charts/save.ts';
import type { Chart } from '../charts/chart.ts';
import type { Context, Part } from '../context.ts';
import { el, setText } from '../dom.ts';
import { counted, editable, typed } from '../format.ts';
import type { BackgroundRace } from './background-race.ts';
import { RACE_CHARTS } from './charts.ts';

/** The charts of the race: one at a time, live while it is raced, with a line where the run is now. */
export function createRaceCard({ store, run, actions, notice }: Context, race: BackgroundRace): Part {
  let shown = RACE_CHARTS[0];
  let drawn: Chart | null = null;
  let seen = '';
  let planned: object | undefined;
  const title = el('h2', { class: 'compare-title' });
  const note = el('p', { class: 'compare-note' });
  const target = el('input', {
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
    hover(at) {
      if (at?.lane !== null && at?.lane !== undefined && at.lane !== store.scene.selected) {
        actions.select(at.lane);
      }
    },
  });
  const choice = el('select', {
    class: 'button compare-choice',
    'aria-label': 'Chart',
    on: {
      change: () => {
        shown = RACE_CHARTS.find(({ id }) => id === choice.value) ?? RACE_CHARTS[0];
        seen = '';
      },
    },
  }, ...RACE_CHARTS.map(({ id, tab }) => el('option', { value: id }, tab)));
  const save = el('select', {
    class: 'button compare-choice',
    'aria-label': 'Save the chart',
    title: 'Save the chart',
    on: {
      change: () => {
        const format = save.value as ChartFormat;
        save.value = '';
        if (drawn && view.drawing) {
          saveChart(drawn, view.drawing.element, format).catch(() => notice('The chart could not be saved in this format.'));
        }
      },
    },
  }, el('option', { value: '', hidden: true, selected: true }, 'Save'), ...CHART_FORMATS.map((format) => el('option', { value: format }, format.toUpperCase())));
  const element = el(
    'section',
    { class: 'card compare-chart', 'aria-label': 'Charts of the race' },
    el('div', { class: 'card-head' }, title, target),
    note,
    view.element,
    el('div', { class: 'compare-foot' }, choice, save),
  );

  /** Where the run is on the x axis. */
  const mark = (): void => {
    const { news } = race;
    const now = run();
    if (!news || !now) {
      view.now(null, '');
      return;
    }
    const lane = now.lanes.find(({ lane }) => lane === store.scene.selected);
    const at = shown.byEvaluations && lane ? lane.evaluations / Math.max(1, lane.count) : now.step;
    view.now(Math.max(1, at), `now ${counted(Math.round(at))}`);
  };

  return {
    element,
    beat() {
      const { news } = race;
      const key = news ? `${shown.id} ${news.step} ${news.results.length} ${store.scene.selected}` : '';
      if (key !== seen || news?.plan !== planned) {
        seen = key;
        planned = news?.plan;
        if (news) {
          drawn = shown.chart(news);
          setText(title, drawn.title);
          setText(note, drawn.note);
          view.set(drawn, store.scene.selected);
          if (document.activeElement !== target) {
            target.value = editable(news.plan.targets[news.target]);
          }
        }
      }
      target.hidden = shown.id !== 'reached';
      mark();
    },
    theme: () => view.theme(),
  };
}
