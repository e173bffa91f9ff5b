import { type Graph, type Node, needed } from '../../formula/graph.ts';

/** What a node depends on: hyperparameters only, t and the learning rate as well, or the particle. */
type Class = 0 | 1 | 2;

/** Numbers that a kernel gets for each update at most: what is left of its row. */
export const MAX_COEFFICIENTS = 3;

/** An update in which everything that all particles share is computed beforehand. */
export interface Hoisted {
  /** Depend on hyperparameters alone. */
  readonly constants: readonly Node[];
  /** Depend on t or the learning rate as well. */
  readonly coefficients: readonly Node[];
  /** The update in terms of `leaves`. */
  readonly roots: readonly Node[];
}

/** Which of an update's nodes are what it is given. */
export interface Given {
  readonly hyper: readonly Node[];
  readonly t: Node;
  readonly lr: Node;
  readonly state: readonly Node[];
}

/**
 * Takes out of an update what does not depend on the particle. In the roots that come back, parameter k is the k-th of
 * the constants, then of the coefficients, then of the state.
 * @param most coefficients at most. Where the update has more, factors are gathered, as in η·(m/c) = (η/c)·m; where that
 * does not do either, some are computed in the update from others, from t and from lr.
 */
export function hoist(graph: Graph, roots: readonly Node[], given: Given, most = Number.POSITIVE_INFINITY): Hoisted {
  const plain = sharedBy(roots, given);
  const uses = plain.coefficients.length <= most ? plain : fewer(plain, sharedBy(gathered(graph, roots, given), given));
  const { uploaded, computed } = fitted(uses.coefficients, most, (node) => uses.inputs(node.args, 1));
  const constants = uses.inputs([...uses.used, ...computed.flatMap(({ args }) => args)], 0);

  const images = new Map<Node, Node>();
  for (const [k, node] of [...constants, ...uploaded, ...given.state].entries()) images.set(node, graph.parameter(k));
  const inOrder = [...uses.varying, ...computed].sort((a, b) => a.id - b.id);
  for (const node of inOrder) {
    if (!images.has(node)) {
      images.set(node, graph.make(node.operation, node.args.map((arg) => images.get(arg) ?? arg), node.value));
    }
  }
  return { constants, coefficients: uploaded, roots: uses.roots.map((root) => images.get(root) ?? root) };
}

/** What an update uses of each class. */
interface Uses {
  readonly roots: readonly Node[];
  readonly varying: readonly Node[];
  /** What varying nodes and the roots are made of. */
  readonly used: readonly Node[];
  readonly coefficients: readonly Node[];
  /** Those of some nodes that are of a class; numbers stay where they are. */
  readonly inputs: (nodes: readonly Node[], kind: Class) => readonly Node[];
}

function sharedBy(roots: readonly Node[], given: Given): Uses {
  const classes = classesOf(roots, given);
  const inputs = (nodes: readonly Node[], kind: Class): readonly Node[] =>
    [...new Set(nodes)].filter((node) => classes.get(node) === kind && node.operation !== 'constant');
  const varying = needed(roots).filter((node) => classes.get(node) === 2);
  const used = [...varying.flatMap(({ args }) => args), ...roots];
  return { roots, varying, used, coefficients: inputs(used, 1), inputs };
}

const fewer = (a: Uses, b: Uses): Uses => (b.coefficients.length < a.coefficients.length ? b : a);

/** factor · rest; no factor is 1. */
interface Product {
  readonly factor: Node | null;
  readonly rest: Node;
}

/** The same update with the coefficients of each product gathered in one. */
function gathered(graph: Graph, roots: readonly Node[], given: Given): readonly Node[] {
  const classes = classesOf(roots, given);
  const products = new Map<Node, Product>();
  const whole = (node: Node): Node => {
    const { factor, rest } = products.get(node)!;
    return factor ? graph.multiply(factor, rest) : rest;
  };
  const split = (node: Node): Product => {
    const [a, b] = node.args.map((arg) => products.get(arg)!);
    if (classes.get(node) === 1) return { factor: node, rest: graph.one };
    if (classes.get(node) === 2 && node.operation === 'multiply') {
      const factor = a.factor && b.factor ? graph.multiply(a.factor, b.factor) : (a.factor ?? b.factor);
      return { factor, rest: graph.multiply(a.rest, b.rest) };
    }
    if (classes.get(node) === 2 && node.operation === 'divide') {
      const factor = b.factor ? graph.divide(a.factor ?? graph.one, b.factor) : a.factor;
      return { factor, rest: graph.divide(a.rest, b.rest) };
    }
    if (node.operation === 'negate') return { factor: a.factor, rest: graph.negate(a.rest) };
    return { factor: null, rest: graph.make(node.operation, node.args.map(whole), node.value) };
  };
  for (const node of needed(roots)) products.set(node, split(node));
  return roots.map(whole);
}

/** A sum's body belongs to its loop, whatever it depends on. */
function classesOf(roots: readonly Node[], { t, lr, state }: Given): ReadonlyMap<Node, Class> {
  const classes = new Map<Node, Class>();
  const particle = new Set(state);
  for (const node of needed([...roots, t, lr])) {
    const own: Class = node.varies || node.indices !== 0 || particle.has(node) ? 2 : node === t || node === lr ? 1 : 0;
    classes.set(node, node.args.reduce<Class>((most, arg) => Math.max(most, classes.get(arg)!) as Class, own));
  }
  return classes;
}

/**
 * Chooses what is uploaded. One after the other, coefficients are computed from what they are made of, in float32, those
 * first that need nothing new; at last only t and lr are left.
 */
function fitted(
  wanted: readonly Node[],
  most: number,
  madeOf: (node: Node) => readonly Node[],
): { readonly uploaded: readonly Node[]; readonly computed: readonly Node[] } {
  const uploaded = new Set(wanted);
  const computed: Node[] = [];
  while (uploaded.size > most) {
    const growth = (node: Node): number => madeOf(node).filter((input) => !uploaded.has(input)).length;
    const candidates = [...uploaded].filter((node) => node.args.length > 0);
    const [next] = candidates.sort((a, b) => growth(a) - growth(b) || subtracts(a) - subtracts(b));
    uploaded.delete(next);
    computed.push(next);
    for (const input of madeOf(next)) uploaded.add(input);
  }
  return { uploaded: [...uploaded], computed };
}

/** A difference loses digits in float32: such a one is uploaded rather than a product. */
const subtracts = ({ operation }: Node): number => (operation === 'add' || operation === 'subtract' ? 1 : 0);
