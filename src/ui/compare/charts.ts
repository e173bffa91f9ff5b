import { logSpaced, reachedShares } from '../../analysis/ecdf.ts';
import type { LaneResult } from '../../compute/engine/race.ts';
import { laneNames } from '../../scene/lane-names.ts';
import type { Axis, Chart, Curve } from '../charts/chart.ts';
import { counted, shown } from '../format.ts';
import { colourOf } from '../shapes.ts';
import type { RaceNews } from './background-race.ts';

/** One of the charts of a race. */
export interface RaceChart {
  readonly id: string;
  /** Its word among the others. */
  readonly tab: string;
  /** Whether its x axis counts gradient evaluations, rather than updates. */
  readonly byEvaluations: boolean;
  chart(news: RaceNews): Chart;
}

/** Places at which a distribution is looked at. */
const PLACES = 240;

const number = (value: number): string => shown(value, 2);

/** What a particle of a lane can spend at most, and has spent when the lane's race is over. */
const spent = ({ seen }: LaneResult): number => seen.spent.reduce((most, value) => Math.max(most, value), 0);

function evaluationsAxis({ results }: RaceNews): Axis {
  const most = results.reduce((sum, lane) => Math.max(sum, lane.updates, spent(lane)), 10);
  return { label: 'gradient evaluations', log: true, range: [1, most], text: (value) => counted(Math.round(value)) };
}

/** A curve for each lane. */
function curves(news: RaceNews, curve: (lane: LaneResult) => Pick<Curve, 'x' | 'y' | 'band'>): Curve[] {
  const names = laneNames(news.scene);
  return news.results.map((result) => ({
    lane: result.lane,
    name: names[result.lane],
    colour: colourOf(news.scene.lanes[result.lane]),
    ...curve(result),
  }));
}

const percent: Axis = { label: '%', log: false, range: [0, 100], text: (value) => String(Math.round(value)) };

/** Shares of particles, or of particles and targets, that got there. */
function distribution(news: RaceNews, targets: readonly number[]): Pick<Chart, 'x' | 'y' | 'steps' | 'curves'> {
  return {
    x: evaluationsAxis(news),
    y: percent,
    steps: true,
    curves: curves(news, ({ seen, updates, series }) => {
      const done = series.evaluations[series.evaluations.length - 1] ?? 0;
      const x = logSpaced(Math.max(1, updates, done), PLACES).filter((at) => at > 0 && at <= Math.max(1, done));
      const shares = reachedShares(targets.map((k) => seen.evaluations[k]), x);
      return { x, y: shares.map((share) => 100 * share) };
    }),
  };
}

const several = (news: RaceNews): number => news.starts.length / 2;

/** The charts of a race, in the order of their words. */
export const RACE_CHARTS: readonly RaceChart[] = [
  {
    id: 'reached',
    tab: 'Target',
    byEvaluations: true,
    chart: (news) => ({
      title: `Particles that reached loss ≤ ${shown(news.plan.targets[news.target])}`,
      note: `percent of ${counted(several(news))}, by gradient evaluations (log)`,
      ...distribution(news, [news.target]),
    }),
  },
  {
    id: 'targets',
    tab: 'All targets',
    byEvaluations: true,
    chart: (news) => ({
      title: 'Targets that were reached',
      note: `percent of ${counted(several(news))} particles × ${news.plan.targets.length} targets, by gradient evaluations (log)`,
      ...distribution(news, [...news.plan.targets.keys()]),
    }),
  },
  {
    id: 'loss',
    tab: 'Loss',
    byEvaluations: false,
    chart: (news) => {
      const positive = news.results.every(({ series }) => series.low.every((loss) => loss >= 0));
      return {
        title: 'Loss',
        note: 'median, and for the selected lane the 10th to 90th percentile',
        x: { label: 'update', log: true, range: [1, Math.max(10, news.steps)], text: (value) => counted(Math.round(value)) },
        y: { label: 'loss', log: positive, text: number },
        steps: false,
        curves: curves(news, ({ series }) => ({
          x: series.steps.slice(1),
          y: series.median.slice(1),
          band: { low: series.low.slice(1), high: series.high.slice(1) },
        })),
      };
    },
  },
  {
    id: 'rate',
    tab: 'Rate',
    byEvaluations: false,
    chart: (news) => ({
      title: 'Learning rate',
      note: 'as the schedule has it, by updates',
      x: { label: 'update', log: false, range: [0, Math.max(1, news.steps)], text: (value) => counted(Math.round(value)) },
      y: { label: 'learning rate', log: true, text: number },
      steps: true,
      curves: curves(news, ({ series }) => ({ x: series.steps, y: series.rate })),
    }),
  },
];
