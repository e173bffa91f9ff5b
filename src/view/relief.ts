import type { TerrainSamples } from '../compute/contract.ts';
import { type MonotoneCurve, monotoneCurve } from './monotone.ts';
import { niceStep, tickText } from './ticks.ts';

/** How a loss becomes a height. */
export type HeightMode = 'linear' | 'log' | 'rank';

/** Quantiles kept of the losses of a terrain. */
const KNOTS = 48;

/** Of the colour ramp's position, the part that follows the height; the rest follows the rank, else a log surface is all of one tint. */
const HEIGHT_SHARE = 0.4;

/** About so many contour lines from the lowest to the highest. */
const LINES = 26;

/** Where contour lines run: at whole numbers of `scale`·height + `offset`, stronger at every fifth. */
export interface Contours {
  readonly scale: number;
  readonly offset: number;
  /** In words, for a legend. */
  readonly text: string;
}

/** A terrain's losses as heights 0 (lowest) … 1 (highest). */
export interface Relief {
  readonly mode: HeightMode;
  /** Least and greatest finite loss. */
  readonly low: number;
  readonly high: number;
  /** Height of a loss, and how fast it rises there; beyond the ends, and for what is no number, the nearest end. */
  height(loss: number): number;
  slope(loss: number): number;
  /** The inverse of `height`. */
  loss(height: number): number;
  /** Position on the colour ramp, 0…1. */
  ramp(height: number): number;
  readonly contours: Contours;
}

/** A monotone map of losses to 0…1 and back. */
interface Scale {
  readonly height: (loss: number) => number;
  readonly slope: (loss: number) => number;
  readonly loss: (height: number) => number;
  readonly contours: Contours;
}

/** What is known of the losses before a scale is chosen. */
interface Range {
  readonly low: number;
  readonly high: number;
  /** Rising, from the least to the greatest. */
  readonly quantiles: readonly number[];
}

const SCALES: Readonly<Record<HeightMode, (range: Range) => Scale>> = {
  linear: ({ low, high }) => {
    const span = high - low;
    const step = niceStep(span / LINES);
    return {
      height: (loss) => (loss - low) / span,
      slope: () => 1 / span,
      loss: (height) => low + height * span,
      contours: { scale: span / step, offset: low / step, text: `contours ${tickText(step)}, bold ${tickText(5 * step)}` },
    };
  },
  log: ({ low, high, quantiles }) => {
    // The knee between linear and logarithmic: a tenth of the median's height above the lowest, as a power of ten.
    const median = quantiles[quantiles.length >> 1] - low;
    const knee = 10 ** Math.round(Math.log10(Math.max(median / 10, (high - low) * 1e-6)));
    const span = Math.log1p((high - low) / knee);
    const decades = span / Math.LN10;
    const step = niceStep(decades / LINES);
    return {
      height: (loss) => Math.log1p((loss - low) / knee) / span,
      slope: (loss) => 1 / ((knee + loss - low) * span),
      loss: (height) => low + knee * Math.expm1(height * span),
      contours: { scale: decades / step, offset: 0, text: `contours ${tickText(step)}, bold ${tickText(5 * step)} dex` },
    };
  },
  rank: ({ quantiles }) => {
    const { up, down } = rankCurves(quantiles, (loss) => loss);
    return {
      height: up.value,
      slope: up.slope,
      loss: down.value,
      contours: { scale: 20, offset: 0, text: 'contours 5 %, bold 25 % of the area' },
    };
  },
};

/** The share of the area below a height, as a curve, and its inverse. Where many losses are equal, their middle rank counts. */
function rankCurves(quantiles: readonly number[], at: (loss: number) => number): { up: MonotoneCurve; down: MonotoneCurve } {
  const xs: number[] = [];
  const ys: number[] = [];
  quantiles.forEach((loss, k) => {
    const x = at(loss);
    if (xs.length === 0 || x > xs[xs.length - 1] + 1e-12 * Math.abs(x)) {
      xs.push(x);
      ys.push(k / (quantiles.length - 1));
    }
  });
  return { up: monotoneCurve(xs, ys), down: monotoneCurve(ys, xs) };
}

/** The finite losses in order, thinned to what quantiles need. */
function rangeOf({ values }: TerrainSamples): Range {
  const stride = 4 * Math.max(1, Math.floor(values.length / 4 / 16384));
  const sorted: number[] = [];
  let low = Infinity;
  let high = -Infinity;
  for (let k = 0; k < values.length; k += 4) {
    const loss = values[k];
    if (Number.isFinite(loss)) {
      low = Math.min(low, loss);
      high = Math.max(high, loss);
      if (k % stride === 0) {
        sorted.push(loss);
      }
    }
  }
  if (!(low < high)) {
    // Flat, or nowhere finite: a plain at half the height.
    const level = low === high ? low : 0;
    const half = Math.max(1e-3, Math.abs(level) * 1e-3);
    return { low: level - half, high: level + half, quantiles: [level - half, level, level + half] };
  }
  sorted.sort((a, b) => a - b);
  const quantiles = Array.from({ length: KNOTS + 1 }, (_, k) => sorted[Math.round((k / KNOTS) * (sorted.length - 1))]);
  quantiles[0] = low;
  quantiles[KNOTS] = high;
  return { low, high, quantiles };
}

/** Turns losses into heights. */
export function reliefOf(samples: TerrainSamples, mode: HeightMode): Relief {
  const range = rangeOf(samples);
  const { low, high } = range;
  const scale = SCALES[mode](range);
  const clamp = (loss: number) => (loss >= low ? Math.min(loss, high) : Number.isNaN(loss) ? high : low);
  const height = (loss: number) => scale.height(clamp(loss));
  const rank = rankCurves(range.quantiles, height).up;
  return {
    mode,
    low,
    high,
    height,
    slope: (loss) => (loss >= low && loss <= high ? scale.slope(loss) : 0),
    loss: scale.loss,
    ramp: (h) => HEIGHT_SHARE * h + (1 - HEIGHT_SHARE) * rank.value(h),
    contours: scale.contours,
  };
}
