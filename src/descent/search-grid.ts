import type { HyperSpec } from './optimizer.ts';

/** Learning rates a decade, and how far beyond the slider's ends the grid goes: what a steep surface needs is far below what is handy. */
const A_DECADE = 3;
const BELOW = 100;
const ABOVE = 10;

/** Values of another hyperparameter. */
const VALUES = 7;

/** As somebody would write it. */
const round = (value: number): number => Number(value.toPrecision(3));

/** A learning rate between two decades, at a place of the grid: whole places are on it. */
export const rateAt = (place: number): number => round(10 ** (place / A_DECADE));

/** Places of the learning rates that a search begins with, ascending. */
export function rateGrid({ slider: [low, high] }: HyperSpec): number[] {
  const [first, last] = [low / BELOW, high * ABOVE].map((rate) => Math.round(A_DECADE * Math.log10(rate)));
  return Array.from({ length: last - first + 1 }, (_, k) => first + k);
}

/**
 * Values of a hyperparameter other than the learning rate that a search tries, ascending: over its slider, evenly on its scale, and its
 * default.
 */
export function valueGrid({ slider: [low, high], scale, default: standard, key }: HyperSpec): number[] {
  const evenly = (from: number, to: number): number[] =>
    Array.from({ length: VALUES }, (_, k) => from + (k / (VALUES - 1)) * (to - from));
  const powers = (from: number, to: number): number[] =>
    evenly(Math.log10(from), Math.log10(to)).map((power) => 10 ** power);
  const values = {
    switch: () => [0, 1],
    linear: () => evenly(low, high).map(round),
    log: () => powers(low, high).map(round),
    // The rounding is of what is missing to 1.
    complement: () => powers(1 - low, 1 - high).map((missing) => Number((1 - round(missing)).toPrecision(12))),
  }[scale]();
  if (key === 'lr') {
    throw new RangeError('The learning rate has a grid of its own.');
  }
  return [...new Set([...values, standard])].sort((a, b) => a - b);
}
