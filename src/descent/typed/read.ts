import { buildExpression } from '../../formula/build.ts';
import { Graph } from '../../formula/graph.ts';
import { parseExpression } from '../../formula/parse.ts';
import type { Syntax } from '../../formula/syntax.ts';
import { type Token, tokensOf } from '../../formula/tokens.ts';
import { CONSTANTS, FUNCTION_ARITY } from '../../formula/words.ts';
import { nearest } from '../../math/nearest.ts';
import { complaint, isSymbol, type Part, partsOf, placeOf } from './parts.ts';
import {
  type Assignment,
  type DeclaredHyper,
  MAX_HYPER,
  MAX_STATE,
  MAX_TEXT,
  type Place,
  type Recurrences,
} from './recurrences.ts';

/** What every update is given, in words. */
const GIVEN: ReadonlyMap<string, string> = new Map([
  ['w', 'the parameter'],
  ['g', 'the gradient'],
  ['t', 'the update’s number'],
  ['lr', 'the scheduled learning rate'],
]);

/** Given names that may be assigned: `g = g + λ*w` is a gradient with weight decay for the rest of the update. */
const ASSIGNABLE: ReadonlySet<string> = new Set(['w', 'g']);

/** Words of the notation itself. */
const KEYWORDS: ReadonlySet<string> = new Set(['init', 'in']);

/** A name is suggested when at most this share of its letters is wrong. */
const NEAR = 0.5;

const MAX_NAME = 32;

/** Advice on a name that is not among the known ones. */
function meant(name: string, known: readonly string[]): string {
  const near = nearest(name, known, NEAR);
  return near === undefined ? '' : `; did you mean “${near}”?`;
}

/** Refuses names that mean something else. */
function expectName({ kind, name: token }: Part): void {
  const name = token.text;
  const given = GIVEN.get(name);
  if (kind === 'declares' && name === 'lr') {
    return;
  }
  if (name === 'lr') {
    throw complaint('“lr” is the scheduled learning rate and cannot be assigned; “lr = 0.05 in [0.001, 1]” says where it begins.', placeOf(token));
  }
  if (given !== undefined && !(kind === 'assigns' && ASSIGNABLE.has(name))) {
    const what = kind === 'assigns' ? 'be assigned' : kind === 'starts' ? 'have a first value' : 'be a hyperparameter';
    throw complaint(`“${name}” is ${given} and cannot ${what}; choose another name.`, placeOf(token));
  }
  const meaning = FUNCTION_ARITY.has(name) ? 'a function' : CONSTANTS.has(name) ? 'a constant' : KEYWORDS.has(name) ? 'a word of its own' : null;
  if (meaning !== null) {
    throw complaint(`“${name}” is ${meaning} and cannot be assigned; choose another name.`, placeOf(token));
  }
}

/** Refuses words that no update knows. */
function expectWords(tokens: readonly Token[]): void {
  for (const [k, token] of tokens.entries()) {
    const { kind, text: name } = token;
    if (kind !== 'name') {
      continue;
    }
    if (name === 'x' || name === 'y') {
      throw complaint(`An update knows no ${name}: it is done for each coordinate by itself, and “w” is the parameter.`, placeOf(token));
    }
    if (name.length > MAX_NAME || name in {}) {
      throw complaint(`“${name.slice(0, MAX_NAME)}” cannot be a name here; choose a shorter or another one.`, placeOf(token));
    }
    if (isSymbol(tokens[k + 1], '(') && !FUNCTION_ARITY.has(name)) {
      const near = nearest(name, [...FUNCTION_ARITY.keys()], NEAR);
      const advice = near === undefined ? `write ${name}*(…) for a product` : `did you mean “${near}”`;
      throw complaint(`“${name}” is no function; ${advice}${near === undefined ? '.' : '?'}`, placeOf(token));
    }
  }
}

/** Names that an expression reads, in their order, those of the language left out. */
export function namesIn(syntax: Syntax): ReadonlySet<string> {
  const names = new Set<string>();
  const open: Syntax[] = [syntax];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'name' && node.role === 'parameter') names.add(node.name);
    open.push(...[...within(node)].reverse());
  }
  return names;
}

function within(node: Syntax): readonly Syntax[] {
  switch (node.kind) {
    case 'terms':
      return node.terms.map((term) => term.node);
    case 'factors':
      return node.factors.map((factor) => factor.node);
    case 'negative':
      return [node.node];
    case 'power':
      return [node.base, node.exponent];
    case 'call':
      return node.args;
    case 'series':
      return [node.body];
    case 'element':
      return [node.index];
    default:
      return [];
  }
}

/** The number that an expression without names comes to. */
function numberOf(tokens: readonly Token[], what: string): number {
  const [first] = tokens;
  const place = { at: first.at, length: tokens[tokens.length - 1].at - first.at };
  if (tokens.length === 1) {
    throw complaint(`${what} is missing.`, place);
  }
  const syntax = parseExpression(tokens);
  const graph = new Graph();
  const value = namesIn(syntax).size > 0 ? Number.NaN : buildExpression(graph, syntax, new Map(), place).value;
  if (!Number.isFinite(value)) {
    throw complaint(`${what} must be a number.`, place);
  }
  return value;
}

function declared({ name, value, range }: Part): NonNullable<DeclaredHyper['declared']> {
  const [low, high] = range;
  const min = numberOf(low, `The lower end of ${name.text}’s range`);
  const max = numberOf(high, `The upper end of ${name.text}’s range`);
  if (min >= max) {
    const place = { at: low[0].at, length: high[high.length - 1].at - low[0].at };
    throw complaint(`The range of “${name.text}” runs from ${min} to ${max}; the smaller end comes first.`, place);
  }
  const standard = numberOf(value, `The default of ${name.text}`);
  if (!(standard >= min && standard <= max)) {
    const place = { at: value[0].at, length: value[value.length - 1].at - value[0].at };
    throw complaint(`The default of “${name.text}”, ${standard}, lies outside of its range [${min}, ${max}].`, place);
  }
  return { default: standard, min, max };
}

const assignmentOf = ({ name, value }: Part): Assignment => ({
  name: name.text,
  node: parseExpression(value),
  ...placeOf(name),
});

/** Parts of one kind by name. A name comes once. */
function once(parts: readonly Part[], kind: Part['kind']): ReadonlyMap<string, Part> {
  const found = new Map<string, Part>();
  for (const part of parts.filter((candidate) => candidate.kind === kind)) {
    const name = part.name.text;
    if (found.has(name)) {
      throw complaint(`“${name}” ${kind === 'starts' ? 'has a first value' : 'is declared'} already; remove one of the two.`, placeOf(part.name));
    }
    found.set(name, part);
  }
  return found;
}

/** Names that are read before they are assigned. */
function readFirst(assignments: readonly Assignment[]): ReadonlySet<string> {
  const assigned = new Set<string>();
  const early = new Set<string>();
  for (const { name, node } of assignments) {
    for (const read of namesIn(node)) if (!assigned.has(read)) early.add(read);
    assigned.add(name);
  }
  return early;
}

/**
 * Reads the recurrences of an optimizer: assignments, `init name = …` and `name = number in [low, high]`.
 * @throws FormulaError with the place in the text
 */
export function readRecurrences(text: string): Recurrences {
  if (text.length > MAX_TEXT) {
    const place = { at: MAX_TEXT, length: text.length - MAX_TEXT };
    throw complaint(`The update is too long: ${MAX_TEXT} characters are the most; shorten it.`, place);
  }
  const tokens = tokensOf(text);
  const parts = partsOf(text, tokens);
  if (parts.length === 0) {
    throw complaint('There is no update; write one such as “w = w - lr*g”.', { at: text.length, length: 0 });
  }
  expectWords(tokens);
  for (const part of parts) expectName(part);

  const assignments = parts.filter(({ kind }) => kind === 'assigns').map(assignmentOf);
  const starts = new Map([...once(parts, 'starts')].map(([name, part]) => [name, assignmentOf(part)] as const));
  const declarations = once(parts, 'declares');
  const early = readFirst(assignments);
  const assigned = new Set(assignments.map(({ name }) => name));
  const state = [...assigned].filter((name) => early.has(name) && !GIVEN.has(name));

  const free = new Set(early);
  for (const [name, { node, ...place }] of starts) {
    if (!state.includes(name)) {
      throw complaint(`“${name}” is no state, as it is not read before it is assigned${meant(name, state) || '; remove its first value.'}`, place);
    }
    for (const read of namesIn(node)) {
      if (assigned.has(read) || read === 'g' || read === 't') {
        const places = tokens.find((token) => token.at > place.at && token.text === read)!;
        throw complaint(`“${read}” is not there yet when ${name} gets its first value; use numbers, hyperparameters and lr.`, placeOf(places));
      }
      free.add(read);
    }
  }
  const names = [...declarations.keys(), ...free].filter((name) => !assigned.has(name) && !GIVEN.has(name));
  const hyper = [...new Set(names)];
  const place = (name: string): Place => placeOf(tokens.find((token) => token.text === name)!);
  for (const [name, part] of declarations) {
    const again = assignments.find((assignment) => assignment.name === name);
    if (again) {
      throw complaint(`“${name}” is declared as a hyperparameter and cannot be assigned as well; choose another name.`, again);
    }
    if (name !== 'lr' && !free.has(name)) {
      const undeclared = hyper.filter((other) => !declarations.has(other));
      throw complaint(`“${name}” is declared, but nothing reads it${meant(name, undeclared) || '; remove it.'}`, placeOf(part.name));
    }
  }
  if (state.length > MAX_STATE) {
    throw complaint(`${state.length} state variables are too many; ${MAX_STATE} are the most.`, place(state[MAX_STATE]));
  }
  if (hyper.length > MAX_HYPER) {
    throw complaint(`${hyper.length} hyperparameters are too many; ${MAX_HYPER} are the most.`, place(hyper[MAX_HYPER]));
  }
  if (!assigned.has('w')) {
    throw complaint('Nothing assigns “w”; an update ends with something like “w = w - lr*g”.', { at: text.length, length: 0 });
  }
  const numbers = (name: string) => (declarations.has(name) ? declared(declarations.get(name)!) : null);
  return {
    assignments,
    state,
    first: starts,
    hyper: hyper.map((name) => ({ name, declared: numbers(name) })),
    rate: numbers('lr'),
  };
}
