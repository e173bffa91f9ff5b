import { nearest } from '../math/nearest.ts';
import { FormulaError } from './error.ts';
import type { Factor, SignedTerm, Statement, Syntax } from './syntax.ts';
import { type Token, tokensOf } from './tokens.ts';
import { CONSTANTS, FUNCTION_ARITY } from './words.ts';

/** The deepest nesting of brackets and exponents that is read. */
export const MAX_DEPTH = 200;

/** The most terms that one sum spans. */
export const MAX_TERMS = 1000;

/** A name is suggested when at most this share of its letters is wrong. */
const NEAR = 0.5;

const VARIABLES = ['x', 'y'];

type Role = (Syntax & { kind: 'name' })['role'] | 'table';

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  variable: 'a variable of the surface',
  constant: 'a constant',
  parameter: 'a parameter',
  assigned: 'assigned',
  index: 'the index of a sum',
  table: 'a table',
};

const counted = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

/** What names stand for. */
type Known = readonly (readonly [Role, Iterable<string>])[];

/** Reads one formula by recursive descent. */
class Parser {
  private readonly roles = new Map<string, Role>();
  private next = 0;
  private depth = 0;

  /** @param open whether any other name stands for a number given later */
  constructor(private readonly tokens: readonly Token[], known: Known, private readonly open = false) {
    for (const [role, names] of [['constant', CONSTANTS.keys()] as const, ...known]) {
      for (const name of names) this.roles.set(name, role);
    }
  }

  program(): readonly Statement[] {
    const statements: Statement[] = [];
    do {
      const last = statements.at(-1);
      if (last && last.name === null) {
        const before = this.tokens[this.next - 1];
        throw new FormulaError('Only the last part may stand without a name; write name = … before the semicolon.', before.at, 1);
      }
      statements.push(this.statement());
    } while (this.takes(';'));
    return this.whole(statements);
  }

  expression(): Syntax {
    return this.whole(this.terms());
  }

  /** What was read, when nothing stands behind it. */
  private whole<T>(read: T): T {
    if (this.token.kind !== 'end') throw this.unexpected(this.token);
    return read;
  }

  private get token(): Token {
    return this.tokens[this.next];
  }

  private sees(symbol: string): boolean {
    return this.token.kind === 'symbol' && this.token.text === symbol;
  }

  private takes(symbol: string): boolean {
    const found = this.sees(symbol);
    if (found) this.next++;
    return found;
  }

  private expect(symbol: string, purpose: string): void {
    if (!this.takes(symbol)) {
      const token = this.token;
      const found = token.kind === 'end' ? 'the formula ends' : `“${token.text}” stands`;
      throw new FormulaError(`A ${symbol} is missing ${purpose}; ${found} where it should be.`, token.at, token.text.length);
    }
  }

  private statement(): Statement {
    const name = this.token;
    const after = this.tokens[this.next + 1];
    if (name.kind !== 'name' || after.text !== '=') {
      return { name: null, node: this.terms() };
    }
    const role = this.roles.get(name.text);
    if ((role !== undefined && role !== 'assigned') || FUNCTION_ARITY.has(name.text)) {
      const what = role === undefined ? 'a function' : ROLE_WORDS[role];
      throw new FormulaError(`“${name.text}” is ${what} and cannot be assigned; choose another name.`, name.at, name.text.length);
    }
    this.next += 2;
    const node = this.terms();
    this.roles.set(name.text, 'assigned');
    return { name: name.text, node };
  }

  private terms(): Syntax {
    const terms: SignedTerm[] = [{ sign: 1, node: this.factors() }];
    while (this.sees('+') || this.sees('-')) {
      const sign = this.token.text === '+' ? 1 : -1;
      this.next++;
      terms.push({ sign, node: this.factors() });
    }
    return terms.length === 1 ? terms[0].node : { kind: 'terms', terms };
  }

  private factors(): Syntax {
    const factors: Factor[] = [{ divides: false, implied: false, node: this.signed() }];
    for (;;) {
      if (this.takes('*')) {
        if (this.sees('*')) {
          throw new FormulaError('“**” means nothing in a formula; write ^ for a power.', this.token.at - 1, 2);
        }
        factors.push({ divides: false, implied: false, node: this.signed() });
      } else if (this.takes('/')) {
        factors.push({ divides: true, implied: false, node: this.signed() });
      } else if (this.tokens[this.next - 1].kind === 'number' && (this.token.kind === 'name' || this.sees('('))) {
        factors.push({ divides: false, implied: true, node: this.power() });
      } else {
        return factors.length === 1 ? factors[0].node : { kind: 'factors', factors };
      }
    }
  }

  private signed(): Syntax {
    let negative = false;
    while (this.sees('+') || this.sees('-')) {
      negative = negative !== (this.token.text === '-');
      this.next++;
    }
    const node = this.power();
    return negative ? { kind: 'negative', node } : node;
  }

  private power(): Syntax {
    const base = this.atom();
    if (!this.sees('^')) {
      return base;
    }
    const exponent = this.deeper(() => {
      this.next++;
      return this.signed();
    });
    return { kind: 'power', base, exponent };
  }

  /** Reads something that lies one level deeper, beginning at the token that opens it. */
  private deeper<T>(read: () => T): T {
    if (this.depth >= MAX_DEPTH) {
      const { at, text } = this.token;
      throw new FormulaError(`The formula is nested more than ${MAX_DEPTH} deep; name its parts with “u = …;”.`, at, text.length);
    }
    this.depth++;
    const result = read();
    this.depth--;
    return result;
  }

  private atom(): Syntax {
    const token = this.token;
    if (token.kind === 'number') {
      this.next++;
      return { kind: 'number', value: token.value, text: token.text };
    }
    if (token.kind === 'name') {
      return this.name();
    }
    if (!this.sees('(')) {
      throw this.unexpected(token);
    }
    return this.deeper(() => {
      this.next++;
      const node = this.terms();
      this.expect(')', 'to close the bracket');
      return node;
    });
  }

  private name(): Syntax {
    const token = this.token;
    const name = token.text;
    const arity = FUNCTION_ARITY.get(name);
    const role = this.roles.get(name) ?? (this.open && arity === undefined ? 'parameter' : undefined);
    this.next++;
    if (role === undefined && arity !== undefined) {
      if (!this.sees('(')) {
        throw new FormulaError(`“${name}” is a function; write ${name}(…).`, token.at, name.length);
      }
      return this.deeper(() => (name === 'sum' ? this.series(token) : this.call(token, arity)));
    }
    if (role === undefined) {
      throw this.unknown(token);
    }
    if (role === 'table') {
      return this.element(token);
    }
    if (this.sees('(')) {
      throw new FormulaError(`“${name}” is ${ROLE_WORDS[role]}, no function; write ${name}*(…) for a product.`, token.at, name.length);
    }
    if (this.sees('[')) {
      throw new FormulaError(`“${name}” is ${ROLE_WORDS[role]}, no table; remove the brackets.`, token.at, name.length);
    }
    return { kind: 'name', name, role };
  }

  private call(token: Token, arity: number): Syntax {
    const args: Syntax[] = [];
    do {
      this.next++;
      args.push(this.terms());
    } while (this.sees(','));
    this.expect(')', `to close ${token.text}(…`);
    if (args.length !== arity) {
      const last = this.tokens[this.next - 1];
      throw new FormulaError(
        `“${token.text}” takes ${counted(arity, 'argument')}, not ${args.length}.`,
        token.at,
        last.at + 1 - token.at,
      );
    }
    return { kind: 'call', name: token.text, args };
  }

  private series(token: Token): Syntax {
    this.next++;
    const index = this.token;
    if (index.kind !== 'name') {
      throw new FormulaError('A sum begins with the name of its index, as in sum(i, 1, 5, …).', index.at, index.text.length);
    }
    const before = this.roles.get(index.text);
    if (FUNCTION_ARITY.has(index.text) || (before !== undefined && before !== 'assigned' && before !== 'index')) {
      const what = before === undefined ? 'a function' : ROLE_WORDS[before];
      throw new FormulaError(`“${index.text}” is ${what} and cannot count a sum; choose another name.`, index.at, index.text.length);
    }
    this.next++;
    this.expect(',', 'after the index of the sum');
    const start = this.token.at;
    const from = this.bound();
    this.expect(',', 'after the first bound of the sum');
    const to = this.bound();
    const end = this.tokens[this.next - 1];
    if (to - from + 1 > MAX_TERMS) {
      const length = end.at + end.text.length - start;
      throw new FormulaError(`The sum spans ${to - from + 1} terms; ${MAX_TERMS} are the most.`, start, length);
    }
    this.expect(',', 'after the second bound of the sum');
    this.roles.set(index.text, 'index');
    const body = this.terms();
    if (before === undefined) this.roles.delete(index.text);
    else this.roles.set(index.text, before);
    this.expect(')', 'to close sum(…');
    const last = this.tokens[this.next - 1];
    return { kind: 'series', index: index.text, from, to, body, at: token.at, length: last.at + 1 - token.at };
  }

  /** A literal integer with its sign. */
  private bound(): number {
    const { at } = this.token;
    let sign = 1;
    while (this.sees('+') || this.sees('-')) {
      sign = this.token.text === '-' ? -sign : sign;
      this.next++;
    }
    const token = this.token;
    this.next++;
    if (token.kind !== 'number' || !Number.isSafeInteger(token.value)) {
      const length = token.at + token.text.length - at;
      throw new FormulaError('The bounds of a sum are whole numbers, written out, as in sum(i, 1, 5, …).', at, length);
    }
    return sign * token.value;
  }

  private element(token: Token): Syntax {
    if (!this.sees('[')) {
      throw new FormulaError(`“${token.text}” is a table; write ${token.text}[1] for its first number.`, token.at, token.text.length);
    }
    return this.deeper(() => {
      this.next++;
      const index = this.terms();
      this.expect(']', `to close ${token.text}[…`);
      const last = this.tokens[this.next - 1];
      return { kind: 'element', table: token.text, index, at: token.at, length: last.at + 1 - token.at };
    });
  }

  private unknown(token: Token): FormulaError {
    const name = token.text;
    const near = nearest(name, [...this.roles.keys(), ...FUNCTION_ARITY.keys()], NEAR);
    const advice = near === undefined ? 'use x, y, or a name assigned before with “name = …;”' : `did you mean “${near}”?`;
    return new FormulaError(`Unknown name “${name}”; ${advice}${near === undefined ? '.' : ''}`, token.at, name.length);
  }

  private unexpected(token: Token): FormulaError {
    if (token.kind === 'end') {
      const empty = this.tokens.length === 1;
      const message = empty
        ? 'There is no formula; write one in x and y, such as x^2 + y^2.'
        : 'The formula is unfinished; a number, a name or a bracket is missing at its end.';
      return new FormulaError(message, token.at, 0);
    }
    const before = this.tokens[this.next - 1];
    const joins = (token.kind !== 'symbol' || token.text === '(') && before !== undefined;
    const ends = before !== undefined && (before.kind !== 'symbol' || before.text === ')' || before.text === ']');
    const advice = joins && ends ? 'write * for a product' : 'a number, a name or a bracket should stand there';
    const rest = token.text === ')' && ends ? 'it closes no bracket' : token.text === '=' ? 'only a new name can be assigned, as in “u = …;”' : advice;
    return new FormulaError(`“${token.text}” is unexpected here; ${rest}.`, token.at, token.text.length);
  }
}

/**
 * Reads a formula's text.
 * @param parameters names that stand for numbers given later
 * @param tables names that are followed by an index in brackets
 * @returns assignments in their order; the last one is the value
 * @throws FormulaError for anything that is not a formula
 */
export function parse(text: string, parameters: readonly string[], tables: readonly string[]): readonly Statement[] {
  return new Parser(tokensOf(text), [['variable', VARIABLES], ['table', tables], ['parameter', parameters]]).program();
}

/**
 * Reads one expression, in which any name may stand for a number given later.
 * @param tokens of which the last is of kind `end`
 * @throws FormulaError
 */
export function parseExpression(tokens: readonly Token[]): Syntax {
  return new Parser(tokens, [], true).expression();
}
