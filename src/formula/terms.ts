import { type Graph, is, isConstant, type Node } from './graph.ts';

/**
 * coefficient · node: what derivatives are put together from. Numbers stay apart from what varies, so that they combine
 * at compile time and what varies is shared.
 */
export interface Term {
  readonly coefficient: number;
  readonly node: Node;
}

/** A node with its number taken out. */
export function termOf(graph: Graph, node: Node): Term {
  if (isConstant(node)) return { coefficient: node.value, node: graph.one };
  if (node.operation === 'negate') return { coefficient: -1, node: node.args[0] };
  if (node.operation === 'multiply' && isConstant(node.args[0])) {
    return { coefficient: node.args[0].value, node: node.args[1] };
  }
  return { coefficient: 1, node };
}

/** A structural zero: there is no such term, whatever it would be multiplied with. */
export function isNothing({ coefficient }: Term): boolean {
  return coefficient === 0;
}

/** The product of a term with a derivative known beforehand. */
export function times(graph: Graph, a: Term, b: Term): Term {
  const coefficient = a.coefficient * b.coefficient;
  if (is(a.node, 1)) return { coefficient, node: b.node };
  if (is(b.node, 1)) return { coefficient, node: a.node };
  return { coefficient, node: graph.multiply(a.node, b.node) };
}

/**
 * The sum of terms as one node. Terms with the same size of coefficient are added first and multiplied once.
 */
export function sumOf(graph: Graph, terms: readonly Term[]): Node {
  const merged = new Map<Node, number>();
  for (const { coefficient, node } of terms) {
    if (coefficient !== 0) merged.set(node, (merged.get(node) ?? 0) + coefficient);
  }
  const groups = new Map<number, { readonly coefficient: number; node: Node }>();
  for (const [node, coefficient] of merged) {
    const group = groups.get(Math.abs(coefficient));
    if (coefficient === 0) continue;
    if (!group) groups.set(Math.abs(coefficient), { coefficient, node });
    else group.node = coefficient === group.coefficient ? graph.add(group.node, node) : graph.subtract(group.node, node);
  }
  let sum = graph.zero;
  for (const { coefficient, node } of groups.values()) {
    sum = graph.add(sum, graph.scale(coefficient, node));
  }
  return sum;
}
