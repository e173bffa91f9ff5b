import { niceStep } from '../../view/ticks.ts';

/** Where a value lies on a slider, 0 … 1, and back. */
export interface Scale {
  position(value: number): number;
  /** Rounded to the few digits that a hand can choose. */
  value(position: number): number;
  /** Values at which a tick helps; none on most. */
  readonly ticks: readonly number[];
}

/** How a quantity is spread: `complement` is even in log(1 - value), for decays near 1. */
export type Spread = 'linear' | 'log' | 'complement';

const clamp = (p: number): number => Math.min(1, Math.max(0, p));

/** To so many significant digits. */
const rounded = (value: number, digits: number): number => Number(value.toPrecision(digits));

function linear(low: number, high: number): Scale {
  // A step that a hand can aim at: about a five-hundredth of the range.
  const step = niceStep((high - low) / 500);
  return {
    position: (value) => clamp((value - low) / (high - low)),
    value: (p) => Math.min(high, Math.max(low, rounded(Math.round((low + clamp(p) * (high - low)) / step) * step, 12))),
    ticks: [],
  };
}

function log(low: number, high: number): Scale {
  const from = Math.log10(low);
  const span = Math.log10(high) - from;
  const decades = Array.from({ length: Math.floor(span + 1e-9) + 1 }, (_, k) => 10 ** (Math.ceil(from - 1e-9) + k));
  return {
    position: (value) => (value > 0 ? clamp((Math.log10(value) - from) / span) : 0),
    value: (p) => Math.min(high, Math.max(low, rounded(10 ** (from + clamp(p) * span), 3))),
    ticks: decades.length <= 6 ? decades.map((tick) => rounded(tick, 6)) : [],
  };
}

function complement(low: number, high: number): Scale {
  const from = Math.log10(1 - low);
  const span = Math.log10(1 - high) - from;
  return {
    position: (value) => clamp((Math.log10(Math.max(1e-300, 1 - value)) - from) / span),
    value(p) {
      const rest = rounded(10 ** (from + clamp(p) * span), 2);
      return Math.min(high, Math.max(low, rounded(1 - rest, 8)));
    },
    ticks: [],
  };
}

const SPREADS: Readonly<Record<Spread, (low: number, high: number) => Scale>> = { linear, log, complement };

/**
 * A slider's scale.
 * @param low above 0 for `log`
 * @param high greater than low, below 1 for `complement`
 */
export function scaleOf(spread: Spread, low: number, high: number): Scale {
  return SPREADS[spread](low, high);
}
