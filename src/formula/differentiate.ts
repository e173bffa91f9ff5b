import { functionsByName } from './functions.ts';
import { type Graph, type Node, needed } from './graph.ts';
import { isNothing, sumOf, type Term, termOf, times } from './terms.ts';

/** How a node changes with one that it is computed from: the chain rule's links. */
interface Link {
  readonly to: Node;
  readonly slope: Term;
}

/** The links of a node. Those of min, max, choose and series are not among them: see `wholeSlope`. */
function linksOf(graph: Graph, node: Node): readonly Link[] {
  const [a, b] = node.args;
  const link = (to: Node, slope: Node): Link => ({ to, slope: termOf(graph, slope) });
  const plain = (to: Node, coefficient: number): Link => ({ to, slope: { coefficient, node: graph.one } });
  switch (node.operation) {
    case 'add':
      return [plain(a, 1), plain(b, 1)];
    case 'subtract':
      return [plain(a, 1), plain(b, -1)];
    case 'negate':
      return [plain(a, -1)];
    case 'multiply':
      return [link(a, b), link(b, a)];
    case 'divide': {
      // (u/v)' = (u' - (u/v)·v')/v: unlike the rule of school it has no v², which overflows early.
      const reciprocal = graph.divide(graph.one, b);
      return [link(a, reciprocal), link(b, graph.negate(graph.multiply(node, reciprocal)))];
    }
    case 'power':
      return [powerLink(graph, node)];
    case 'pow':
      return [
        link(a, graph.multiply(b, graph.raise(a, graph.subtract(b, graph.one)))),
        link(b, graph.multiply(node, graph.apply('log', a))),
      ];
    case 'atan2': {
      const square = graph.add(graph.power(a, 2), graph.power(b, 2));
      return [link(a, graph.divide(b, square)), link(b, graph.negate(graph.divide(a, square)))];
    }
    default: {
      const entry = functionsByName.get(node.operation);
      return entry ? [link(a, entry.slope(graph, a, node))] : [];
    }
  }
}

/** Of a power; of sin² and cos² by the double angle, which is one sine where the chain rule needs a sine and a cosine. */
function powerLink(graph: Graph, node: Node): Link {
  const [base] = node.args;
  const n = node.value;
  const isSine = base.operation === 'sin' || base.operation === 'cos';
  if (n === 2 && isSine) {
    const [angle] = base.args;
    const coefficient = base.operation === 'sin' ? 1 : -1;
    return { to: angle, slope: { coefficient, node: graph.apply('sin', graph.scale(2, angle)) } };
  }
  return { to: base, slope: { coefficient: n, node: graph.power(base, n - 1) } };
}

/** Of a node whose derivative is put together from whole derivatives: chosen as its value is, or added up. */
function wholeSlope(graph: Graph, node: Node, slopeOf: (node: Node) => Node): Node | undefined {
  const [a, b, p, q] = node.args;
  switch (node.operation) {
    case 'max':
      return graph.choose(a, b, slopeOf(a), slopeOf(b));
    case 'min':
      return graph.choose(b, a, slopeOf(a), slopeOf(b));
    case 'choose':
      return graph.choose(a, b, slopeOf(p), slopeOf(q));
    case 'series':
      return graph.series(graph.ranges[node.value], slopeOf(a));
    default:
      return undefined;
  }
}

/** Derivatives along one variable, forward, remembered for later calls. */
export class Along {
  private readonly slopes = new Map<Node, Node>();

  constructor(
    private readonly graph: Graph,
    private readonly variable: Node,
  ) {}

  of(root: Node): Node {
    const { graph, slopes } = this;
    const slopeOf = (node: Node): Node => (node.varies ? slopes.get(node)! : graph.zero);
    for (const node of needed([root])) {
      if (node.varies && !slopes.has(node)) {
        slopes.set(node, node === this.variable ? graph.one : (wholeSlope(graph, node, slopeOf) ?? this.chain(node, slopeOf)));
      }
    }
    return slopeOf(root);
  }

  private chain(node: Node, slopeOf: (node: Node) => Node): Node {
    const { graph } = this;
    const terms = linksOf(graph, node)
      .filter(({ to }) => to.varies)
      .map(({ to, slope }) => [slope, termOf(graph, slopeOf(to))] as const)
      .filter(([slope, inner]) => !isNothing(slope) && !isNothing(inner));
    return sumOf(graph, terms.map(([slope, inner]) => times(graph, slope, inner)));
  }
}

/**
 * ∂root/∂x and ∂root/∂y, backward, so that both share what they have in common: at each node its contributions to the
 * root are added up, then handed to what it is computed from.
 */
export function gradientOf(graph: Graph, root: Node, along: readonly [Along, Along]): readonly [Node, Node] {
  const shares = new Map<Node, Term[]>([[root, [{ coefficient: 1, node: graph.one }]]]);
  const give = (to: Node, term: Term): void => {
    if (isNothing(term)) return;
    const before = shares.get(to);
    if (before) before.push(term);
    else shares.set(to, [term]);
  };
  for (const node of [...needed([root])].reverse()) {
    const received = node.varies ? shares.get(node) : undefined;
    if (!received || node.args.length === 0) continue;
    if (wholeSlope(graph, node, () => graph.zero)) {
      const share = received.length === 1 ? received[0] : termOf(graph, sumOf(graph, received));
      for (const [k, variable] of [graph.x, graph.y].entries()) {
        give(variable, times(graph, share, termOf(graph, along[k].of(node))));
      }
      continue;
    }
    const links = linksOf(graph, node).filter(({ to }) => to.varies);
    const share = gathered(graph, received, links.length > 1);
    for (const { to, slope } of links) {
      give(to, times(graph, share, slope));
    }
  }
  const total = (variable: Node): Node => sumOf(graph, shares.get(variable) ?? []);
  return [total(graph.x), total(graph.y)];
}

/** What a node hands on. A share that goes several ways is computed once, its number included. */
function gathered(graph: Graph, received: readonly Term[], branches: boolean): Term {
  const whole = received.length === 1 ? received[0] : termOf(graph, sumOf(graph, received));
  const isPlain = whole.node === graph.one || Math.abs(whole.coefficient) === 1;
  return branches && !isPlain ? { coefficient: 1, node: graph.scale(whole.coefficient, whole.node) } : whole;
}
