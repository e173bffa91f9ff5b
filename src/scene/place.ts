import type { Domain } from '../landscape/surface.ts';

/** Digits of a place, counted from the first of the domain's width: a unit of the last is less than a pixel of any screen. */
const DIGITS = 6;

/** A number to so many decimals; negative ones count tens, hundreds, … */
const rounded = (value: number, decimals: number): number =>
  decimals >= 0
    ? Number(value.toFixed(Math.min(100, decimals)))
    : Math.round(value / 10 ** -decimals) * 10 ** -decimals;

/** A place that a hand gave by pointing, without the digits that it cannot have meant: links and files stay short. */
export function pointed([xmin, xmax, ymin, ymax]: Domain, x: number, y: number): readonly [number, number] {
  const decimals = (width: number) => DIGITS - 1 - Math.floor(Math.log10(width));
  return [rounded(x, decimals(xmax - xmin)) + 0, rounded(y, decimals(ymax - ymin)) + 0];
}
