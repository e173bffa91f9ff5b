import type { Factor, SignedTerm, Statement, Syntax } from './syntax.ts';

/** Typeset mathematics and how tightly it holds together: sums 1, products 2, powers 3, the rest 4. */
interface Set {
  readonly text: string;
  readonly binds: number;
  /** Begins with a digit, so that something must stand between it and a factor before it. */
  readonly digit: boolean;
}

const SUM = 1;
const PRODUCT = 2;
const POWER = 3;
const ATOM = 4;

const GREEK: ReadonlyMap<string, string> = new Map([
  ['alpha', 'α'],
  ['beta', 'β'],
  ['gamma', 'γ'],
  ['delta', 'δ'],
  ['epsilon', 'ε'],
  ['zeta', 'ζ'],
  ['eta', 'η'],
  ['theta', 'θ'],
  ['iota', 'ι'],
  ['kappa', 'κ'],
  ['lambda', 'λ'],
  ['mu', 'μ'],
  ['nu', 'ν'],
  ['xi', 'ξ'],
  ['pi', 'π'],
  ['rho', 'ρ'],
  ['sigma', 'σ'],
  ['tau', 'τ'],
  ['upsilon', 'υ'],
  ['phi', 'φ'],
  ['chi', 'χ'],
  ['psi', 'ψ'],
  ['omega', 'ω'],
  ['Gamma', 'Γ'],
  ['Delta', 'Δ'],
  ['Theta', 'Θ'],
  ['Lambda', 'Λ'],
  ['Xi', 'Ξ'],
  ['Pi', 'Π'],
  ['Sigma', 'Σ'],
  ['Phi', 'Φ'],
  ['Psi', 'Ψ'],
  ['Omega', 'Ω'],
]);

/** Functions that are written another way in print. */
const PRINTED: ReadonlyMap<string, string> = new Map([
  ['asin', 'arcsin'],
  ['acos', 'arccos'],
  ['atan', 'arctan'],
]);

/** Functions whose power stands at their name, as in sin²(x). */
const POWER_AT_NAME: ReadonlySet<string> = new Set(['sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh', 'log']);

const INVISIBLE_TIMES = '<mo>\u2062</mo>';
const DOT = '<mo>⋅</mo>';
const APPLY = '<mo>\u2061</mo>';
const MINUS = '<mo>−</mo>';

const atom = (text: string): Set => ({ text, binds: ATOM, digit: false });
const row = (...parts: readonly string[]): string => `<mrow>${parts.join('')}</mrow>`;
const fenced = (open: string, text: string, close: string): string =>
  row(`<mo fence="true">${open}</mo>`, text, `<mo fence="true">${close}</mo>`);
const bracketed = (text: string): string => fenced('(', text, ')');

/** A part in brackets unless it holds together as tightly as its place asks. */
const within = (part: Set, least: number): string => (part.binds < least ? bracketed(part.text) : part.text);

/** A name, with what follows an underscore or its last digits as an index. */
function name(word: string): Set {
  const [, stem, index] = /^(.*?[A-Za-z])_?(\d+|(?<=_)[A-Za-z0-9]+)?$/.exec(word) ?? [word, word, undefined];
  const letter = `<mi>${GREEK.get(stem) ?? stem}</mi>`;
  if (index === undefined) return atom(letter);
  const tag = /^\d+$/.test(index) ? 'mn' : 'mi';
  return atom(`<msub>${letter}<${tag}>${index}</${tag}></msub>`);
}

function number(text: string): Set {
  const [digits, exponent] = text.toLowerCase().split('e');
  if (exponent === undefined) return { text: `<mn>${text}</mn>`, binds: ATOM, digit: true };
  const size = String(Math.abs(Number(exponent)));
  const power = `<msup><mn>10</mn>${Number(exponent) < 0 ? row(MINUS, `<mn>${size}</mn>`) : `<mn>${size}</mn>`}</msup>`;
  return Number(digits) === 1
    ? { text: power, binds: POWER, digit: true }
    : { text: row(`<mn>${digits}</mn>`, '<mo>×</mo>', power), binds: PRODUCT, digit: true };
}

function terms(parts: readonly SignedTerm[]): Set {
  const texts = parts.map(({ sign, node }, k) => {
    const part = set(node);
    // A sign of its own needs brackets behind another sign.
    const text = within(part, node.kind === 'negative' && k > 0 ? ATOM : sign === -1 || k > 0 ? PRODUCT : SUM);
    return k === 0 ? text : `${sign === 1 ? '<mo>+</mo>' : MINUS}${text}`;
  });
  return { text: row(...texts), binds: SUM, digit: set(parts[0].node).digit };
}

/** Factors side by side; what is divided by goes below a bar, under all that stands before it. */
function factors(parts: readonly Factor[]): Set {
  const [first, ...rest] = parts;
  let result = set(first.node);
  let openEnd = first.node.kind === 'series';
  for (const { divides, node } of rest) {
    const part = set(node);
    if (divides) {
      result = atom(`<mfrac>${row(result.text)}${row(part.text)}</mfrac>`);
    } else {
      const left = openEnd ? bracketed(result.text) : within(result, PRODUCT);
      const right = within(part, node.kind === 'negative' ? ATOM : PRODUCT);
      result = { text: `${left}${part.digit ? DOT : INVISIBLE_TIMES}${right}`, binds: PRODUCT, digit: result.digit };
    }
    openEnd = !divides && node.kind === 'series';
  }
  return { ...result, text: row(result.text) };
}

function power(base: Syntax, exponent: Syntax): Set {
  const above = row(set(exponent).text);
  if (base.kind === 'call' && POWER_AT_NAME.has(base.name) && exponent.kind === 'number') {
    const text = row(`<msup><mi>${base.name}</mi>${above}</msup>`, APPLY, bracketed(set(base.args[0]).text));
    return { text, binds: POWER, digit: false };
  }
  const below = set(base);
  const isFraction = below.text.includes('<mfrac>');
  const text = `<msup>${isFraction ? bracketed(below.text) : row(within(below, ATOM))}${above}</msup>`;
  return { text, binds: POWER, digit: below.digit };
}

function call(function_: string, args: readonly Syntax[]): Set {
  const inner = args.map((arg) => set(arg).text);
  switch (function_) {
    case 'sqrt':
      return atom(`<msqrt>${inner[0]}</msqrt>`);
    case 'abs':
      return atom(fenced('|', inner[0], '|'));
    case 'floor':
      return atom(fenced('⌊', inner[0], '⌋'));
    case 'exp':
      return { text: `<msup><mi>e</mi>${row(inner[0])}</msup>`, binds: POWER, digit: false };
    default: {
      const printed = PRINTED.get(function_) ?? function_;
      return { text: row(`<mi>${printed}</mi>`, APPLY, bracketed(inner.join('<mo>,</mo>'))), binds: POWER, digit: false };
    }
  }
}

function series({ index, from, to, body }: Syntax & { kind: 'series' }): Set {
  const start = from < 0 ? row(MINUS, `<mn>${-from}</mn>`) : `<mn>${from}</mn>`;
  const end = to < 0 ? row(MINUS, `<mn>${-to}</mn>`) : `<mn>${to}</mn>`;
  const sign = `<munderover><mo>∑</mo>${row(name(index).text, '<mo>=</mo>', start)}${end}</munderover>`;
  return { text: row(sign, within(set(body), PRODUCT)), binds: PRODUCT, digit: false };
}

function set(syntax: Syntax): Set {
  switch (syntax.kind) {
    case 'number':
      return number(syntax.text);
    case 'name':
      return name(syntax.name);
    case 'negative':
      return { text: row(MINUS, within(set(syntax.node), PRODUCT)), binds: PRODUCT, digit: false };
    case 'terms':
      return terms(syntax.terms);
    case 'factors':
      return factors(syntax.factors);
    case 'power':
      return power(syntax.base, syntax.exponent);
    case 'call':
      return call(syntax.name, syntax.args);
    case 'series':
      return series(syntax);
    case 'element':
      return atom(`<msub>${name(syntax.table).text}${row(set(syntax.index).text)}</msub>`);
  }
}

/**
 * A formula as presentation MathML: its value, and below it a line for each name that it assigns. Built from known elements
 * only; words of the text appear as names and numbers, whose characters are letters, digits, points and underscores.
 */
export function mathmlOf(statements: readonly Statement[]): string {
  const value = set(statements.at(-1)!.node).text;
  const definitions = statements.slice(0, -1).map((statement) => row(name(statement.name!).text, '<mo>=</mo>', set(statement.node).text));
  if (definitions.length === 0) {
    return `<math display="block">${value}</math>`;
  }
  const rows = [value, ...definitions].map((text) => `<mtr><mtd columnalign="left">${text}</mtd></mtr>`);
  return `<math display="block"><mtable columnalign="left">${rows.join('')}</mtable></math>`;
}

/** An assignment as presentation MathML on a line of its own. */
export function mathmlOfAssignment(assigned: string, syntax: Syntax): string {
  return `<math display="block">${row(name(assigned).text, '<mo>←</mo>', set(syntax).text)}</math>`;
}

/** A name as presentation MathML, with what follows an underscore or its last digits as an index. */
export function mathmlOfName(word: string): string {
  return `<math>${name(word).text}</math>`;
}
