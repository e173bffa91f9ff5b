import { type ElementaryFunction, functions, functionsByName } from './functions.ts';
import { Graph, type Node, needed, valueFrom } from './graph.ts';
import { loweredForShader } from './lower.ts';
import { type Loop, schedule, type Step } from './schedule.ts';
import { Tape } from './tape.ts';

/** Units of the last place in a number: 1/u. */
const PER_UNIT = 2 ** 24;

const SMALLEST_NORMAL = 2 ** -126;

/** WGSL allows a quotient 2.5 ulp, each of at most 2u. */
const DIVISION = 5;

/** shaders/lib/math.wgsl: the error of powOf is (FLOOR + GROWTH·|b·log a|)·|aᵇ|, of atan2Of ARC·|value|. */
const POWER_FLOOR = 4;
const POWER_GROWTH = 4;
const ARC = 8;

/** What rounding a number to float32 costs. */
const storage = (c: number): number => Math.abs(c - Math.fround(c)) * PER_UNIT;

/** What taking a number for zero costs, where WGSL allows that: below the smallest normal number. */
const flushed = (value: number): number => (Math.abs(value) < SMALLEST_NORMAL ? Math.abs(value) * PER_UNIT : 0);

/** A factor times an error; an argument without error costs nothing, however steep. */
const product = (factor: number, error: number): number => (error === 0 ? 0 : factor * error);

/** The derivative of a function of one number as a function of it, from its entry in the registry. */
function slopeOf({ name, slope }: ElementaryFunction): (u: number) => number {
  const graph = new Graph();
  const tape = new Tape(graph, [slope(graph, graph.x, graph.apply(name, graph.x))], 0);
  return (u) => tape.run(u, 0, []);
}

const slopes: ReadonlyMap<string, (u: number) => number> = new Map(functions.map((entry) => [entry.name, slopeOf(entry)]));

/** Where an evaluation takes place. */
interface Inputs {
  readonly x: number;
  readonly y: number;
  readonly parameters: ArrayLike<number>;
}

/**
 * Running error analysis, first order: beside every value that WGSL computes, a bound of how far float32 may be off, in
 * units of u = 2⁻²⁴. x and y are taken as exact, numbers and parameters as rounded to float32, and what is smaller than
 * float32's normal numbers as any of itself and zero.
 *
 * Source: N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., 2002, §3.3.
 */
export class Rounding {
  private readonly roots: readonly Node[];
  private readonly steps: readonly Step[];
  /** By the numbers of nodes. */
  private readonly values: Float64Array;
  private readonly errors: Float64Array;
  private readonly indices: number[] = [];

  constructor(
    private readonly graph: Graph,
    roots: readonly Node[],
  ) {
    this.roots = loweredForShader(graph, roots);
    this.steps = schedule(graph, this.roots);
    const size = 1 + needed(this.roots).at(-1)!.id;
    this.values = new Float64Array(size);
    this.errors = new Float64Array(size);
  }

  /** Writes the bounds for the roots at (x, y) into `out`. */
  run(x: number, y: number, parameters: ArrayLike<number>, out: Float64Array): void {
    this.advance(this.steps, { x, y, parameters });
    for (const [k, root] of this.roots.entries()) {
      out[k] = this.errors[root.id];
    }
  }

  private advance(steps: readonly Step[], inputs: Inputs): void {
    for (const step of steps) {
      if (step.kind === 'loop') {
        this.count(step, inputs);
      } else {
        const value = this.valueOf(step.node, inputs);
        this.values[step.node.id] = value;
        this.errors[step.node.id] = this.errorOf(step.node, value) + flushed(value);
      }
    }
  }

  private count({ level, from, to, sums, body }: Loop, inputs: Inputs): void {
    for (const sum of sums) {
      this.values[sum.id] = 0;
      this.errors[sum.id] = 0;
    }
    for (let i = from; i <= to; i++) {
      this.indices[level] = i;
      this.advance(body, inputs);
      for (const sum of sums) {
        const [term] = sum.args;
        const value = this.values[sum.id] + this.values[term.id];
        this.values[sum.id] = value;
        this.errors[sum.id] += this.errors[term.id] + Math.abs(value);
      }
    }
  }

  private valueOf(node: Node, { x, y, parameters }: Inputs): number {
    const at = (k: number): number => this.values[node.args[k].id];
    switch (node.operation) {
      case 'x':
        return x;
      case 'y':
        return y;
      case 'constant':
        return node.value;
      case 'parameter':
        return parameters[node.value];
      case 'index':
        return this.indices[node.value];
      case 'element':
        return this.graph.tables[node.value][at(0) - 1];
      // The commonest by themselves: the rest goes through an array.
      case 'add':
        return at(0) + at(1);
      case 'subtract':
        return at(0) - at(1);
      case 'multiply':
        return at(0) * at(1);
      default:
        return valueFrom(node, node.args.map(({ id }) => this.values[id]));
    }
  }

  private errorOf(node: Node, value: number): number {
    const size = Math.abs(value);
    const at = (k: number): number => this.values[node.args[k].id];
    const error = (k: number): number => this.errors[node.args[k].id];
    const passed = (k: number, factor: number): number => product(Math.abs(factor), error(k));
    /** Whether rounding may decide which of two is the larger. */
    const isTie = (j: number, k: number): boolean => Math.abs(at(j) - at(k)) * PER_UNIT <= error(j) + error(k);
    switch (node.operation) {
      case 'x':
      case 'y':
      case 'index':
        return 0;
      case 'constant':
      case 'parameter':
      case 'element':
        return storage(value);
      case 'negate':
        return error(0);
      case 'add':
      case 'subtract':
        return error(0) + error(1) + size;
      case 'multiply':
        return passed(0, at(1)) + passed(1, at(0)) + size;
      case 'divide':
        // What may be 0 divides to anything.
        if (error(1) > 0 && error(1) >= Math.abs(at(1)) * PER_UNIT) return Number.POSITIVE_INFINITY;
        return passed(0, 1 / at(1)) + passed(1, value / at(1)) + DIVISION * size;
      case 'min':
      case 'max':
        if (isTie(0, 1)) return Math.max(error(0), error(1));
        return value === at(0) ? error(0) : error(1);
      case 'choose':
        if (isTie(0, 1)) return Math.max(error(2), error(3)) + Math.abs(at(2) - at(3)) * PER_UNIT;
        return at(0) >= at(1) ? error(2) : error(3);
      case 'sign':
      case 'floor': {
        const { value: jumping } = functionsByName.get(node.operation)!;
        const reach = error(0) / PER_UNIT;
        return Math.max(...[at(0) - reach, at(0) + reach].map((u) => Math.abs(jumping(u) - value))) * PER_UNIT;
      }
      case 'atan2': {
        const square = at(0) ** 2 + at(1) ** 2;
        return passed(0, at(1) / square) + passed(1, at(0) / square) + ARC * size;
      }
      case 'pow': {
        if (at(0) === 0) return 0;
        const log = Math.abs(Math.log(Math.abs(at(0))));
        const own = POWER_FLOOR + POWER_GROWTH * Math.abs(at(1)) * log;
        return passed(0, (value * at(1)) / at(0)) + passed(1, value * log) + own * size;
      }
      default: {
        const { relative, absolute } = functionsByName.get(node.operation)!.accuracy;
        return passed(0, slopes.get(node.operation)!(at(0))) + relative * size + absolute;
      }
    }
  }
}
