import { lanesOn } from '../../compute/engine/keys.ts';
import { LANE_COLOURS } from '../../scene/colours.ts';
import { niceTicks, tickText } from '../../view/ticks.ts';
import type { Pen } from '../../view/view.ts';
import type { LossHistory } from '../history.ts';
import { type Card, type FilmFacts, font, write } from './card.ts';

const SIZE = { width: 250, height: 128, number: 12, line: 2.2, dot: 4, labels: 44 } as const;

/** Decades that are shown at most. */
const DECADES = 8;

/** How losses are spread over the height, 0 … 1 from below, and where its labels are. */
interface Spread {
  readonly at: (loss: number) => number;
  readonly ticks: readonly number[];
}

/** By decades where all losses are above 0 and span some; else evenly. It holds for the whole film, so that nothing jumps. */
function spreadOf({ medians }: LossHistory): Spread {
  const losses = medians.flat().filter(Number.isFinite);
  const high = Math.max(...losses, 1e-12);
  const low = Math.min(...losses, high);
  if (low >= 0 && high > 20 * low) {
    const top = Math.ceil(Math.log10(high));
    const foot = Math.max(top - DECADES, Math.floor(Math.log10(Math.max(low, 10 ** (top - DECADES)))));
    const every = Math.max(1, Math.round((top - foot) / 4));
    const ticks = Array.from({ length: Math.floor((top - foot) / every) + 1 }, (_, k) => 10 ** (top - k * every));
    return { at: (loss) => Math.max(0, (Math.log10(Math.max(loss, 1e-300)) - foot) / Math.max(1, top - foot)), ticks };
  }
  const span = high - low || 1;
  return { at: (loss) => (loss - low) / span, ticks: niceTicks(low, low + span, 4) };
}

/** The median loss of each lane up to the step that is shown. */
export function chart(pen: Pen, { history, step, scene, look }: FilmFacts): Card {
  return {
    width: SIZE.width,
    height: SIZE.height,
    draw(x, y) {
      if (!history) {
        return;
      }
      const { at, ticks } = spreadOf(history);
      const [left, width] = [x + SIZE.labels, SIZE.width - SIZE.labels];
      const [first, last] = [history.steps[0], history.steps.at(-1) as number];
      const across = (at: number): number => left + (width * (at - first)) / Math.max(1, last - first);
      const up = (loss: number): number => y + SIZE.height * (1 - Math.min(1, at(loss)));
      pen.font = font.number(SIZE.number);
      pen.textAlign = 'right';
      pen.textBaseline = 'middle';
      for (const tick of ticks) {
        pen.fillStyle = look.quiet;
        pen.globalAlpha = 0.25;
        pen.fillRect(left, up(tick) - 0.5, width, 1);
        pen.globalAlpha = 1;
        write(pen, tickText(tick), left - 7, up(tick), look.quiet, look);
      }
      lanesOn(scene).forEach((lane, k) => {
        const colour = LANE_COLOURS[scene.lanes[lane].colour].hex;
        const line = upTo(history.steps, history.medians[k], step).map(([s, loss]): [number, number] => [
          across(s),
          up(loss),
        ]);
        const end = line.at(-1);
        if (!end) {
          return;
        }
        pen.lineJoin = 'round';
        pen.lineWidth = SIZE.line;
        pen.strokeStyle = colour;
        pen.beginPath();
        for (const [px, py] of line) pen.lineTo(px, py);
        pen.stroke();
        pen.fillStyle = colour;
        pen.beginPath();
        pen.arc(...end, SIZE.dot, 0, 2 * Math.PI);
        pen.fill();
      });
    },
  };
}

/** The points of a curve up to a step, the last one between two of them; it ends where the loss is no number. */
function upTo(steps: readonly number[], losses: readonly number[], step: number): [number, number][] {
  const gone = losses.findIndex((loss) => !Number.isFinite(loss));
  const known = gone < 0 ? losses.length : gone;
  const inside = steps.findIndex((s) => s > step);
  const whole = Math.min(known, inside < 0 ? steps.length : inside);
  const points = Array.from({ length: whole }, (_, k): [number, number] => [steps[k], losses[k]]);
  if (whole > 0 && whole < known && whole === inside) {
    const share = (step - steps[whole - 1]) / (steps[whole] - steps[whole - 1]);
    points.push([step, losses[whole - 1] + share * (losses[whole] - losses[whole - 1])]);
  }
  return points;
}
