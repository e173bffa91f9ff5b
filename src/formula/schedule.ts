import { type Graph, type Node, needed } from './graph.ts';

/** One thing to compute: a node, or a loop that adds up the bodies of sums over the same range. */
export type Step = { readonly kind: 'node'; readonly node: Node } | Loop;

/** Sums over one range, computed together so that they share what their bodies have in common. */
export interface Loop {
  readonly kind: 'loop';
  /** Which index counts. */
  readonly level: number;
  readonly from: number;
  readonly to: number;
  readonly sums: readonly Node[];
  readonly body: readonly Step[];
}

/**
 * The order in which to compute nodes: arguments first, what does not depend on a loop's index before the loop.
 */
export function schedule(graph: Graph, roots: readonly Node[]): readonly Step[] {
  return stepsOf(graph, roots, 0, new Set());
}

/** Steps of one scope. @param open indices that are set in it; @param done nodes that were computed outside of it */
function stepsOf(graph: Graph, roots: readonly Node[], open: number, done: ReadonlySet<Node>): readonly Step[] {
  const computed = new Set(done);
  const steps: Step[] = [];
  let waiting = needed(roots, done).filter(({ indices }) => (indices & ~open) === 0);
  while (waiting.length > 0) {
    const ready: Node[] = [];
    const later: Node[] = [];
    for (const node of waiting) {
      const isReady = node.operation === 'series' ? isReadyToLoop(node, open, computed) : node.args.every((arg) => computed.has(arg));
      if (!isReady) {
        later.push(node);
      } else if (node.operation === 'series') {
        ready.push(node);
      } else {
        computed.add(node);
        steps.push({ kind: 'node', node });
      }
    }
    const [first] = ready;
    if (first) {
      const sums = ready.filter(({ value }) => value === first.value);
      const { level, from, to } = graph.ranges[first.value];
      const bodies = sums.map(({ args }) => args[0]);
      steps.push({ kind: 'loop', level, from, to, sums, body: stepsOf(graph, bodies, open | (1 << level), computed) });
      for (const sum of sums) computed.add(sum);
    }
    waiting = [...later, ...ready.filter((node) => !computed.has(node))].sort((a, b) => a.id - b.id);
  }
  return steps;
}

/** Whether everything that a sum needs from outside its loop is computed. */
function isReadyToLoop(sum: Node, open: number, computed: ReadonlySet<Node>): boolean {
  return needed(sum.args, computed).every((node) => (node.indices & ~open) !== 0);
}
