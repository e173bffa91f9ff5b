import { FormulaError } from '../../formula/error.ts';
import type { Token } from '../../formula/tokens.ts';
import type { Place } from './recurrences.ts';

const EXAMPLE = '“m = b*m + (1 - b)*g”';

/** What is wrong at a place of the text. */
export const complaint = (message: string, { at, length }: Place): FormulaError => new FormulaError(message, at, length);

/** Where a token stands. */
export const placeOf = (token: Token): Place => ({ at: token.at, length: token.text.length });

/** One part of the text, its name taken off. */
export interface Part {
  readonly kind: 'assigns' | 'starts' | 'declares';
  readonly name: Token;
  /** The tokens of the value, and one of kind `end`. */
  readonly value: readonly Token[];
  /** Those of the two ends of a declared range, likewise. */
  readonly range: readonly (readonly Token[])[];
}

/** Whether a token is a certain sign. */
export const isSymbol = (token: Token | undefined, text: string): boolean => token?.kind === 'symbol' && token.text === text;

/** Whether a part begins at a token: `name =` or `init name =`. */
function begins(tokens: readonly Token[], k: number): boolean {
  const first = tokens[k].text === 'init' && tokens[k + 1]?.kind === 'name' ? k + 1 : k;
  return tokens[first].kind === 'name' && isSymbol(tokens[first + 1], '=');
}

/** Tokens of each part. A semicolon ends one; so does a new line, where another begins on it. */
function separated(text: string, tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  let end = 0;
  for (const [k, token] of tokens.entries()) {
    const newLine = text.slice(end, token.at).includes('\n');
    end = token.at + token.text.length;
    if (isSymbol(token, ';') || (newLine && begins(tokens, k))) {
      parts.push([]);
    }
    if (token.kind !== 'end' && !isSymbol(token, ';')) {
      parts[parts.length - 1].push(token);
    }
  }
  return parts.filter((part) => part.length > 0);
}

/** Tokens closed by one of kind `end`. */
function closed(tokens: readonly Token[], at: number): readonly Token[] {
  return [...tokens, { kind: 'end', text: '', value: Number.NaN, at }];
}

const endOf = (tokens: readonly Token[]): number => {
  const last = tokens[tokens.length - 1];
  return last.at + last.text.length;
};

/** The two ends of `[low, high]`, from the bracket on. */
function rangeOf(name: Token, tokens: readonly Token[]): readonly (readonly Token[])[] {
  const comma = tokens.findIndex((token) => isSymbol(token, ','));
  if (!isSymbol(tokens[0], '[') || comma < 0 || !isSymbol(tokens[tokens.length - 1], ']')) {
    const at = tokens.length > 0 ? tokens[0].at : endOf([name]);
    const length = tokens.length > 0 ? endOf(tokens) - at : 0;
    throw complaint(`A range is written as two numbers in brackets, as in “${name.text} = 0.9 in [0, 1]”.`, { at, length });
  }
  return [closed(tokens.slice(1, comma), tokens[comma].at), closed(tokens.slice(comma + 1, -1), endOf(tokens) - 1)];
}

function partOf(tokens: readonly Token[]): Part {
  const starts = tokens[0].text === 'init' && tokens.length > 1;
  const rest = starts ? tokens.slice(1) : tokens;
  const [name, equals] = rest;
  if (name.kind !== 'name' || !isSymbol(equals, '=')) {
    const what = starts ? 'A first value is written as “init m = 0.1”.' : `Every part of an update is an assignment, as in ${EXAMPLE}.`;
    throw complaint(what, { at: name.at, length: endOf(rest) - name.at });
  }
  const within = rest.findIndex((token, k) => k > 2 && token.kind === 'name' && token.text === 'in');
  const value = rest.slice(2, within < 0 ? undefined : within);
  const end = within < 0 ? endOf(rest) : rest[within].at;
  if (value.length === 0) {
    throw complaint(`A value is missing behind “${name.text} =”.`, { at: end, length: 0 });
  }
  if (starts && within >= 0) {
    throw complaint('A first value has no range; only hyperparameters do.', placeOf(rest[within]));
  }
  return {
    kind: starts ? 'starts' : within < 0 ? 'assigns' : 'declares',
    name,
    value: closed(value, end),
    range: within < 0 ? [] : rangeOf(name, rest.slice(within + 1)),
  };
}

/**
 * The parts of a text.
 * @throws FormulaError for what is none
 */
export function partsOf(text: string, tokens: readonly Token[]): readonly Part[] {
  return separated(text, tokens).map(partOf);
}
