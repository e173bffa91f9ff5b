import { type Graph, isConstant, type Node, needed } from './graph.ts';
import { termOf } from './terms.ts';

/** Replaces one node, whose arguments are replaced already. */
type Rewrite = (node: Node, args: readonly Node[]) => Node;

function rewritten(roots: readonly Node[], nodes: readonly Node[], rewrite: Rewrite): readonly Node[] {
  const images = new Map<Node, Node>();
  for (const node of nodes) {
    images.set(node, rewrite(node, node.args.map((arg) => images.get(arg)!)));
  }
  return roots.map((root) => images.get(root)!);
}

/** aⁿ for n > 0 as products: the largest power of two first, so that powers of one base share their squares. */
function product(graph: Graph, a: Node, n: number): Node {
  let square = a;
  let size = 1;
  while (2 * size <= n) {
    square = graph.make('multiply', [square, square]);
    size *= 2;
  }
  return n === size ? square : graph.make('multiply', [square, product(graph, a, n - size)]);
}

function powerAsProducts(graph: Graph, a: Node, n: number): Node {
  const positive = product(graph, a, Math.abs(n));
  return n > 0 ? positive : graph.make('divide', [graph.one, positive]);
}

/** Nodes as the float64 tape computes them: integer powers as products. */
export function loweredForTape(graph: Graph, roots: readonly Node[]): readonly Node[] {
  return rewritten(roots, needed(roots), (node, args) =>
    node.operation === 'power'
      ? powerAsProducts(graph, args[0], node.value)
      : graph.make(node.operation, args, node.value),
  );
}

/** Numbers whose products and reciprocals stay well inside float32's range. */
const isTame = (c: number): boolean => Math.abs(c) > 1e-18 && Math.abs(c) < 1e18;

/** c·a, with a number that a carries already gathered in. */
function scaled(graph: Graph, c: number, a: Node): Node {
  if (c === 1) return a;
  const [first, rest] = a.args;
  if (a.operation === 'multiply' && isConstant(first) && isTame(first.value) && isTame(c)) {
    return scaled(graph, c * first.value, rest);
  }
  return c === -1 ? graph.make('negate', [a]) : graph.make('multiply', [graph.constant(c), a]);
}

/** Angles are this fine a part of a turn at most; then their number of turns has few digits and multiplies well. */
const TURN_PARTS = 64;

/** For an angle c·u with c a simple multiple of π: how many turns u counts. */
function turnsOf(c: number): number | undefined {
  const parts = (TURN_PARTS * c) / (2 * Math.PI);
  const whole = Math.round(parts);
  const isSimple = whole !== 0 && Math.abs(whole) < 2 ** 20 && Math.abs(parts - whole) <= 4e-16 * Math.abs(whole);
  return isSimple ? whole / TURN_PARTS : undefined;
}

/** sin and cos of multiples of π by their number of turns, which reduces without error. */
function turned(graph: Graph, node: Node, arg: Node): Node {
  const { coefficient, node: u } = termOf(graph, arg);
  const turns = turnsOf(coefficient);
  if (turns === undefined || u === graph.one) {
    return graph.make(node.operation, [arg]);
  }
  return graph.make(node.operation === 'sin' ? 'sinTurn' : 'cosTurn', [scaled(graph, turns, u)]);
}

/** Denominators that more than one division shares: their reciprocal is computed once. */
function sharedDenominators(nodes: readonly Node[]): ReadonlySet<Node> {
  const seen = new Set<Node>();
  const shared = new Set<Node>();
  for (const { operation, args } of nodes) {
    if (operation === 'divide') {
      if (seen.has(args[1])) shared.add(args[1]);
      seen.add(args[1]);
    }
  }
  return shared;
}

/**
 * Nodes as WGSL computes them in float32: integer powers as products (pow of a negative number is undefined), angles in
 * turns where they are multiples of π, and divisions by numbers or by shared denominators as products.
 */
export function loweredForShader(graph: Graph, roots: readonly Node[]): readonly Node[] {
  const nodes = needed(roots);
  const shared = sharedDenominators(nodes);
  return rewritten(roots, nodes, (node, args) => {
    const [a, b] = args;
    switch (node.operation) {
      case 'power':
        return powerAsProducts(graph, a, node.value);
      case 'multiply':
        return isConstant(a) ? scaled(graph, a.value, b) : graph.make('multiply', args);
      case 'divide':
        if (isConstant(b) && isTame(b.value)) return scaled(graph, 1 / b.value, a);
        if (shared.has(node.args[1]) && !isConstant(b)) {
          const reciprocal = graph.make('divide', [graph.one, b]);
          if (a === graph.one) return reciprocal;
          return isConstant(a) ? scaled(graph, a.value, reciprocal) : graph.make('multiply', [a, reciprocal]);
        }
        return graph.make('divide', args);
      case 'sin':
      case 'cos':
        return turned(graph, node, a);
      default:
        return graph.make(node.operation, args, node.value);
    }
  });
}
