import uPlot from 'uplot';
import type { LaneRun } from '../../compute/contract.ts';
import type { Scene } from '../../scene/scene.ts';
import { niceTicks } from '../../view/ticks.ts';
import type { Context, Part } from '../context.ts';
import { el, setAttribute, setText } from '../dom.ts';
import { counted, shown } from '../format.ts';
import { laneNames } from '../../scene/lane-names.ts';
import { colourOf, outlineOf } from '../shapes.ts';
import { token } from '../theme.ts';
import { type Heartbeat, heartbeatOf, stepsShown } from './heartbeat.ts';

const FONT = '12px "IBM Plex Mono", monospace';
const BAND = 0.24;

/** Labels up the side at most. */
const LEVELS = 7;

const alpha = (hex: string, share: number): string => hex + Math.round(share * 255).toString(16).padStart(2, '0');

/** Powers of ten within a range, thinned to a readable few. */
function decades(low: number, high: number): number[] {
  const from = Math.floor(Math.log10(low) + 1e-9);
  const to = Math.ceil(Math.log10(high) - 1e-9);
  const every = Math.ceil((to - from + 1) / LEVELS);
  return Array.from({ length: to - from + 1 }, (_, k) => from + k)
    .filter((power) => power % every === 0)
    .map((power) => Number(`1e${power}`));
}

/** The live chart: each lane's median loss over the steps, and the selected one's 10–90 % band. */
export function createLossChart({ store, run }: Context): Part {
  const note = el('span', { class: 'note' }, 'median, 10–90 %');
  const place = el('div', { class: 'chart', role: 'img' });
  const element = el(
    'section',
    { class: 'card loss-card', 'aria-label': 'Loss' },
    el('div', { class: 'card-head' }, el('span', { class: 'overline' }, 'Loss'), note),
    place,
  );
  let chart: uPlot | null = null;
  let made = '';
  let beat: Heartbeat = { data: [[]], log: true, range: [1, 10] };
  let lanes: readonly LaneRun[] = [];
  let seen = '';

  const dots = (plot: uPlot): void => {
    const { ctx } = plot;
    const ratio = window.devicePixelRatio;
    const rim = token('--disc-rim');
    const { scene } = store;
    const order = [...lanes.keys()].sort((a, b) => Number(lanes[a].lane === scene.selected) - Number(lanes[b].lane === scene.selected));
    for (const k of order) {
      const column = beat.data[k + 1];
      let last = column.length - 1;
      while (last >= 0 && column[last] === null) {
        last -= 1;
      }
      const lane = scene.lanes[lanes[k].lane];
      if (last < 0 || !lane) {
        continue;
      }
      const x = plot.valToPos(beat.data[0][last], 'x', true);
      const y = plot.valToPos(column[last]!, 'y', true);
      const radius = 4.4 * ratio;
      const path = new Path2D();
      path.addPath(new Path2D(outlineOf(lane)), new DOMMatrix([radius, 0, 0, radius, x, y]));
      ctx.save();
      ctx.lineJoin = 'round';
      ctx.strokeStyle = rim;
      ctx.lineWidth = 2.4 * ratio;
      ctx.stroke(path);
      ctx.fillStyle = colourOf(lane);
      ctx.fill(path, 'evenodd');
      ctx.restore();
    }
  };

  const underPointer = (plot: uPlot): void => {
    const index = plot.cursor.idx;
    const k = lanes.findIndex(({ lane }) => lane === store.scene.selected);
    const value = index === null || index === undefined || k < 0 ? null : beat.data[k + 1]?.[index];
    setText(note, value === null || value === undefined ? 'median, 10–90 %' : `step ${counted(beat.data[0][index!])}: ${shown(value)}`);
  };

  const options = (scene: Scene, width: number, height: number): uPlot.Options => {
    const ink = token('--ink-3');
    const grid = { stroke: token('--line'), width: 1 };
    const { selected } = scene;
    const count = lanes.length;
    const chosen = scene.lanes[selected];
    const series: uPlot.Series[] = lanes.map(({ lane }) => ({
      stroke: colourOf(scene.lanes[lane]),
      width: lane === selected ? 2.4 : 2,
      points: { show: false },
      spanGaps: true,
    }));
    const edge: uPlot.Series = { stroke: 'transparent', width: 0, points: { show: false }, spanGaps: true };
    return {
      width,
      height,
      padding: [10, 14, 0, 0],
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
      scales: {
        x: { time: false, range: () => [0, stepsShown(run()?.step ?? 0, scene.steps)] },
        y: {
          distr: beat.log ? 3 : 1,
          range: () => {
            const [low, high] = beat.range;
            if (beat.log) {
              return [10 ** Math.floor(Math.log10(low) + 1e-9), 10 ** Math.ceil(Math.log10(high) - 1e-9)];
            }
            const room = 0.06 * (high - low || 1);
            return [low - room, high + room];
          },
        },
      },
      axes: [
        {
          stroke: ink,
          font: FONT,
          grid: { show: false },
          ticks: { show: false },
          size: 26,
          gap: 8,
          splits: (_plot, _axis, low, high) => niceTicks(low, high, 4),
          values: (_plot, splits) => splits.map((step) => counted(step)),
        },
        {
          stroke: ink,
          font: FONT,
          grid,
          ticks: { show: false },
          size: 54,
          gap: 8,
          splits: (_plot, _axis, low, high) => (beat.log ? decades(low, high) : niceTicks(low, high, 4)),
          filter: (_plot, splits) => splits,
          values: (_plot, splits) => splits.map((value) => shown(value, beat.log ? 1 : 3)),
        },
      ],
      series: [{}, ...series, edge, edge],
      bands: chosen ? [{ series: [count + 2, count + 1], fill: alpha(colourOf(chosen), BAND) }] : [],
      hooks: { draw: [dots], setCursor: [underPointer] },
    };
  };

  const draw = (force: boolean): void => {
    // Asked for its size, the browser lays the page out: not for a chart that does not stand in it.
    if (!place.isConnected) {
      return;
    }
    const now = run()?.lanes ?? [];
    const news = now.map(({ history }) => `${history.steps.length} ${history.steps[history.steps.length - 1]}`).join();
    const { clientWidth: width, clientHeight: height } = place;
    if (width === 0 || height === 0) {
      return;
    }
    const { scene } = store;
    const key = JSON.stringify([scene.selected, scene.steps, now.map(({ lane }) => [lane, scene.lanes[lane]?.colour])]);
    if (!force && chart && news === seen && key === made && chart.width === width && chart.height === height) {
      return;
    }
    seen = news;
    lanes = now.filter(({ lane }) => lane < scene.lanes.length);
    const wasLog = beat.log;
    beat = heartbeatOf(lanes, scene.selected);
    if (force || !chart || key !== made || wasLog !== beat.log) {
      chart?.destroy();
      made = key;
      chart = new uPlot(options(scene, width, height), beat.data as uPlot.AlignedData, place);
    } else {
      if (chart.width !== width || chart.height !== height) {
        chart.setSize({ width, height });
      }
      chart.setData(beat.data as uPlot.AlignedData);
    }
    const names = laneNames(scene);
    const words = lanes.map(({ lane, tally }) => `${names[lane]} ${tally ? shown(tally.median) : 'not measured'}`);
    setAttribute(place, 'aria-label', `Median loss by step. Now: ${words.join(', ')}.`);
  };

  return {
    element,
    beat: () => draw(false),
    theme: () => draw(true),
  };
}
