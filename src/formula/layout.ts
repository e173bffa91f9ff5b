import { functions } from './functions.ts';
import { type Graph, type Node, needed, type Operation } from './graph.ts';
import type { Loop, Step } from './schedule.ts';

/** What a row of a tape does. Functions of one number follow, in the registry's order. */
export const CODE = {
  ADD: 0,
  SUBTRACT: 1,
  MULTIPLY: 2,
  DIVIDE: 3,
  MULTIPLY_ADD: 4,
  MULTIPLY_SUBTRACT: 5,
  SUBTRACT_PRODUCT: 6,
  NEGATE: 7,
  POW: 8,
  MIN: 9,
  MAX: 10,
  ATAN2: 11,
  AT_LEAST: 12,
  PICK: 13,
  ELEMENT: 14,
  /** Nothing: its register is filled by a loop. */
  HOLD: 15,
  FIRST_FUNCTION: 16,
} as const;

/** The code of each operation that is one row. */
export const CODE_OF: ReadonlyMap<Operation, number> = new Map<Operation, number>([
  ...functions.map(({ name }, k) => [name, CODE.FIRST_FUNCTION + k] as const),
  ['add', CODE.ADD],
  ['subtract', CODE.SUBTRACT],
  ['multiply', CODE.MULTIPLY],
  ['divide', CODE.DIVIDE],
  ['negate', CODE.NEGATE],
  ['pow', CODE.POW],
  ['min', CODE.MIN],
  ['max', CODE.MAX],
  ['atan2', CODE.ATAN2],
  ['element', CODE.ELEMENT],
]);

/** Numbers a row of a tape: its code and three operands. */
export const STRIDE = 4;

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

/** Rows in a straight line, or rows again and again while an index counts. */
export type Segment =
  | { readonly kind: 'rows'; readonly from: number; readonly to: number }
  | {
      readonly kind: 'loop';
      readonly index: number;
      readonly from: number;
      readonly to: number;
      readonly body: readonly Segment[];
      /** Registers of the sums and of what each adds. */
      readonly sums: readonly (readonly [number, number])[];
    };

/** Lays out registers and rows. */
export class Layout {
  /** STRIDE numbers a row: a code and three registers. */
  readonly rows: number[] = [];
  readonly constants: number[] = [];
  readonly places = new Map<Node, number>();
  readonly firstResult: number;
  private readonly inside: ReadonlySet<Node>;
  /** Where each table's first number is. */
  private readonly tables: readonly number[];
  /** Nodes placed since the outermost loop began; a later loop computes them anew. */
  private placed: Node[] = [];

  constructor(
    private readonly graph: Graph,
    private readonly parameterCount: number,
    roots: readonly Node[],
  ) {
    const nodes = needed(roots);
    this.places.set(graph.x, 0).set(graph.y, 1);
    for (const node of nodes) {
      if (node.operation === 'parameter') this.places.set(node, 2 + node.value);
      if (node.operation === 'constant') this.places.set(node, this.firstConstant + this.constants.push(node.value) - 1);
    }
    this.tables = graph.tables.map((table) => this.firstConstant + this.constants.push(...table) - table.length);
    this.firstResult = this.firstConstant + this.constants.length;
    this.inside = productsInside(nodes, roots);
  }

  /** Appends what the steps compute. */
  segments(steps: readonly Step[]): readonly Segment[] {
    const segments: Segment[] = [];
    let from = this.rows.length;
    const close = (): void => {
      if (this.rows.length > from) segments.push({ kind: 'rows', from, to: this.rows.length });
    };
    for (const step of steps) {
      if (step.kind === 'node') {
        this.appendNode(step.node);
      } else {
        close();
        for (const sum of step.sums) this.place(sum, this.append(CODE.HOLD));
        segments.push(this.loop(step));
        from = this.rows.length;
      }
    }
    close();
    return segments;
  }

  private loop({ level, from, to, sums, body }: Loop): Segment {
    const outside = this.placed;
    this.placed = [];
    const index = this.append(CODE.HOLD);
    this.place(this.graph.index(level), index);
    const segments = this.segments(body);
    const pairs = sums.map((sum) => [this.places.get(sum)!, this.places.get(sum.args[0])!] as const);
    for (const node of this.placed) this.places.delete(node);
    this.placed = outside;
    return { kind: 'loop', index, from, to, body: segments, sums: pairs };
  }

  private place(node: Node, register: number): void {
    this.places.set(node, register);
    this.placed.push(node);
  }

  private get firstConstant(): number {
    return 2 + this.parameterCount;
  }

  private append(...row: number[]): number {
    this.rows.push(...row, ...Array<number>(STRIDE - row.length).fill(0));
    return this.firstResult + this.rows.length / STRIDE - 1;
  }

  private placesOf(args: readonly Node[]): number[] {
    return args.map((arg) => this.places.get(arg)!);
  }

  private appendNode(node: Node): void {
    if (!this.places.has(node) && !this.inside.has(node)) this.place(node, this.row(node));
  }

  private row(node: Node): number {
    const [first, second] = node.args;
    if (this.inside.has(second)) {
      const code = node.operation === 'add' ? CODE.MULTIPLY_ADD : CODE.SUBTRACT_PRODUCT;
      return this.append(code, ...this.placesOf(second.args), ...this.placesOf([first]));
    }
    if (this.inside.has(first)) {
      const code = node.operation === 'add' ? CODE.MULTIPLY_ADD : CODE.MULTIPLY_SUBTRACT;
      return this.append(code, ...this.placesOf(first.args), ...this.placesOf([second]));
    }
    const places = this.placesOf(node.args);
    if (node.operation === 'element') {
      return this.append(CODE.ELEMENT, places[0], this.tables[node.value]);
    }
    if (node.operation === 'choose') {
      const [a, b, p, q] = places;
      return this.append(CODE.PICK, this.append(CODE.AT_LEAST, a, b), p, q);
    }
    return this.append(CODE_OF.get(node.operation)!, ...places);
  }
}
