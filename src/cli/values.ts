import { RequestError } from './errors.ts';
import type { Words } from './words.ts';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** A decimal number that is finite in float64; `what` names it in the message. */
export const parseNumber = (text: string, what: string): number => {
  const value = NUMBER.test(text.trim()) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) {
    throw new RequestError(`${what}: "${text}" is not a finite number; write it like 0.05, -2 or 1e-3.`);
  }
  return value;
};

/** A number within [min, max]. */
export const parseWithin = (text: string, what: string, min: number, max: number): number => {
  const value = parseNumber(text, what);
  if (value < min || value > max) {
    throw new RequestError(
      `${what}: ${text} is out of range, which is ${min} to ${max}; the nearest is ${value < min ? min : max}.`,
    );
  }
  return value;
};

/** A whole number within [min, max]. */
export const parseInteger = (text: string, what: string, min: number, max: number): number => {
  const value = parseWithin(text, what, min, max);
  if (!Number.isInteger(value)) {
    throw new RequestError(`${what}: ${text} is not a whole number; the nearest is ${Math.round(value)}.`);
  }
  return value;
};

/** Exactly `count` numbers of at most some size, separated by commas. */
export const parseNumbers = (
  text: string,
  what: string,
  count: number,
  example: string,
  size = Number.MAX_VALUE,
): number[] => {
  const words = text.split(',');
  if (words.length !== count) {
    throw new RequestError(
      `${what}: "${text}" has ${words.length} of ${count} numbers; write ${example}, without blanks.`,
    );
  }
  return words.map((word) => parseWithin(word, `${what} ${text}`, -size, size));
};

/** `key=value,key=value` as pairs of texts. */
export const parsePairs = (text: string, what: string): [string, string][] =>
  text.split(',').map((word) => {
    const at = word.indexOf('=');
    if (at < 1 || at === word.length - 1) {
      throw new RequestError(`${what}: "${word}" is not KEY=VALUE; write it like lr=0.05.`);
    }
    return [word.slice(0, at).trim(), word.slice(at + 1).trim()];
  });

/** KEY=VALUE words of all of an option's occurrences, later ones winning. */
export function pairsOf(words: Words, option: string): Map<string, string> {
  return new Map(words.all(option).flatMap((text) => parsePairs(text, `--${option}`)));
}
