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

/** Writes the body of one function that returns the given nodes. */
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
    private readonly parameters: readonly string[],
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

  write(): string {
    this.steps(schedule(this.graph, this.roots));
    const results = this.roots.map((root) => this.pieces.get(root)!.text);
    this.line(`return ${results.length === 1 ? results[0] : `vec${results.length}f(${results.join(', ')})`};`);
    return this.lines.join('');
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
      const place = `surfaceParameters[${Math.floor(node.value / 4)}].${LANES[node.value % 4]}`;
      this.line(`let t${node.id} = ${place}; // ${this.parameters[node.value]}`);
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
        return atom(`p.${node.operation}`);
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

/** The nodes that fill the surface slots. */
export interface SurfaceNodes {
  readonly value: Node;
  readonly gradient: readonly [Node, Node];
  readonly hessian: readonly [Node, Node, Node];
}

/** The surface slots as WGSL, for the functions of shaders/lib/math.wgsl. */
export function wgslOf(graph: Graph, { value, gradient, hessian }: SurfaceNodes, parameters: readonly string[]): string {
  const slot = (name: string, type: string, roots: readonly Node[]): string => {
    const body = new FunctionWriter(graph, loweredForShader(graph, roots), parameters).write();
    return `fn ${name}(p: vec2f) -> ${type} {\n${body}}\n`;
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
