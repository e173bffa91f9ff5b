import { type FunctionName, functionsByName } from './functions.ts';

/**
 * What a node computes from its arguments. `choose(a, b, p, q)` is p where a >= b, else q; `series` adds up its argument over
 * a range of the index it counts by; `element` takes a number out of a table.
 */
export type Operation =
  | 'constant'
  | 'x'
  | 'y'
  | 'parameter'
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'negate'
  | 'power'
  | 'pow'
  | 'min'
  | 'max'
  | 'atan2'
  | 'choose'
  | 'index'
  | 'element'
  | 'series'
  | FunctionName;

/** A value that a formula computes. Equal computations are one node, and arguments have smaller ids. */
export interface Node {
  readonly id: number;
  readonly operation: Operation;
  readonly args: readonly Node[];
  /**
   * A constant's value, a parameter's index, the integer exponent of `power`, the level of an index, the number of an
   * element's table or of a series' range; else 0.
   */
  readonly value: number;
  /** Whether it depends on x or y. */
  readonly varies: boolean;
  /** The indices of sums that it depends on: bit k for level k. */
  readonly indices: number;
}

/** What a sum counts over; sums within sums have higher levels. */
export interface Range {
  readonly level: number;
  readonly from: number;
  readonly to: number;
}

/** Integer powers up to this one are products; beyond, the general power is as good. */
export const MAX_POWER = 1024;

/** More nodes than this are refused: neither a compiler nor a reader gets through them. */
export const MAX_NODES = 100_000;

/** A graph that has outgrown MAX_NODES. */
export class GraphTooLarge extends Error {}

/** The power that IEEE 754 asks for: 1 to anything is 1, where JavaScript says NaN for NaN and infinities. */
export function ieeePower(base: number, exponent: number): number {
  return base === 1 ? 1 : base ** exponent;
}

/** What the operations of numbers give in float64, by name. */
const arithmetic: Readonly<Record<string, (...args: number[]) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  negate: (a) => -a,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  pow: ieeePower,
  min: Math.min,
  max: Math.max,
  atan2: Math.atan2,
  choose: (a, b, p, q) => (a >= b ? p : q),
};

/** Whether |c| is a power of two, so that dividing by it is multiplying by its reciprocal, exactly. */
function isPowerOfTwo(c: number): boolean {
  return Number.isInteger(Math.log2(Math.abs(c))) && 2 ** Math.log2(Math.abs(c)) === Math.abs(c);
}

/** Whether factors may be gathered into c without leaving the number range. */
const isTame = (c: number): boolean => Math.abs(c) >= 1e-200 && Math.abs(c) <= 1e200;

/**
 * Builds expressions as a graph in which equal computations are shared. The constructors simplify, but only so that every
 * value stays the same up to a few roundings, NaN and infinities included: 0·u and u - u are kept.
 */
export class Graph {
  private readonly interned = new Map<string, Node>();
  private count = 0;
  readonly ranges: Range[] = [];
  readonly tables: (readonly number[])[] = [];
  readonly zero = this.constant(0);
  readonly one = this.constant(1);
  readonly x = this.make('x', []);
  readonly y = this.make('y', []);

  /** The node of an operation as it is, without simplification. */
  make(operation: Operation, args: readonly Node[], value = 0): Node {
    const key = `${operation} ${Object.is(value, -0) ? '-0' : value} ${args.map((node) => node.id).join(' ')}`;
    const before = this.interned.get(key);
    if (before) {
      return before;
    }
    if (this.count >= MAX_NODES) {
      throw new GraphTooLarge(`More than ${MAX_NODES} operations.`);
    }
    const varies = operation === 'x' || operation === 'y' || args.some((node) => node.varies);
    const node: Node = { id: this.count++, operation, args, value, varies, indices: this.indicesOf(operation, args, value) };
    this.interned.set(key, node);
    return node;
  }

  private indicesOf(operation: Operation, args: readonly Node[], value: number): number {
    if (operation === 'index') return 1 << value;
    const indices = args.reduce((bits, node) => bits | node.indices, 0);
    return operation === 'series' ? indices & ~(1 << this.ranges[value].level) : indices;
  }

  constant(value: number): Node {
    return this.make('constant', [], value);
  }

  parameter(index: number): Node {
    return this.make('parameter', [], index);
  }

  add(a: Node, b: Node): Node {
    if (isConstant(a) && isConstant(b)) return this.constant(a.value + b.value);
    if (is(a, 0)) return b;
    if (is(b, 0)) return a;
    if (b.operation === 'negate') return this.subtract(a, b.args[0]);
    if (a.operation === 'negate') return this.subtract(b, a.args[0]);
    if (hasNegativeFactor(b)) return this.subtract(a, this.negate(b));
    if (hasNegativeFactor(a)) return this.subtract(b, this.negate(a));
    return this.make('add', inOrder(a, b));
  }

  subtract(a: Node, b: Node): Node {
    if (isConstant(a) && isConstant(b)) return this.constant(a.value - b.value);
    if (is(a, 0)) return this.negate(b);
    if (is(b, 0)) return a;
    if (b.operation === 'negate') return this.add(a, b.args[0]);
    if (hasNegativeFactor(b)) return this.add(a, this.negate(b));
    return this.make('subtract', [a, b]);
  }

  negate(a: Node): Node {
    if (isConstant(a)) return this.constant(-a.value);
    if (a.operation === 'negate') return a.args[0];
    if (a.operation === 'subtract') return this.make('subtract', [a.args[1], a.args[0]]);
    if (a.operation === 'multiply' && isConstant(a.args[0])) return this.scale(-a.args[0].value, a.args[1]);
    return this.make('negate', [a]);
  }

  /** c·a. */
  scale(c: number, a: Node): Node {
    if (isConstant(a)) return this.constant(c * a.value);
    if (c === 1) return a;
    if (c === -1 && !(a.operation === 'multiply' && isConstant(a.args[0]))) return this.negate(a);
    if (a.operation === 'negate') return this.scale(-c, a.args[0]);
    if (a.operation === 'multiply' && isConstant(a.args[0])) {
      const product = c * a.args[0].value;
      if (isTame(product) && isTame(c)) return this.scale(product, a.args[1]);
    }
    return this.make('multiply', [this.constant(c), a]);
  }

  multiply(a: Node, b: Node): Node {
    if (isConstant(a)) return this.scale(a.value, b);
    if (isConstant(b)) return this.scale(b.value, a);
    if (a.operation === 'negate') return this.negate(this.multiply(a.args[0], b));
    if (b.operation === 'negate') return this.negate(this.multiply(a, b.args[0]));
    const [base, m] = powerOf(a);
    const [other, n] = powerOf(b);
    if (base === other && m + n <= MAX_POWER) return this.power(base, m + n);
    return this.make('multiply', inOrder(a, b));
  }

  divide(a: Node, b: Node): Node {
    if (isConstant(b)) {
      if (isConstant(a)) return this.constant(a.value / b.value);
      if (b.value === 1) return a;
      if (b.value === -1) return this.negate(a);
      if (isPowerOfTwo(b.value) && isTame(b.value)) return this.scale(1 / b.value, a);
    }
    if (a.operation === 'negate') return this.negate(this.divide(a.args[0], b));
    if (b.operation === 'negate') return this.negate(this.divide(a, b.args[0]));
    const rise = risingExponent(b);
    if (rise) {
      // u/(1 + e^t): both the numerator e^t and the slope would overflow long before the quotient does.
      const isOwn = a.operation === 'exp' && a.args[0] === rise;
      return isOwn ? this.apply('logistic', rise) : this.multiply(a, this.apply('logistic', this.negate(rise)));
    }
    return this.make('divide', [a, b]);
  }

  /** aⁿ for an integer n. */
  power(a: Node, n: number): Node {
    if (isConstant(a)) return this.constant(ieeePower(a.value, n));
    if (n === 0) return this.one;
    if (n === 1) return a;
    if (a.operation === 'negate' || a.operation === 'abs') {
      if (n % 2 === 0) return this.power(a.args[0], n);
      if (a.operation === 'negate') return this.negate(this.power(a.args[0], n));
    }
    if (a.operation === 'power' && Math.abs(a.value * n) <= MAX_POWER) return this.power(a.args[0], a.value * n);
    const rise = n < 0 ? risingExponent(a) : undefined;
    if (rise) return this.power(this.apply('logistic', this.negate(rise)), -n);
    return this.make('power', [a], n);
  }

  /** a to the b, whatever b is. */
  raise(a: Node, b: Node): Node {
    if (isConstant(b)) {
      const n = b.value;
      if (Number.isInteger(n) && Math.abs(n) <= MAX_POWER) return this.power(a, n);
      if (isConstant(a)) return this.constant(ieeePower(a.value, n));
      if (Number.isInteger(n - 0.5) && Math.abs(n) <= MAX_POWER) {
        const whole = this.power(a, Math.floor(Math.abs(n)));
        const product = this.multiply(whole, this.apply('sqrt', a));
        return n > 0 ? product : this.divide(this.one, product);
      }
    }
    if (is(a, Math.E)) return this.apply('exp', b);
    return this.make('pow', [a, b]);
  }

  /** min, max, atan2. */
  pair(operation: 'min' | 'max' | 'atan2', a: Node, b: Node): Node {
    if (isConstant(a) && isConstant(b)) return this.constant(arithmetic[operation](a.value, b.value));
    return this.make(operation, [a, b]);
  }

  /** p where a >= b, else q. */
  choose(a: Node, b: Node, p: Node, q: Node): Node {
    if (p === q) return p;
    return this.make('choose', [a, b, p, q]);
  }

  /** The index of the sums of a level. */
  index(level: number): Node {
    return this.make('index', [], level);
  }

  /** The number of a table, which must stay the same array, at an index that counts from 1. */
  element(table: readonly number[], index: Node): Node {
    if (isConstant(index)) return this.constant(table[index.value - 1]);
    if (!this.tables.includes(table)) this.tables.push(table);
    return this.make('element', [index], this.tables.indexOf(table));
  }

  /** body for each index of a range, added up. */
  series(range: Range, body: Node): Node {
    if ((body.indices & (1 << range.level)) === 0) return this.scale(range.to - range.from + 1, body);
    const before = this.ranges.findIndex(
      ({ level, from, to }) => level === range.level && from === range.from && to === range.to,
    );
    const place = before === -1 ? this.ranges.push(range) - 1 : before;
    return this.make('series', [body], place);
  }

  apply(name: FunctionName, u: Node): Node {
    if (isConstant(u)) return this.constant(functionsByName.get(name)!.value(u.value));
    return this.make(name, [u]);
  }
}

/** The value in float64 of a node that computes something, from those of its arguments. */
export function valueFrom(node: Node, args: readonly number[]): number {
  if (node.operation === 'power') return ieeePower(args[0], node.value);
  return arithmetic[node.operation]?.(...args) ?? functionsByName.get(node.operation)!.value(args[0]);
}

export function isConstant(node: Node): boolean {
  return node.operation === 'constant';
}

/** Whether a node is the constant c. */
export function is(node: Node, c: number): boolean {
  return node.operation === 'constant' && node.value === c;
}

function hasNegativeFactor(node: Node): boolean {
  return node.operation === 'multiply' && isConstant(node.args[0]) && node.args[0].value < 0;
}

/** Addition and multiplication give the same in both orders: one node for both. */
function inOrder(a: Node, b: Node): readonly Node[] {
  return a.id < b.id ? [a, b] : [b, a];
}

/** A node as a positive power. */
function powerOf(node: Node): readonly [Node, number] {
  return node.operation === 'power' && node.value > 0 ? [node.args[0], node.value] : [node, 1];
}

/** t where a node is 1 + e^t. */
function risingExponent(node: Node): Node | undefined {
  if (node.operation !== 'add') return undefined;
  const [a, b] = node.args;
  if (is(a, 1) && b.operation === 'exp') return b.args[0];
  if (is(b, 1) && a.operation === 'exp') return a.args[0];
  return undefined;
}

/** Every node that the given ones need, arguments first, without those computed before and what only they need. */
export function needed(roots: readonly Node[], before: ReadonlySet<Node> = new Set()): readonly Node[] {
  const seen = new Set<Node>();
  const open = [...roots];
  while (open.length > 0) {
    const node = open.pop()!;
    if (!seen.has(node) && !before.has(node)) {
      seen.add(node);
      open.push(...node.args);
    }
  }
  return [...seen].sort((a, b) => a.id - b.id);
}
