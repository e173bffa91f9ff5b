import { functionsByName } from './functions.ts';
import { type Graph, is, type Node, needed } from './graph.ts';
import { loweredForShader } from './lower.ts';
import { Tape } from './tape.ts';

/** Units of the last place in a number: 1/u. */
const PER_UNIT = 2 ** 24;

/** WGSL allows a quotient 2.5 ulp, each of at most 2u. */
const DIVISION = 5;

/** shaders/lib/math.wgsl: error of powOf is (FLOOR + GROWTH·|b·log a|)·|a^b|, of atan2Of ARC·|value|. */
const POWER_FLOOR = 4;
const POWER_GROWTH = 4;
const ARC = 8;

/** What rounding a number to float32 costs. */
const storage = (c: number): number => Math.abs(c - Math.fround(c)) * PER_UNIT;

/**
 * Running error analysis, first order: beside every value that WGSL computes, a bound of how far float32 may be off, in
 * units of u = 2⁻²⁴. x and y are taken as exact, numbers and parameters as rounded to float32.
 *
 * Source: N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., 2002, §3.3.
 */
export class Rounding {
  private readonly nodes: readonly Node[];
  private readonly places: ReadonlyMap<Node, number>;
  private readonly roots: readonly Node[];
  private readonly slopes = new Map<Node, number>();
  private readonly tape: Tape;
  private readonly errors: Float64Array;

  constructor(graph: Graph, roots: readonly Node[], parameterCount: number) {
    this.roots = loweredForShader(graph, roots);
    this.nodes = needed(this.roots);
    this.places = new Map(this.nodes.map((node, k) => [node, k]));
    this.errors = new Float64Array(this.nodes.length);
    const computed = [...this.nodes];
    for (const node of this.nodes) {
      const entry = functionsByName.get(node.operation);
      if (entry) {
        this.slopes.set(node, computed.length);
        computed.push(entry.slope(graph, node.args[0], node));
      }
    }
    this.tape = new Tape(graph, computed, parameterCount);
  }

  /** Writes the bounds for the roots at (x, y) into `out`. */
  run(x: number, y: number, parameters: ArrayLike<number>, out: Float64Array): void {
    this.tape.run(x, y, parameters);
    for (const [k, node] of this.nodes.entries()) {
      this.errors[k] = this.errorOf(node, this.valueAt(k));
    }
    for (const [k, root] of this.roots.entries()) {
      out[k] = this.errors[this.places.get(root)!];
    }
  }

  private errorOf(node: Node, value: number): number {
    const size = Math.abs(value);
    const at = (k: number): number => Math.abs(this.valueAt(this.places.get(node.args[k])!));
    const error = (k: number): number => this.errors[this.places.get(node.args[k])!];
    switch (node.operation) {
      case 'x':
      case 'y':
        return 0;
      case 'constant':
      case 'parameter':
        return storage(value);
      case 'negate':
        return error(0);
      case 'add':
      case 'subtract':
        return error(0) + error(1) + size;
      case 'multiply':
        return product(at(0), error(1)) + product(at(1), error(0)) + size;
      case 'divide':
        return error(0) / at(1) + product(size / at(1), error(1)) + DIVISION * size;
      case 'min':
      case 'max':
        return value === this.valueAt(this.places.get(node.args[0])!) ? error(0) : error(1);
      case 'choose':
        return this.signedAt(node, 0) >= this.signedAt(node, 1) ? error(2) : error(3);
      case 'atan2': {
        const square = at(0) ** 2 + at(1) ** 2;
        return (product(at(1), error(0)) + product(at(0), error(1))) / square + ARC * size;
      }
      case 'pow': {
        const log = Math.abs(Math.log(at(0)));
        const base = product((size * at(1)) / at(0), error(0));
        const own = POWER_FLOOR + POWER_GROWTH * at(1) * log;
        return is(node.args[0], 0) ? 0 : base + product(size * log, error(1)) + own * size;
      }
      default: {
        const { relative, absolute } = functionsByName.get(node.operation)!.accuracy;
        const slope = Math.abs(this.valueAt(this.slopes.get(node)!));
        return product(slope, error(0)) + relative * size + absolute;
      }
    }
  }

  private valueAt(k: number): number {
    return this.tape.registers[this.tape.roots[k]];
  }

  private signedAt(node: Node, k: number): number {
    return this.valueAt(this.places.get(node.args[k])!);
  }
}

/** A factor times an error; an argument without error costs nothing, however steep. */
function product(factor: number, error: number): number {
  return error === 0 ? 0 : factor * error;
}
