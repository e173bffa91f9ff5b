import { functionsByName } from './functions.ts';
import { type Graph, type Node, needed } from './graph.ts';
import { loweredForShader } from './lower.ts';

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

/** The largest float32 number: a literal beyond it does not compile, though it would round to it. */
const LARGEST = 2 ** 128 - 2 ** 104;

const LANES = 'xyzw';

/** The decimal with the fewest digits that is the same number in float32, itself within float32's range. */
function shortest(single: number): number {
  for (let digits = 1; digits <= 9; digits++) {
    const decimal = Number(single.toPrecision(digits));
    if (Math.fround(decimal) === single && Math.abs(decimal) <= LARGEST) return decimal;
  }
  return single;
}

/**
 * A number as a WGSL literal of type f32. A shader in which a constant is not finite does not compile, so that such numbers
 * are made at run time.
 */
export function literal(value: number): Piece {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return { text: 'notANumber()', binds: ATOM };
  if (Math.abs(single) === Number.POSITIVE_INFINITY) {
    return single > 0 ? { text: 'infinity()', binds: ATOM } : { text: '-infinity()', binds: SIGN };
  }
  const text = String(shortest(single));
  return { text: /[.e]/.test(text) ? text : `${text}.0`, binds: single < 0 || Object.is(single, -0) ? SIGN : ATOM };
}

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
  private readonly nodes: readonly Node[];

  constructor(
    private readonly roots: readonly Node[],
    private readonly parameters: readonly string[],
  ) {
    this.nodes = needed(roots);
    const use = (node: Node): void => {
      this.uses.set(node, (this.uses.get(node) ?? 0) + 1);
    };
    for (const node of this.nodes) for (const arg of node.args) use(arg);
    for (const root of roots) use(root);
  }

  write(): string {
    for (const node of this.nodes) {
      if (!this.pieces.has(node)) this.place(node);
    }
    const results = this.roots.map((root) => this.pieces.get(root)!.text);
    const value = results.length === 1 ? results[0] : `vec${results.length}f(${results.join(', ')})`;
    return [...this.lines, `return ${value};`].map((line) => `  ${line}\n`).join('');
  }

  private place(node: Node): void {
    if (this.placePair(node)) return;
    if (node.operation === 'parameter') {
      this.placeParameter(node);
      return;
    }
    const piece = this.piece(node);
    const isInline = node.args.length === 0 || (this.uses.get(node) === 1 && piece.text.length <= LONGEST);
    this.pieces.set(node, isInline ? piece : this.named(`t${node.id}`, piece.text));
  }

  private named(name: string, text: string): Piece {
    this.lines.push(`let ${name} = ${text};`);
    return { text: name, binds: ATOM };
  }

  private placeParameter(node: Node): void {
    const name = `t${node.id}`;
    const place = `surfaceParameters[${Math.floor(node.value / 4)}].${LANES[node.value % 4]}`;
    this.lines.push(`let ${name} = ${place}; // ${this.parameters[node.value]}`);
    this.pieces.set(node, { text: name, binds: ATOM });
  }

  /** A sine and a cosine of one angle, both needed: computed by one call. */
  private placePair(node: Node): boolean {
    const pair = PAIRS.find(({ sine, cosine }) => node.operation === sine || node.operation === cosine);
    if (!pair) return false;
    const [angle] = node.args;
    const both = [pair.sine, pair.cosine].map((operation) =>
      this.nodes.find((other) => other.operation === operation && other.args[0] === angle),
    );
    if (!both[0] || !both[1]) return false;
    const name = `t${node.id}`;
    this.named(name, `${pair.wgsl}(${this.pieces.get(angle)!.text})`);
    both.forEach((member, k) => this.pieces.set(member!, { text: `${name}.${LANES[k]}`, binds: ATOM }));
    return true;
  }

  /** A node's expression in terms of its arguments' pieces. */
  private piece(node: Node): Piece {
    const args = node.args.map((arg) => this.pieces.get(arg)!);
    const text = (k: number, least: number): string => (args[k].binds < least ? `(${args[k].text})` : args[k].text);
    const call = (name: string): Piece => ({ text: `${name}(${args.map((arg) => arg.text).join(', ')})`, binds: ATOM });
    switch (node.operation) {
      case 'constant':
        return literal(node.value);
      case 'x':
      case 'y':
        return { text: `p.${node.operation}`, binds: ATOM };
      case 'add':
        return { text: `${text(0, SUM)} + ${text(1, SUM + 1)}`, binds: SUM };
      case 'subtract':
        return { text: `${text(0, SUM)} - ${text(1, SUM + 1)}`, binds: SUM };
      case 'multiply':
        return { text: `${text(0, PRODUCT)} * ${text(1, PRODUCT + 1)}`, binds: PRODUCT };
      case 'divide':
        return { text: `${text(0, PRODUCT)} / ${text(1, PRODUCT + 1)}`, binds: PRODUCT };
      case 'negate':
        return { text: `-${text(0, ATOM)}`, binds: SIGN };
      case 'choose':
        return { text: `select(${args[3].text}, ${args[2].text}, ${text(0, SUM)} >= ${text(1, SUM)})`, binds: ATOM };
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
    const body = new FunctionWriter(loweredForShader(graph, roots), parameters).write();
    return `fn ${name}(p: vec2f) -> ${type} {\n${body}}\n`;
  };
  return [
    slot('surfaceValue', 'f32', [value]),
    slot('surfaceGradient', 'vec2f', gradient),
    slot('surfaceValueGradient', 'vec3f', [value, ...gradient]),
    slot('surfaceHessian', 'vec3f', hessian),
  ].join('\n');
}
