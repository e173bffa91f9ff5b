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
 * @param most coefficients at most; where the update has more, some are computed in it from others, from t and from lr
 */
export function hoist(graph: Graph, roots: readonly Node[], given: Given, most = Number.POSITIVE_INFINITY): Hoisted {
  const classes = classesOf(roots, given);
  const classOf = (node: Node): Class => classes.get(node)!;
  const inputs = (used: readonly Node[], kind: Class): Node[] =>
    [...new Set(used)].filter((node) => classOf(node) === kind && node.operation !== 'constant');

  const varying = needed(roots).filter((node) => classOf(node) === 2);
  const used = [...varying.flatMap(({ args }) => args), ...roots];
  const { uploaded, computed } = fitted(inputs(used, 1), most, (node) => inputs(node.args, 1));
  const constants = inputs([...used, ...computed.flatMap(({ args }) => args)], 0);

  const images = new Map<Node, Node>();
  for (const [k, node] of [...constants, ...uploaded, ...given.state].entries()) images.set(node, graph.parameter(k));
  const inOrder = [...varying, ...computed].sort((a, b) => a.id - b.id);
  for (const node of inOrder) {
    if (!images.has(node)) {
      images.set(node, graph.make(node.operation, node.args.map((arg) => images.get(arg) ?? arg), node.value));
    }
  }
  return { constants, coefficients: uploaded, roots: roots.map((root) => images.get(root) ?? root) };
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
