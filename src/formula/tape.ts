import { functions } from './functions.ts';
import { type Graph, ieeePower, type Node, needed, type Operation } from './graph.ts';
import { loweredForTape } from './lower.ts';

/** Opcodes of the tape. Functions of one number follow, in the registry's order. */
const ADD = 0;
const SUBTRACT = 1;
const MULTIPLY = 2;
const DIVIDE = 3;
const MULTIPLY_ADD = 4;
const MULTIPLY_SUBTRACT = 5;
const SUBTRACT_PRODUCT = 6;
const NEGATE = 7;
const POW = 8;
const MIN = 9;
const MAX = 10;
const ATAN2 = 11;
const AT_LEAST = 12;
const PICK = 13;
const FIRST_FUNCTION = 14;

const CODES: ReadonlyMap<Operation, number> = new Map<Operation, number>([
  ...functions.map(({ name }, k) => [name, FIRST_FUNCTION + k] as const),
  ['add', ADD],
  ['subtract', SUBTRACT],
  ['multiply', MULTIPLY],
  ['divide', DIVIDE],
  ['negate', NEGATE],
  ['pow', POW],
  ['min', MIN],
  ['max', MAX],
  ['atan2', ATAN2],
]);

const CALLS: readonly ((u: number) => number)[] = functions.map(({ value }) => value);

/** Numbers a row of the tape: operation and three operands. */
const STRIDE = 4;

/** What costs more than its dispatch, kept out of the loop so that the loop stays small. */
function seldom(code: number, a: number, b: number, c: number): number {
  switch (code) {
    case POW:
      return ieeePower(a, b);
    case MIN:
      return Math.min(a, b);
    case MAX:
      return Math.max(a, b);
    case ATAN2:
      return Math.atan2(a, b);
    case AT_LEAST:
      return a >= b ? 1 : 0;
    case PICK:
      return a === 1 ? b : c;
    default:
      return CALLS[code - FIRST_FUNCTION](a);
  }
}

/** Products that nothing but one sum or difference uses: both are one row. */
function productsInside(nodes: readonly Node[], roots: readonly Node[]): ReadonlySet<Node> {
  const uses = new Map<Node, number>();
  for (const node of [...nodes.flatMap(({ args }) => args), ...roots]) {
    uses.set(node, (uses.get(node) ?? 0) + 1);
  }
  const inside = new Set<Node>();
  for (const { operation, args } of nodes) {
    if (operation === 'add' || operation === 'subtract') {
      const product = args.find((arg) => arg.operation === 'multiply' && uses.get(arg) === 1);
      if (product) inside.add(product);
    }
  }
  return inside;
}

/** Appends what computes a node, and returns its register. */
function appendRow(
  node: Node,
  append: (...row: number[]) => number,
  placesOf: (args: readonly Node[]) => number[],
  inside: ReadonlySet<Node>,
): number {
  const [first, second] = node.args;
  if (inside.has(second)) {
    const code = node.operation === 'add' ? MULTIPLY_ADD : SUBTRACT_PRODUCT;
    return append(code, ...placesOf(second.args), ...placesOf([first]));
  }
  if (inside.has(first)) {
    const code = node.operation === 'add' ? MULTIPLY_ADD : MULTIPLY_SUBTRACT;
    return append(code, ...placesOf(first.args), ...placesOf([second]));
  }
  const places = placesOf(node.args);
  if (node.operation === 'choose') {
    const [a, b, p, q] = places;
    return append(PICK, append(AT_LEAST, a, b), p, q);
  }
  return append(CODES.get(node.operation)!, ...places);
}

/**
 * Expressions as a straight list of operations on registers, computed in float64 without allocating: x, y, the parameters,
 * the constants, then one register a row.
 */
export class Tape {
  /** Every value of the last run. */
  readonly registers: Float64Array;
  /** Where in `registers` the roots are. */
  readonly roots: readonly number[];
  private readonly firstRoot: number;
  private readonly code: Int32Array;
  private readonly firstResult: number;

  constructor(
    graph: Graph,
    roots: readonly Node[],
    private readonly parameterCount: number,
  ) {
    const lowered = loweredForTape(graph, roots);
    const nodes = needed(lowered);
    const places = new Map<Node, number>([
      [graph.x, 0],
      [graph.y, 1],
    ]);
    const constants: number[] = [];
    for (const node of nodes) {
      if (node.operation === 'parameter') places.set(node, 2 + node.value);
      if (node.operation === 'constant') {
        places.set(node, 2 + parameterCount + constants.length);
        constants.push(node.value);
      }
    }
    this.firstResult = 2 + parameterCount + constants.length;
    const rows: number[] = [];
    const append = (...row: number[]): number => {
      rows.push(...row, ...Array<number>(STRIDE - row.length).fill(0));
      return this.firstResult + rows.length / STRIDE - 1;
    };
    const inside = productsInside(nodes, lowered);
    const placesOf = (args: readonly Node[]): number[] => args.map((arg) => places.get(arg)!);
    for (const node of nodes) {
      if (places.has(node) || inside.has(node)) continue;
      places.set(node, appendRow(node, append, placesOf, inside));
    }
    this.code = Int32Array.from(rows);
    this.registers = new Float64Array(this.firstResult + rows.length / STRIDE);
    this.registers.set(constants, 2 + parameterCount);
    this.roots = lowered.map((root) => places.get(root)!);
    this.firstRoot = this.roots[0];
  }

  /** Computes every root at (x, y) and returns the first. */
  run(x: number, y: number, parameters: ArrayLike<number>): number {
    const { code, registers: r, parameterCount } = this;
    r[0] = x;
    r[1] = y;
    for (let k = 0; k < parameterCount; k++) {
      r[2 + k] = parameters[k];
    }
    let out = this.firstResult;
    for (let i = 0; i < code.length; i += STRIDE) {
      const a = r[code[i + 1]];
      const b = r[code[i + 2]];
      let result: number;
      switch (code[i]) {
        case ADD:
          result = a + b;
          break;
        case SUBTRACT:
          result = a - b;
          break;
        case MULTIPLY:
          result = a * b;
          break;
        case DIVIDE:
          result = a / b;
          break;
        case MULTIPLY_ADD:
          result = a * b + r[code[i + 3]];
          break;
        case MULTIPLY_SUBTRACT:
          result = a * b - r[code[i + 3]];
          break;
        case SUBTRACT_PRODUCT:
          result = r[code[i + 3]] - a * b;
          break;
        case NEGATE:
          result = -a;
          break;
        default:
          result = seldom(code[i], a, b, r[code[i + 3]]);
      }
      r[out++] = result;
    }
    return r[this.firstRoot];
  }
}
