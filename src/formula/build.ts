import { FormulaError } from './error.ts';
import type { FunctionName } from './functions.ts';
import { type Graph, GraphTooLarge, isConstant, type Node } from './graph.ts';
import { CONSTANTS } from './parse.ts';
import type { Factor, Place, SignedTerm, Statement, Syntax } from './syntax.ts';

/** Coefficient arrays by name, A[1] first. */
export type Tables = Readonly<Record<string, readonly number[]>>;

/** Turns syntax into nodes: assigned names are put in, sums written out. */
class Builder {
  private readonly values = new Map<string, Node>();

  constructor(
    private readonly graph: Graph,
    parameters: readonly string[],
    private readonly tables: Tables,
  ) {
    this.values.set('x', graph.x);
    this.values.set('y', graph.y);
    for (const [name, value] of CONSTANTS) this.values.set(name, graph.constant(value));
    for (const [index, name] of parameters.entries()) this.values.set(name, graph.parameter(index));
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

  private series({ index, from, to, body }: Syntax & { kind: 'series' }): Node {
    const before = this.values.get(index);
    let sum = this.graph.zero;
    for (let i = from; i <= to; i++) {
      this.values.set(index, this.graph.constant(i));
      sum = this.graph.add(sum, this.build(body));
    }
    if (before) this.values.set(index, before);
    else this.values.delete(index);
    return sum;
  }

  private element({ table, index, at, length }: Syntax & { kind: 'element' }): Node {
    const numbers = this.tables[table];
    const node = this.build(index);
    if (!isConstant(node)) {
      throw new FormulaError(`The index of ${table} must be a whole number or the index of a sum.`, at, length);
    }
    const k = node.value;
    if (!Number.isInteger(k) || k < 1 || k > numbers.length) {
      throw new FormulaError(`${table}[${k}] does not exist; the table has the numbers ${table}[1] to ${table}[${numbers.length}].`, at, length);
    }
    return this.graph.constant(numbers[k - 1]);
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
  const builder = new Builder(graph, parameters, tables);
  try {
    let value = graph.zero;
    for (const { name, node } of statements) {
      value = builder.build(node);
      if (name !== null) builder.assign(name, value);
    }
    return value;
  } catch (error) {
    if (error instanceof GraphTooLarge) {
      throw new FormulaError('The sums come to too many operations; let them span fewer terms.', whole.at, whole.length);
    }
    throw error;
  }
}
