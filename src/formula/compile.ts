import { build, type Tables } from './build.ts';
import { Along, gradientOf } from './differentiate.ts';
import { FormulaError } from './error.ts';
import type { Formula } from './formula.ts';
import { Graph } from './graph.ts';
import { mathmlOf } from './mathml.ts';
import { parse } from './parse.ts';
import { Rounding } from './rounding.ts';
import { Tape } from './tape.ts';
import { wgslOf } from './wgsl.ts';
import { CONSTANTS, FUNCTION_ARITY } from './words.ts';

/** What a formula's text leaves open. */
export interface FormulaOptions {
  /** Names of numbers that are given with each evaluation; at most 16. */
  readonly parameters?: readonly string[];
  /** Coefficient arrays by name, which the formula indexes as in A[1]. */
  readonly tables?: Tables;
}

/** The kernels' uniform has room for so many. */
export const MAX_PARAMETERS = 16;

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Refuses names of parameters and tables that mean something else. */
function expectNames(parameters: readonly string[], tables: readonly string[]): void {
  if (parameters.length > MAX_PARAMETERS) {
    throw new FormulaError(`${parameters.length} parameters are too many; ${MAX_PARAMETERS} are the most.`, 0, 0);
  }
  const seen = new Set<string>();
  for (const name of [...parameters, ...tables]) {
    if (!NAME.test(name)) {
      throw new FormulaError(`“${name}” cannot be a name; use letters, digits and _, a letter first.`, 0, 0);
    }
    if (name === 'x' || name === 'y' || CONSTANTS.has(name) || FUNCTION_ARITY.has(name) || seen.has(name)) {
      throw new FormulaError(`“${name}” has a meaning already and cannot be a parameter; choose another name.`, 0, 0);
    }
    seen.add(name);
  }
}

/** Computes on first use and remembers. */
function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/**
 * Compiles a formula: text to exact first and second derivatives as float64 functions, WGSL and MathML. Names other than x,
 * y, pi, e, functions, assigned names and the given parameters and tables are errors.
 * @throws FormulaError with the place in the text
 */
export function compileFormula(text: string, options: FormulaOptions = {}): Formula {
  const parameters = [...(options.parameters ?? [])];
  const tables = options.tables ?? {};
  expectNames(parameters, Object.keys(tables));
  const statements = parse(text, parameters, Object.keys(tables));
  const graph = new Graph();
  const value = build(graph, statements, parameters, tables, { at: 0, length: text.length });
  const along = [new Along(graph, graph.x), new Along(graph, graph.y)] as const;
  const gradient = gradientOf(graph, value, along);

  const hessianNodes = lazily(() => [along[0].of(gradient[0]), along[1].of(gradient[0]), along[1].of(gradient[1])] as const);
  const valueTape = new Tape(graph, [value], parameters.length);
  const gradientTape = new Tape(graph, [value, ...gradient], parameters.length);
  const { registers } = gradientTape;
  const [, alongX, alongY] = gradientTape.roots;
  const hessianTape = lazily(() => new Tape(graph, hessianNodes(), parameters.length));
  const rounding = lazily(() => new Rounding(graph, [value, ...gradient]));
  const hessianRounding = lazily(() => new Rounding(graph, hessianNodes()));
  const wgsl = lazily(() => wgslOf(graph, { value, gradient, hessian: hessianNodes() }, parameters));
  const mathml = lazily(() => mathmlOf(statements));

  return {
    text,
    parameters,
    value: (x, y, numbers) => valueTape.run(x, y, numbers),
    gradient(x, y, numbers, out) {
      const result = gradientTape.run(x, y, numbers);
      out[0] = registers[alongX];
      out[1] = registers[alongY];
      return result;
    },
    hessian(x, y, numbers, out) {
      const tape = hessianTape();
      tape.run(x, y, numbers);
      for (const [k, root] of tape.roots.entries()) out[k] = tape.registers[root];
    },
    rounding: (x, y, numbers, out) => rounding().run(x, y, numbers, out),
    hessianRounding: (x, y, numbers, out) => hessianRounding().run(x, y, numbers, out),
    get wgsl() {
      return wgsl();
    },
    get mathml() {
      return mathml();
    },
  };
}
