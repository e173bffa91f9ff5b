import { banding, logSpaced, reaching } from '../../analysis/ecdf.ts';
import type { LaneResult } from '../../compute/engine/race.ts';
import type { MeasureId } from '../../compute/measures.ts';
import { laneNames } from '../../scene/lane-names.ts';
import { barFigure } from '../charts/bars.ts';
import type { Scene } from '../../scene/scene.ts';
import { tickText } from '../../view/ticks.ts';
import type { Axis, Chart, Curve } from '../charts/chart.ts';
import { curveFigure } from '../charts/curves.ts';
import type { Figure } from '../charts/figure.ts';
import { counted, editable } from '../format.ts';
import { colourOf, outlineOf } from '../shapes.ts';
import type { RaceNews } from './background-race.ts';
import type { Chore } from './chores.ts';
import { endingBars } from './ending-bars.ts';

/** One of the charts of a race. */
export interface RaceChart {
  readonly id: string;
  /** Its word among the others. */
  readonly tab: string;
  /** What its x axis counts, where that is a time of the run. */
  readonly clock: 'evaluations' | 'updates' | null;
  /** What it depends on beside the race and the selected lane, as text; empty where there is nothing to show. */
  readonly key?: (scene: Scene) => string;
  /** Pauses between lanes. */
  figure(news: RaceNews, selected: number): Chore<Figure>;
}

/** Places at which a distribution is looked at. */
const PLACES = 240;

const number = (value: number): string => tickText(value, 2);

/** A number as a person set it. */
const plain = (value: number): string => editable(value).replaceAll('-', '−');

/** What a particle of a lane will have spent when the race is over, the mean of them, as far as it can be told. */
function spentAtEnd({ updates, series: { steps, evaluations } }: LaneResult): number {
  const last = steps.length - 1;
  return last > 0 ? (updates * evaluations[last]) / steps[last] : updates;
}

function evaluationsAxis({ results }: RaceNews): Axis {
  const most = results.reduce((sum, lane) => Math.max(sum, spentAtEnd(lane)), 10);
  return { label: 'gradient evaluations', log: true, range: [1, most], text: (value) => counted(Math.round(value)) };
}

/** What of a curve is its lane's way. */
type Shape = Pick<Curve, 'x' | 'y' | 'band'>;

/** A curve for each lane. */
function* curves(
  news: RaceNews,
  curve: (lane: LaneResult) => Shape | Generator<void, Shape>,
): Generator<void, Curve[]> {
  const names = laneNames(news.scene);
  const made: Curve[] = [];
  for (const result of news.results) {
    const lane = news.scene.lanes[result.lane];
    const found = curve(result);
    made.push({
      lane: result.lane,
      name: names[result.lane],
      colour: colourOf(lane),
      outline: outlineOf(lane),
      ...('x' in found ? found : yield* found),
    });
    yield;
  }
  return made;
}

const percent: Axis = {
  label: '%',
  log: false,
  range: [0, 100],
  ticks: [0, 25, 50, 75, 100],
  text: (value) => String(Math.round(value)),
};

/** Shares of particles, or of particles and targets, that got there; for the selected lane with their bootstrap intervals. */
function* distribution(
  news: RaceNews,
  targets: readonly number[],
  selected: number,
  words: Pick<Chart, 'title' | 'note'>,
): Chore<Chart> {
  const made = yield* curves(news, function* ({ seen, updates, series }) {
    const done = series.evaluations[series.evaluations.length - 1] ?? 0;
    const x = logSpaced(Math.max(1, updates, done), PLACES).filter((at) => at > 0 && at <= Math.max(1, done));
    const shares = yield* reaching(
      targets.map((k) => seen.evaluations[k]),
      x,
    );
    return { x, y: shares.map((share) => 100 * share) };
  });
  const whole = { ...words, x: evaluationsAxis(news), y: percent, steps: true, timed: true };
  yield { ...whole, curves: [...made] };
  const lane = news.results.find((result) => result.lane === selected);
  const curve = made.find((one) => one.lane === selected);
  if (lane && curve) {
    const evaluations = targets.map((k) => lane.seen.evaluations[k]);
    const { low, high } = yield* banding(evaluations, Array.from(curve.x), news.scene.seed);
    const percents = (shares: readonly number[]): number[] => shares.map((share) => 100 * share);
    made[made.indexOf(curve)] = { ...curve, band: { low: percents(low), high: percents(high) } };
  }
  return { ...whole, curves: made };
}

const particles = (news: RaceNews): string => counted(news.starts.length / 2);

const updatesAxis = ({ steps }: RaceNews, log: boolean): Axis => ({
  label: 'update',
  log,
  range: log ? [1, Math.max(10, steps)] : [0, Math.max(1, steps)],
  text: (value) => counted(Math.round(value)),
});

/** How far a measure's axis goes beyond the values that lanes begin with: one that explodes shall not press the others flat. */
const BEYOND = 1e3;

/** Whether a measure is positive in all that is drawn, and what of it is shown. */
function boundsOf(
  news: RaceNews,
  id: MeasureId,
  selected: number,
): { positive: boolean; within: readonly [number, number] } {
  let [first, negative] = [0, false];
  for (const { lane, series } of news.results) {
    const { low, median } = series[id];
    first = Math.max(first, ...median.slice(0, 2).map(Math.abs).filter(Number.isFinite));
    negative ||= (lane === selected ? low : median).some((value) => value < 0);
  }
  const most = first > 0 ? BEYOND * first : Number.MAX_VALUE;
  return { positive: !negative, within: [-most, most] };
}

/** The chart of a measure: its median, and the selected lane's band, over the updates. */
function measured(id: MeasureId, tab: string, title: string): RaceChart {
  return {
    id,
    tab,
    clock: 'updates',
    *figure(news, selected) {
      const { positive, within } = boundsOf(news, id, selected);
      return curveFigure({
        title,
        note: 'median, and for the selected lane the 10th to 90th percentile, by updates (log)',
        x: updatesAxis(news, true),
        y: { label: title.toLowerCase(), log: positive, within, text: number },
        steps: false,
        timed: true,
        curves: yield* curves(news, ({ series }) => {
          const { low, median, high } = series[id];
          return { x: series.steps.slice(1), y: median.slice(1), band: { low: low.slice(1), high: high.slice(1) } };
        }),
      });
    },
  };
}

/** A chart and its drafts, as figures. */
function* drawn(chart: Chore<Chart>): Chore<Figure> {
  for (;;) {
    const { done, value } = chart.next();
    if (done) {
      return curveFigure(value);
    }
    yield value && curveFigure(value);
  }
}

/** The charts of a race, in the order of their words. */
export const RACE_CHARTS: readonly RaceChart[] = [
  {
    id: 'reached',
    tab: 'Target',
    clock: 'evaluations',
    *figure(news, selected) {
      return yield* drawn(
        distribution(news, [news.targets.chosen], selected, {
          title: `Particles that reached loss ≤ ${plain(news.plan.targets[news.targets.chosen])}`,
          note: `percent of ${particles(news)}, by gradient evaluations (log)`,
        }),
      );
    },
  },
  {
    id: 'targets',
    tab: 'All targets',
    clock: 'evaluations',
    *figure(news, selected) {
      return yield* drawn(
        distribution(news, [...news.plan.targets.keys()], selected, {
          title: 'Targets that were reached',
          note: `percent of ${particles(news)} particles × ${news.plan.targets.length} targets, by gradient evaluations (log)`,
        }),
      );
    },
  },
  measured('loss', 'Loss', 'Loss'),
  measured('distance', 'Distance', 'Distance to the nearest minimum'),
  measured('gradient', 'Gradient', 'Gradient norm'),
  measured('stride', 'Step', 'Length of an update'),
  {
    id: 'rate',
    tab: 'Rate',
    clock: 'updates',
    *figure(news) {
      return curveFigure({
        title: 'Learning rate',
        note: 'as the schedule has it, by updates',
        x: updatesAxis(news, false),
        y: { label: 'learning rate', log: true, text: number },
        steps: true,
        timed: true,
        curves: yield* curves(news, ({ series }) => ({ x: series.steps, y: series.rate })),
      });
    },
  },
  {
    id: 'ends',
    tab: 'Ends',
    clock: null,
    *figure(news) {
      return barFigure(yield* endingBars(news));
    },
  },
];
