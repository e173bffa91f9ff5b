import type { PictureChoice } from '../scene/scene.ts';
import { toCss } from './oklab.ts';
import type { Ramp } from './ramps.ts';
import type { Relief } from './relief.ts';
import { niceTicks, tickText } from './ticks.ts';

const COLOURS = 33;

/** What one character of a label takes of the ramp's length where the legend is narrowest, 250 pixels; and the gap between two labels. */
const CHARACTER = 7.2 / 250;
const GAP = CHARACTER;

interface Tick {
  readonly position: number;
  readonly value: number;
  readonly text: string;
}

/** From where to where on the ramp a label lies: centred on its tick, but those of the ends inside. */
function extent({ position, text }: Tick): [number, number] {
  const width = text.length * CHARACTER;
  const from = Math.min(Math.max(position - width / 2, 0), 1 - width);
  return [from, from + width];
}

/** Whether two labels keep their distance. */
function apart(a: Tick, b: Tick): boolean {
  const [[fromA, toA], [fromB, toB]] = [extent(a), extent(b)];
  return fromA - toB >= GAP || fromB - toA >= GAP;
}

/** Evenly spaced CSS colours of a ramp. */
export function rampColours(ramp: Ramp): string[] {
  return Array.from({ length: COLOURS }, (_, k) => toCss(ramp(k / (COLOURS - 1))));
}

/** Round losses from the lowest to the highest, spread along the ramp so that their labels do not touch. */
export function legendTicks(relief: Relief): Tick[] {
  const { low, high } = relief;
  const span = high - low;
  const tick = (value: number): Tick => ({ position: relief.ramp(relief.height(value)), value, text: tickText(value) });
  const first = tick(Math.abs(low) < 1e-3 * span ? 0 : Number(low.toPrecision(2)));
  const last = tick(Number(high.toPrecision(2)));
  const chosen = [{ ...first, position: 0 }, { ...last, position: 1 }];
  for (const value of candidates(low, high)) {
    const one = tick(value);
    if (value > low && value < high && chosen.every((other) => apart(one, other))) {
      chosen.push(one);
    }
  }
  return chosen.sort((a, b) => a.position - b.position);
}

/** Round numbers between the ends, the roundest first: even steps, then 1, 2, 5 of each decade above the lowest. */
function* candidates(low: number, high: number): Generator<number> {
  yield* niceTicks(low, high, 4);
  const top = Math.ceil(Math.log10(high - low));
  for (const factor of [1, 5, 2]) {
    for (let power = top; power > top - 6; power -= 1) {
      yield factor * 10 ** power + (Math.abs(low) < 1e-3 * (high - low) ? 0 : 10 ** power * Math.round(low / 10 ** power));
    }
  }
}

/** A sign on the ground and what it means. */
export interface LegendSign {
  readonly sign: 'plateau' | 'arrows' | 'flow';
  readonly text: string;
}

const FIELDS: Readonly<Record<PictureChoice['field'], readonly LegendSign[]>> = {
  none: [],
  arrows: [{ sign: 'arrows', text: '−∇f, longer where steeper (log)' }],
  flow: [{ sign: 'flow', text: 'lines of steepest descent' }],
};

/**
 * What the signs on the ground mean.
 * @param limit gradient norm below which plateaus are shown, or null where they are not
 */
export function signsOf(field: PictureChoice['field'], limit: number | null): LegendSign[] {
  const plateau = limit === null ? [] : [{ sign: 'plateau' as const, text: `plateau: ‖∇f‖ under ${tickText(limit)}, 1 % of typical` }];
  return [...FIELDS[field], ...plateau];
}
