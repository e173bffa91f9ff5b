import { functionsByName } from './functions.ts';
import { type Graph, type Node, needed } from './graph.ts';
import { literal } from './literal.ts';
import { loweredForShader } from './lower.ts';
import { type Loop, schedule, type Step } from './schedule.ts';

/** A piece of WGSL and how tightly it binds: sums 1, products 2, signs 3, the rest 4. */
interface Piece {
  readonly text: string;
  readonly binds: number;
}

const SUM = 1;
const PRODUCT = 2;
const SIGN = 3;
const ATOM = 4;

/** Longer expressions are cut by a `let`, so that no compiler's limit of nesting is met. */
const LONGEST = 100;

const LANES = 'xyzw';

const atom = (text: string): Piece => ({ text, binds: ATOM });

/** Sines and cosines of one angle come together. */
const PAIRS = [
  { sine: 'sin', cosine: 'cos', wgsl: 'sinCosOf' },
  { sine: 'sinTurn', cosine: 'cosTurn', wgsl: 'sinCosTurn' },
] as const;

/** What stands for the numbers that are given: expressions without operators. */
export interface Leaves {
  readonly x: string;
  readonly y: string;
  readonly parameter: (index: number) => string;
  /** A parameter's name, where the text does not say it. */
  readonly comment?: (index: number) => string;
}

/** Writes what computes the given nodes in the body of a function. */
class FunctionWriter {
  private readonly lines: string[] = [];
  private readonly pieces = new Map<Node, Piece>();
  private readonly uses = new Map<Node, number>();
  /** Both functions of an angle, where both are needed. */
  private readonly partners = new Map<Node, readonly [sine: Node, cosine: Node, wgsl: string]>();
  private indent = '  ';

  constructor(
    private readonly graph: Graph,
    private readonly roots: readonly Node[],
    private readonly leaves: Leaves,
  ) {
    const nodes = needed(roots);
    for (const node of [...nodes.flatMap(({ args }) => args), ...roots]) {
      this.uses.set(node, (this.uses.get(node) ?? 0) + 1);
    }
    for (const { sine, cosine, wgsl } of PAIRS) {
      const sines = new Map(nodes.filter(({ operation }) => operation === sine).map((node) => [node.args[0], node]));
      for (const node of nodes) {
        const partner = node.operation === cosine ? sines.get(node.args[0]) : undefined;
        if (partner) for (const member of [partner, node]) this.partners.set(member, [partner, node, wgsl]);
      }
    }
  }

  write(): Computation {
    this.steps(schedule(this.graph, this.roots));
    return { text: this.lines.join(''), results: this.roots.map((root) => this.pieces.get(root)!.text) };
  }

  private line(text: string): void {
    this.lines.push(`${this.indent}${text}\n`);
  }

  private steps(steps: readonly Step[]): void {
    // What is used once goes where it is used, unless that is inside a loop, which would compute it again and again.
    const inlines = steps.every(({ kind }) => kind === 'node');
    for (const step of steps) {
      if (step.kind === 'loop') this.loop(step);
      else if (!this.pieces.has(step.node)) this.place(step.node, inlines);
    }
  }

  private loop({ level, from, to, sums, body }: Loop): void {
    const index = `i${level}`;
    for (const sum of sums) {
      this.line(`var t${sum.id} = 0.0;`);
      this.pieces.set(sum, atom(`t${sum.id}`));
    }
    this.line(`for (var ${index} = ${from}; ${index} <= ${to}; ${index}++) {`);
    this.indent += '  ';
    const outside = new Set(this.pieces.keys());
    this.pieces.set(this.graph.index(level), atom(`f32(${index})`));
    this.steps(body);
    for (const sum of sums) {
      this.line(`t${sum.id} += ${this.pieces.get(sum.args[0])!.text};`);
    }
    // Another loop of this level computes its own.
    for (const node of this.pieces.keys()) {
      if (!outside.has(node)) this.pieces.delete(node);
    }
    this.indent = this.indent.slice(2);
    this.line('}');
  }

  private place(node: Node, inlines: boolean): void {
    const partners = this.partners.get(node);
    if (partners) {
      this.placePair(node, ...partners);
    } else if (node.operation === 'parameter') {
      const { parameter, comment } = this.leaves;
      this.line(`let t${node.id} = ${parameter(node.value)};${comment ? ` // ${comment(node.value)}` : ''}`);
      this.pieces.set(node, atom(`t${node.id}`));
    } else {
      const piece = this.piece(node);
      const isInline = node.args.length === 0 || (inlines && this.uses.get(node) === 1 && piece.text.length <= LONGEST);
      this.pieces.set(node, isInline ? piece : this.named(node, piece.text));
    }
  }

  private named(node: Node, text: string): Piece {
    this.line(`let t${node.id} = ${text};`);
    return atom(`t${node.id}`);
  }

  private placePair(node: Node, sine: Node, cosine: Node, wgsl: string): void {
    const both = this.named(node, `${wgsl}(${this.pieces.get(node.args[0])!.text})`);
    this.pieces.set(sine, atom(`${both.text}.x`));
    this.pieces.set(cosine, atom(`${both.text}.y`));
  }

  /** A node's expression in terms of its arguments' pieces. */
  private piece(node: Node): Piece {
    const args = node.args.map((arg) => this.pieces.get(arg)!);
    const text = (k: number, least: number): string => (args[k].binds < least ? `(${args[k].text})` : args[k].text);
    const call = (name: string): Piece => atom(`${name}(${args.map((arg) => arg.text).join(', ')})`);
    const infix = (sign: string, binds: number): Piece => ({ text: `${text(0, binds)} ${sign} ${text(1, binds + 1)}`, binds });
    switch (node.operation) {
      case 'constant': {
        const number = literal(node.value);
        return { text: number, binds: number.startsWith('-') ? SIGN : ATOM };
      }
      case 'x':
      case 'y':
        return atom(this.leaves[node.operation]);
      case 'add':
        return infix('+', SUM);
      case 'subtract':
        return infix('-', SUM);
      case 'multiply':
        return infix('*', PRODUCT);
      case 'divide':
        return infix('/', PRODUCT);
      case 'negate':
        return { text: `-${text(0, ATOM)}`, binds: SIGN };
      case 'choose':
        return atom(`select(${args[3].text}, ${args[2].text}, ${text(0, SUM)} >= ${text(1, SUM)})`);
      case 'element':
        return atom(`surfaceTable${node.value}[i32(${args[0].text}) - 1]`);
      case 'pow':
        return call('powOf');
      case 'atan2':
        return call('atan2Of');
      case 'min':
      case 'max':
        return call(`${node.operation}Of`);
      default:
        return call(functionsByName.get(node.operation)!.wgsl);
    }
  }
}

/** Statements of a function's body that compute nodes, and the expressions that stand for these after them. */
export interface Computation {
  readonly text: string;
  readonly results: readonly string[];
}

/** What computes the given nodes in WGSL, for the functions of shaders/lib/math.wgsl. */
export function computationOf(graph: Graph, roots: readonly Node[], leaves: Leaves): Computation {
  return new FunctionWriter(graph, loweredForShader(graph, roots), leaves).write();
}

/** The nodes that fill the surface slots. */
export interface SurfaceNodes {
  readonly value: Node;
  readonly gradient: readonly [Node, Node];
  readonly hessian: readonly [Node, Node, Node];
}

/** The surface slots as WGSL, for the functions of shaders/lib/math.wgsl. */
export function wgslOf(graph: Graph, { value, gradient, hessian }: SurfaceNodes, parameters: readonly string[]): string {
  const leaves: Leaves = {
    x: 'p.x',
    y: 'p.y',
    parameter: (index) => `surfaceParameters[${Math.floor(index / 4)}].${LANES[index % 4]}`,
    comment: (index) => parameters[index],
  };
  const slot = (name: string, type: string, roots: readonly Node[]): string => {
    const { text, results } = computationOf(graph, roots, leaves);
    const result = results.length === 1 ? results[0] : `${type}(${results.join(', ')})`;
    return `fn ${name}(p: vec2f) -> ${type} {\n${text}  return ${result};\n}\n`;
  };
  const tables = graph.tables.map(
    (table, k) => `var<private> surfaceTable${k} = array<f32, ${table.length}>(${table.map(literal).join(', ')});\n`,
  );
  return [
    ...tables,
    slot('surfaceValue', 'f32', [value]),
    slot('surfaceGradient', 'vec2f', gradient),
    slot('surfaceValueGradient', 'vec3f', [value, ...gradient]),
    slot('surfaceHessian', 'vec3f', hessian),
  ].join('\n');
}
