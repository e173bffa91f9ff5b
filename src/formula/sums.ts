import { type Graph, type Node, needed, type Range, valueFrom } from './graph.ts';

/** What a sum may cost to be written out: products and sums count 1. */
const WRITTEN_OUT = 400;

/** What a function costs beside a product: it is a polynomial of that many terms. */
const FUNCTION_COST = 12;

const COSTS: ReadonlyMap<string, number> = new Map([
  ['add', 1],
  ['subtract', 1],
  ['negate', 1],
  ['multiply', 1],
  ['divide', 4],
  ['power', 3],
  ['min', 1],
  ['max', 1],
  ['choose', 1],
  ['index', 0],
  ['element', 1],
]);

/** Cost of what a node computes from the given indices. */
function costOf(graph: Graph, root: Node, indices: number): number {
  let cost = 0;
  const open = [root];
  const seen = new Set<Node>();
  while (open.length > 0) {
    const node = open.pop()!;
    if (seen.has(node) || (node.indices & indices) === 0) continue;
    seen.add(node);
    if (node.operation === 'series') {
      const { level, from, to } = graph.ranges[node.value];
      cost += (to - from + 1) * costOf(graph, node.args[0], indices | (1 << level));
    } else {
      cost += COSTS.get(node.operation) ?? FUNCTION_COST;
      open.push(...node.args);
    }
  }
  return cost;
}

/** Whether a sum is better computed in a loop than written out: a compiler takes long over thousands of terms. */
export function isLong(graph: Graph, { level, from, to }: Range, body: Node): boolean {
  return (to - from + 1) * costOf(graph, body, 1 << level) > WRITTEN_OUT;
}

/** Every value that a node takes while the given ranges, one a level, are counted through; it depends on nothing else. */
export function valuesOver(root: Node, ranges: readonly Range[]): readonly number[] {
  const counted = ranges.filter(({ level }) => (root.indices & (1 << level)) !== 0);
  const nodes = needed([root]);
  const values = new Map<Node, number>();
  const indices: number[] = [];
  const found: number[] = [];
  const count = (k: number): void => {
    if (k === counted.length) {
      for (const node of nodes) values.set(node, valueAt(node));
      found.push(values.get(root)!);
      return;
    }
    const { level, from, to } = counted[k];
    for (let i = from; i <= to; i++) {
      indices[level] = i;
      count(k + 1);
    }
  };
  const valueAt = (node: Node): number => {
    if (node.operation === 'constant') return node.value;
    if (node.operation === 'index') return indices[node.value];
    return valueFrom(node, node.args.map((arg) => values.get(arg)!));
  };
  count(0);
  return found;
}
