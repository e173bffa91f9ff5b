import { FormulaError } from './error.ts';

/** The longest text that is read. */
export const MAX_LENGTH = 10_000;

/** A word of a formula. `value` is a number's; `text` is empty at the end of the formula. */
export interface Token {
  readonly kind: 'number' | 'name' | 'symbol' | 'end';
  readonly text: string;
  readonly value: number;
  readonly at: number;
}

const SPACE = /\s*/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const SYMBOL = /[-+*/^()[\],;=]/y;

/** What people type or paste for something that is written otherwise here. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['−', '-'],
  ['–', '-'],
  ['×', '*'],
  ['·', '*'],
  ['⋅', '*'],
  ['÷', '/'],
  ['π', 'pi'],
  ['√', 'sqrt(…)'],
  ['²', '^2'],
  ['³', '^3'],
  ['|', 'abs(…)'],
  ['{', '('],
  ['}', ')'],
  [':', '/'],
]);

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

function unknownCharacter(text: string, at: number): FormulaError {
  const character = String.fromCodePoint(text.codePointAt(at)!);
  const instead = INSTEAD.get(character);
  const advice = instead === undefined ? 'remove it' : `write ${instead} instead`;
  return new FormulaError(`“${character}” means nothing in a formula; ${advice}.`, at, character.length);
}

/**
 * Takes a text apart; the last token is of kind `end`.
 * @throws FormulaError for a text that is too long, a character without a meaning, a number beyond float64's range
 */
export function tokensOf(text: string): readonly Token[] {
  if (text.length > MAX_LENGTH) {
    const much = text.length - MAX_LENGTH;
    throw new FormulaError(`The formula is too long: ${MAX_LENGTH} characters are the most; shorten it.`, MAX_LENGTH, much);
  }
  const tokens: Token[] = [];
  let at = match(SPACE, text, 0).length;
  while (at < text.length) {
    const number = match(NUMBER, text, at);
    const name = match(NAME, text, at);
    const word = number || name || match(SYMBOL, text, at);
    if (word === '') {
      throw unknownCharacter(text, at);
    }
    const value = number === '' ? Number.NaN : Number(number);
    if (value === Number.POSITIVE_INFINITY) {
      throw new FormulaError(`${word} is larger than any number here can be (1.8e308); write a smaller one.`, at, word.length);
    }
    const kind = number !== '' ? 'number' : name !== '' ? 'name' : 'symbol';
    tokens.push({ kind, text: word, value, at });
    at += word.length;
    at += match(SPACE, text, at).length;
  }
  tokens.push({ kind: 'end', text: '', value: Number.NaN, at: text.length });
  return tokens;
}
