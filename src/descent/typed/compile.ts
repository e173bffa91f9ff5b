import { buildExpression } from '../../formula/build.ts';
import { Graph, type Node } from '../../formula/graph.ts';
import { mathmlOfAssignment, mathmlOfName } from '../../formula/mathml.ts';
import { Tape } from '../../formula/tape.ts';
import type { Hyper, Optimizer } from '../optimizer.ts';
import { type Given, hoist, MAX_COEFFICIENTS } from './hoist.ts';
import { hyperSpecs, TYPED_RATE } from './hyper.ts';
import { readRecurrences } from './read.ts';
import type { Recurrences } from './recurrences.ts';
import { updateText } from './wgsl.ts';

/** An update as a graph: the new parameter, then the new state. */
interface Update extends Given {
  readonly graph: Graph;
  readonly roots: readonly Node[];
}

/** w is the graph's x and g its y; its parameters are the hyperparameters, t, lr, and the state. */
function graphOf({ assignments, state, first, hyper }: Recurrences, whole: { at: number; length: number }): Update {
  const graph = new Graph();
  const given: Given = {
    hyper: hyper.map((_, k) => graph.parameter(k)),
    t: graph.parameter(hyper.length),
    lr: graph.parameter(hyper.length + 1),
    state: state.map((_, k) => graph.parameter(hyper.length + 2 + k)),
  };
  const values = new Map<string, Node>([
    ['w', graph.x],
    ['g', graph.y],
    ['t', given.t],
    ['lr', given.lr],
    ...hyper.map(({ name }, k) => [name, given.hyper[k]] as const),
  ]);
  const isFirst = graph.choose(graph.one, given.t, graph.one, graph.zero);
  for (const [k, name] of state.entries()) {
    const start = first.get(name);
    const before = given.state[k];
    const value = start && graph.choose(isFirst, graph.one, buildExpression(graph, start.node, values, whole), before);
    values.set(name, value ?? before);
  }
  for (const { name, node } of assignments) {
    values.set(name, buildExpression(graph, node, values, whole));
  }
  return { ...given, graph, roots: ['w', ...state].map((name) => values.get(name)!) };
}

/** Numbers that all particles share, computed once for each update. */
class Shared {
  readonly #tape: Tape;
  readonly #inputs: Float64Array;
  #hyper: Hyper | null = null;
  #t = Number.NaN;
  #lr = Number.NaN;

  constructor(
    graph: Graph,
    readonly nodes: readonly Node[],
    private readonly names: readonly string[],
  ) {
    this.#tape = new Tape(graph, [...nodes, graph.zero], names.length + 2);
    this.#inputs = new Float64Array(names.length + 2);
  }

  /** Number k, for the update t at the learning rate lr. */
  at(k: number, hyper: Hyper, t: number, lr: number): number {
    if (hyper !== this.#hyper || t !== this.#t || lr !== this.#lr) {
      this.#hyper = hyper;
      this.#t = t;
      this.#lr = lr;
      for (const [i, name] of this.names.entries()) this.#inputs[i] = hyper[name];
      this.#inputs[this.names.length] = t;
      this.#inputs[this.names.length + 1] = lr;
      this.#tape.run(0, 0, this.#inputs);
    }
    return this.#tape.registers[this.#tape.roots[k]];
  }
}

const record = <T>(prefix: string, count: number, entry: (k: number) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(Array.from({ length: count }, (_, k) => [`${prefix}${k}`, entry(k)]));

/**
 * Compiles an optimizer that was typed as recurrences, elementwise:
 *
 *     b = 0.9 in [0, 1]
 *     m = b*m + (1 - b)*g
 *     w = w - lr*m/(1 - b^t)
 *
 * `w g t lr` are given: the parameter, its gradient, the update's number 1, 2, …, and the scheduled learning rate. A name
 * that is read before it is assigned is state, 0 at first or as `init m = …` says; one that is assigned first is a
 * temporary; every other is a hyperparameter, whose default and range may be declared. Functions and operators are those
 * of formulas.
 *
 * What depends on hyperparameters alone, or on t and lr as well, is computed in float64 for all particles together, also
 * for the kernel, whose rows hold MAX_COEFFICIENTS of the latter kind: where an update has more, the kernel computes the
 * cheapest in float32 from the others, from t and from lr.
 * @throws FormulaError with the place in the text
 */
export function compileRecurrences(text: string): Optimizer {
  const read = readRecurrences(text);
  const { state, assignments } = read;
  const update = graphOf(read, { at: 0, length: text.length });
  const { graph, roots } = update;
  const names = read.hyper.map(({ name }) => name);

  const exact = hoist(graph, roots, update);
  const shared = new Shared(graph, [...exact.constants, ...exact.coefficients], names);
  const count = shared.nodes.length;
  const inputs = new Float64Array(count + state.length);
  const tape = new Tape(graph, exact.roots, inputs.length);

  const kernel = hoist(graph, roots, update, MAX_COEFFICIENTS);
  const constants = new Shared(graph, kernel.constants, names);
  const coefficients = new Shared(graph, kernel.coefficients, names);
  const symbols = ['g', ...state].map(mathmlOfName);
  let wgsl: string | undefined;

  return {
    id: 'update',
    name: 'Your own',
    hyper: hyperSpecs(read),
    suggestedLearningRate: read.rate?.default ?? TYPED_RATE,
    // Not the names themselves, which may mean something in WGSL.
    state: state.map((_, k) => `s${k}`),
    constants: record('h', kernel.constants.length, (k) => (hyper) => constants.at(k, hyper, 0, 0)),
    coefficients: record('c', kernel.coefficients.length, (k) => (hyper, t, lr) => coefficients.at(k, hyper, t, lr)),
    update(w, g, memory, at, hyper, t, lr) {
      for (let k = 0; k < count; k += 1) inputs[k] = shared.at(k, hyper, t, lr);
      for (let k = 0; k < state.length; k += 1) inputs[count + k] = memory[at + k];
      const next = tape.run(w, g, inputs);
      for (let k = 0; k < state.length; k += 1) memory[at + k] = tape.registers[tape.roots[k + 1]];
      return next;
    },
    terms(w, g, memory, at, _hyper, _t, _lr, next) {
      const values = [g, ...memory.subarray(at, at + state.length)];
      const shown = values.map((value, k) => ({ symbol: symbols[k], value }));
      return [...shown, { symbol: STEP, value: next - w }];
    },
    rule: assignments.map(({ name, node }) => mathmlOfAssignment(name, node)),
    summary: 'An update of your own.',
    source: 'Typed.',
    text,
    get wgsl() {
      wgsl ??= updateText(graph, kernel, state.length);
      return wgsl;
    },
  };
}

/** Δw */
const STEP = '<math><mrow><mi>Δ</mi><mi>w</mi></mrow></math>';
