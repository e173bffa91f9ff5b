import { FormulaError } from './error.ts';
import type { FunctionName } from './functions.ts';
import { type Graph, GraphTooLarge, type Node, needed, type Range } from './graph.ts';
import { isLong, valuesOver } from './sums.ts';
import type { Factor, Place, SignedTerm, Statement, Syntax } from './syntax.ts';
import { CONSTANTS } from './words.ts';

/** Coefficient arrays by name, A[1] first. */
export type Tables = Readonly<Record<string, readonly number[]>>;

/** The most terms of sums within sums: more would make one evaluation take seconds. */
export const MAX_TERMS_TOGETHER = 10_000;

/** Turns syntax into nodes: assigned names are put in, short sums written out. */
class Builder {
  private readonly values: Map<string, Node>;
  /** The sums that are being built, outermost first. */
  private readonly open: Range[] = [];

  /** @param names what names stand for, beside the constants of the language */
  constructor(
    private readonly graph: Graph,
    names: Iterable<readonly [string, Node]>,
    private readonly tables: Tables,
  ) {
    this.values = new Map(names);
    for (const [name, value] of CONSTANTS) this.values.set(name, graph.constant(value));
  }

  assign(name: string, node: Node): void {
    this.values.set(name, node);
  }

  build(syntax: Syntax): Node {
    switch (syntax.kind) {
      case 'number':
        return this.graph.constant(syntax.value);
      case 'name':
        return this.values.get(syntax.name)!;
      case 'negative':
        return this.graph.negate(this.build(syntax.node));
      case 'terms':
        return this.terms(syntax.terms);
      case 'factors':
        return this.factors(syntax.factors);
      case 'power':
        return this.graph.raise(this.build(syntax.base), this.build(syntax.exponent));
      case 'call':
        return this.call(syntax.name, syntax.args.map((arg) => this.build(arg)));
      case 'series':
        return this.series(syntax);
      case 'element':
        return this.element(syntax);
    }
  }

  private terms(terms: readonly SignedTerm[]): Node {
    const [first, ...rest] = terms;
    return rest.reduce((sum, { sign, node }) => {
      const term = this.build(node);
      return sign === 1 ? this.graph.add(sum, term) : this.graph.subtract(sum, term);
    }, this.build(first.node));
  }

  private factors(factors: readonly Factor[]): Node {
    const [first, ...rest] = factors;
    return rest.reduce((product, { divides, node }) => {
      const factor = this.build(node);
      return divides ? this.graph.divide(product, factor) : this.graph.multiply(product, factor);
    }, this.build(first.node));
  }

  private call(name: string, args: readonly Node[]): Node {
    if (name === 'min' || name === 'max' || name === 'atan2') {
      return this.graph.pair(name, args[0], args[1]);
    }
    return this.graph.apply(name as FunctionName, args[0]);
  }

  /** A short sum is written out, so that its terms share what they can; a long one becomes a loop. */
  private series({ index, from, to, body, at, length }: Syntax & { kind: 'series' }): Node {
    const before = this.values.get(index);
    const term = (node: Node): Node => {
      this.values.set(index, node);
      return this.build(body);
    };
    const range: Range = { level: this.open.length, from, to };
    const general = to > from ? this.general(range, term, at, length) : undefined;
    let sum = this.graph.zero;
    if (general && isLong(this.graph, range, general)) {
      sum = this.graph.series(range, general);
    } else {
      for (let i = from; i <= to; i++) sum = this.graph.add(sum, term(this.graph.constant(i)));
    }
    if (before) this.values.set(index, before);
    else this.values.delete(index);
    return sum;
  }

  /** A sum's term for any index. */
  private general(range: Range, term: (index: Node) => Node, at: number, length: number): Node {
    this.open.push(range);
    const terms = this.open.reduce((product, { from, to }) => product * (to - from + 1), 1);
    if (terms > MAX_TERMS_TOGETHER) {
      throw new FormulaError(`Sums within sums come to ${terms} terms; ${MAX_TERMS_TOGETHER} are the most.`, at, length);
    }
    const node = term(this.graph.index(range.level));
    this.open.pop();
    return node;
  }

  private element({ table, index, at, length }: Syntax & { kind: 'element' }): Node {
    const numbers = this.tables[table];
    const node = this.build(index);
    if (node.varies || needed([node]).some(({ operation }) => operation === 'parameter')) {
      throw new FormulaError(`The index of ${table} must be a whole number or the index of a sum.`, at, length);
    }
    for (const k of valuesOver(node, this.open)) {
      if (!Number.isInteger(k) || k < 1 || k > numbers.length) {
        throw new FormulaError(`${table}[${k}] does not exist; the table has the numbers ${table}[1] to ${table}[${numbers.length}].`, at, length);
      }
    }
    return this.graph.element(numbers, node);
  }
}

/** What sums within sums come to is known only once they are built. */
function withinLimits<T>(whole: Place, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof GraphTooLarge) {
      throw new FormulaError('The sums come to too many operations; let them span fewer terms.', whole.at, whole.length);
    }
    throw error;
  }
}

/**
 * The node of a formula's value.
 * @throws FormulaError where an index leaves its table, and when sums within sums become too many operations
 */
export function build(
  graph: Graph,
  statements: readonly Statement[],
  parameters: readonly string[],
  tables: Tables,
  whole: Place,
): Node {
  const names = parameters.map((name, index) => [name, graph.parameter(index)] as const);
  const builder = new Builder(graph, [['x', graph.x], ['y', graph.y], ...names], tables);
  return withinLimits(whole, () => {
    let value = graph.zero;
    for (const { name, node } of statements) {
      value = builder.build(node);
      if (name !== null) builder.assign(name, value);
    }
    return value;
  });
}

/**
 * The node of an expression.
 * @param names what each of its names stands for, beside the constants of the language
 * @throws FormulaError when sums within sums become too many operations
 */
export function buildExpression(graph: Graph, syntax: Syntax, names: ReadonlyMap<string, Node>, whole: Place): Node {
  return withinLimits(whole, () => new Builder(graph, names, {}).build(syntax));
}
