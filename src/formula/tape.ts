import { functions } from './functions.ts';
import { type Graph, ieeePower, type Node } from './graph.ts';
import { CODE, Layout, type Segment, STRIDE } from './layout.ts';
import { loweredForTape } from './lower.ts';
import { schedule } from './schedule.ts';

const CALLS: readonly ((u: number) => number)[] = functions.map(({ value }) => value);

/** What costs more than its dispatch, kept out of the loop so that the loop stays small. */
function seldom(code: number, a: number, b: number, c: number): number {
  switch (code) {
    case CODE.POW:
      return ieeePower(a, b);
    case CODE.MIN:
      return Math.min(a, b);
    case CODE.MAX:
      return Math.max(a, b);
    case CODE.ATAN2:
      return Math.atan2(a, b);
    case CODE.AT_LEAST:
      return a >= b ? 1 : 0;
    case CODE.PICK:
      return a === 1 ? b : c;
    default:
      return CALLS[code - CODE.FIRST_FUNCTION](a);
  }
}

/**
 * Expressions as a list of operations on registers, computed in float64 without allocating: x, y, the parameters, the
 * constants and tables, then one register a row.
 */
export class Tape {
  /** Every value of the last run. */
  readonly registers: Float64Array;
  /** Where in `registers` the roots are. */
  readonly roots: readonly number[];
  private readonly firstRoot: number;
  private readonly code: Int32Array;
  private readonly firstResult: number;
  private readonly segments: readonly Segment[];

  constructor(
    graph: Graph,
    roots: readonly Node[],
    private readonly parameterCount: number,
  ) {
    const lowered = loweredForTape(graph, roots);
    const layout = new Layout(graph, parameterCount, lowered);
    this.segments = layout.segments(schedule(graph, lowered));
    this.firstResult = layout.firstResult;
    this.code = Int32Array.from(layout.rows);
    this.registers = new Float64Array(this.firstResult + layout.rows.length / STRIDE);
    this.registers.set(layout.constants, 2 + parameterCount);
    this.roots = lowered.map((root) => layout.places.get(root)!);
    this.firstRoot = this.roots[0];
  }

  /** Computes every root at (x, y) and returns the first. */
  run(x: number, y: number, parameters: ArrayLike<number>): number {
    const r = this.registers;
    r[0] = x;
    r[1] = y;
    for (let k = 0; k < this.parameterCount; k++) {
      r[2 + k] = parameters[k];
    }
    for (const segment of this.segments) {
      this.advance(segment);
    }
    return r[this.firstRoot];
  }

  private advance(segment: Segment): void {
    if (segment.kind === 'rows') {
      this.compute(segment.from, segment.to);
      return;
    }
    const r = this.registers;
    for (const [sum] of segment.sums) r[sum] = 0;
    for (let i = segment.from; i <= segment.to; i++) {
      r[segment.index] = i;
      for (const part of segment.body) this.advance(part);
      for (const [sum, term] of segment.sums) r[sum] += r[term];
    }
  }

  private compute(from: number, to: number): void {
    const { code, registers: r } = this;
    let out = this.firstResult + from / STRIDE;
    for (let i = from; i < to; i += STRIDE) {
      const a = r[code[i + 1]];
      const b = r[code[i + 2]];
      let result: number;
      switch (code[i]) {
        case CODE.ADD:
          result = a + b;
          break;
        case CODE.SUBTRACT:
          result = a - b;
          break;
        case CODE.MULTIPLY:
          result = a * b;
          break;
        case CODE.DIVIDE:
          result = a / b;
          break;
        case CODE.MULTIPLY_ADD:
          result = a * b + r[code[i + 3]];
          break;
        case CODE.MULTIPLY_SUBTRACT:
          result = a * b - r[code[i + 3]];
          break;
        case CODE.SUBTRACT_PRODUCT:
          result = r[code[i + 3]] - a * b;
          break;
        case CODE.NEGATE:
          result = -a;
          break;
        case CODE.ELEMENT:
          result = r[code[i + 2] + a - 1];
          break;
        default:
          result = seldom(code[i], a, b, r[code[i + 3]]);
      }
      r[out++] = result;
    }
  }
}
