import { indexAt } from '../charts/chart.ts';
import type { RaceNews } from './background-race.ts';
import type { RaceChart } from './charts.ts';

/** The value at `at` of a function that grows from (0, 0) and is known at ascending places: straight between them, and beyond as on the whole so far. */
export function grown(x: readonly number[], y: readonly number[], at: number): number {
  const last = x.length - 1;
  if (last < 1 || at >= x[last]) {
    return x[last] > 0 ? (at * y[last]) / x[last] : at;
  }
  const k = 1 + indexAt(x, at);
  const share = (at - x[k - 1]) / (x[k] - x[k - 1] || 1);
  return y[k - 1] + share * (y[k] - y[k - 1]);
}

/** A lane's way through the race, or the first one's where it takes no part. */
const seriesOf = ({ results }: RaceNews, lane: number) =>
  (results.find((result) => result.lane === lane) ?? results[0])?.series;

/** Where a step of the run lies on a chart's x axis, as a lane sees it; null where its x axis is no time. */
export function placeOf(news: RaceNews, clock: RaceChart['clock'], lane: number, step: number): number | null {
  const series = seriesOf(news, lane);
  return clock === null || !series ? null : clock === 'updates' ? step : grown(series.steps, series.evaluations, step);
}

/** The step of the run that a place on the axis means. */
export function stepAt(news: RaceNews, clock: RaceChart['clock'], lane: number, at: number): number | null {
  const series = seriesOf(news, lane);
  return clock === null || !series
    ? null
    : Math.round(clock === 'updates' ? at : grown(series.evaluations, series.steps, at));
}
