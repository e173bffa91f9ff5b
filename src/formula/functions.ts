import type { Graph, Node } from './graph.ts';

/** Names of the functions of one number: those of the language, then those that only rewrites use. */
export type FunctionName =
  | 'sin'
  | 'cos'
  | 'tan'
  | 'asin'
  | 'acos'
  | 'atan'
  | 'sinh'
  | 'cosh'
  | 'tanh'
  | 'exp'
  | 'log'
  | 'sqrt'
  | 'abs'
  | 'sign'
  | 'floor'
  | 'sech2'
  | 'logistic'
  | 'sinTurn'
  | 'cosTurn';

/** Error of a WGSL function: at most relative·|value| + absolute, in units of u = 2⁻²⁴, for arguments up to `within` in size. */
export interface Accuracy {
  readonly relative: number;
  readonly absolute: number;
  readonly within: number;
}

/** What holds for every argument. */
const ANY = Number.POSITIVE_INFINITY;

/**
 * A function of one number: one entry says all that is known of it. `accuracy` is that of `wgsl`, the
 * function's name in shaders/lib/math.wgsl or in WGSL itself.
 */
export interface ElementaryFunction {
  readonly name: FunctionName;
  /** False for those that only rewrites use. */
  readonly written: boolean;
  readonly value: (u: number) => number;
  /** The derivative at `u`; `self` is the function's own value there. */
  readonly slope: (graph: Graph, u: Node, self: Node) => Node;
  readonly wgsl: string;
  readonly accuracy: Accuracy;
}

const TURN = 2 * Math.PI;

/** sech², which stays exact where 1 - tanh² would be 0. */
function sech2(u: number): number {
  const e = Math.exp(-2 * Math.abs(u));
  return (4 * e) / ((1 + e) * (1 + e));
}

/** The fractional part in [-1/2, 1/2], exact. */
const turn = (u: number): number => u - Math.round(u);

/** All functions of one number, by name. */
export const functions: readonly ElementaryFunction[] = [
  {
    name: 'sin',
    written: true,
    value: Math.sin,
    slope: (graph, u) => graph.apply('cos', u),
    wgsl: 'sinOf',
    accuracy: { relative: 3, absolute: 5, within: 1e4 },
  },
  {
    name: 'cos',
    written: true,
    value: Math.cos,
    slope: (graph, u) => graph.negate(graph.apply('sin', u)),
    wgsl: 'cosOf',
    accuracy: { relative: 3, absolute: 5, within: 1e4 },
  },
  {
    name: 'tan',
    written: true,
    value: Math.tan,
    slope: (graph, _u, self) => graph.add(graph.power(self, 2), graph.one),
    wgsl: 'tanOf',
    accuracy: { relative: 10, absolute: 0, within: 1e3 },
  },
  {
    name: 'asin',
    written: true,
    value: Math.asin,
    slope: (graph, u) => graph.divide(graph.one, cosOfArc(graph, u)),
    wgsl: 'asinOf',
    accuracy: { relative: 8, absolute: 0, within: ANY },
  },
  {
    name: 'acos',
    written: true,
    value: Math.acos,
    slope: (graph, u) => graph.negate(graph.divide(graph.one, cosOfArc(graph, u))),
    wgsl: 'acosOf',
    accuracy: { relative: 8, absolute: 0, within: ANY },
  },
  {
    name: 'atan',
    written: true,
    value: Math.atan,
    slope: (graph, u) => graph.divide(graph.one, graph.add(graph.power(u, 2), graph.one)),
    wgsl: 'atanOf',
    accuracy: { relative: 6, absolute: 0, within: ANY },
  },
  {
    name: 'sinh',
    written: true,
    value: Math.sinh,
    slope: (graph, u) => graph.apply('cosh', u),
    wgsl: 'sinhOf',
    accuracy: { relative: 12, absolute: 0, within: ANY },
  },
  {
    name: 'cosh',
    written: true,
    value: Math.cosh,
    slope: (graph, u) => graph.apply('sinh', u),
    wgsl: 'coshOf',
    accuracy: { relative: 12, absolute: 0, within: ANY },
  },
  {
    name: 'tanh',
    written: true,
    value: Math.tanh,
    slope: (graph, u) => graph.apply('sech2', u),
    wgsl: 'tanhOf',
    accuracy: { relative: 12, absolute: 0, within: ANY },
  },
  {
    name: 'exp',
    written: true,
    value: Math.exp,
    slope: (_graph, _u, self) => self,
    wgsl: 'expOf',
    accuracy: { relative: 4, absolute: 0, within: ANY },
  },
  {
    name: 'log',
    written: true,
    value: Math.log,
    slope: (graph, u) => graph.divide(graph.one, u),
    wgsl: 'logOf',
    accuracy: { relative: 6, absolute: 0, within: ANY },
  },
  {
    name: 'sqrt',
    written: true,
    value: Math.sqrt,
    slope: (graph, _u, self) => graph.scale(0.5, graph.divide(graph.one, self)),
    wgsl: 'sqrtOf',
    accuracy: { relative: 9, absolute: 0, within: ANY },
  },
  {
    name: 'abs',
    written: true,
    value: Math.abs,
    slope: (graph, u) => graph.apply('sign', u),
    wgsl: 'abs',
    accuracy: { relative: 0, absolute: 0, within: ANY },
  },
  {
    name: 'sign',
    written: true,
    value: Math.sign,
    slope: (graph) => graph.zero,
    wgsl: 'sign',
    accuracy: { relative: 0, absolute: 0, within: ANY },
  },
  {
    name: 'floor',
    written: true,
    value: Math.floor,
    slope: (graph) => graph.zero,
    wgsl: 'floor',
    accuracy: { relative: 0, absolute: 0, within: ANY },
  },
  {
    name: 'sech2',
    written: false,
    value: sech2,
    slope: (graph, u, self) => graph.scale(-2, graph.multiply(self, graph.apply('tanh', u))),
    wgsl: 'sech2Of',
    accuracy: { relative: 22, absolute: 0, within: ANY },
  },
  {
    name: 'logistic',
    written: false,
    value: (u) => 1 / (1 + Math.exp(-u)),
    slope: (graph, u) => graph.scale(0.25, graph.apply('sech2', graph.scale(0.5, u))),
    wgsl: 'logisticOf',
    accuracy: { relative: 12, absolute: 0, within: ANY },
  },
  {
    // sin(2πu).
    name: 'sinTurn',
    written: false,
    value: (u) => Math.sin(TURN * turn(u)),
    slope: (graph, u) => graph.scale(TURN, graph.apply('cosTurn', u)),
    wgsl: 'sinTurn',
    accuracy: { relative: 3, absolute: 2, within: 2 ** 22 },
  },
  {
    // cos(2πu).
    name: 'cosTurn',
    written: false,
    value: (u) => Math.cos(TURN * turn(u)),
    slope: (graph, u) => graph.scale(-TURN, graph.apply('sinTurn', u)),
    wgsl: 'cosTurn',
    accuracy: { relative: 3, absolute: 2, within: 2 ** 22 },
  },
];

/** The functions by name. */
export const functionsByName: ReadonlyMap<string, ElementaryFunction> = new Map(
  functions.map((entry) => [entry.name, entry]),
);

/** sqrt(1 - u²). */
function cosOfArc(graph: Graph, u: Node): Node {
  return graph.apply('sqrt', graph.subtract(graph.one, graph.power(u, 2)));
}
