import { type Graph, type Node, needed } from '../../formula/graph.ts';
import { computationOf } from '../../formula/wgsl.ts';
import type { Hoisted } from './hoist.ts';

/** Arguments whose NaN the sign would hide: a shader's sign() may make anything of it. */
function signed(roots: readonly Node[]): readonly Node[] {
  return needed(roots).flatMap(({ operation, args }) => (operation === 'sign' ? args : []));
}

/**
 * `update` in WGSL, without branches, which a shader compiler would make of `||`. A gradient, a state or an argument of sign() that is no number takes the particle out of the number
 * range, and so does a gradient or a state beyond float32: by the bits, since a compiler may assume that there is none.
 */
export function updateText(graph: Graph, { constants, coefficients, roots }: Hoisted, state: number): string {
  const leaves = [
    ...constants.map((_, k) => `hyper.h${k}`),
    ...coefficients.map((_, k) => `step.c${k}`),
    ...Array.from({ length: state }, (_, k) => `(*state).s${k}`),
  ];
  const hidden = signed(roots);
  const { text, results } = computationOf(graph, [...roots, ...hidden], { x: 'w', y: 'g', parameter: (k) => leaves[k] });
  const [next, ...others] = results;
  const stored = others.slice(0, state);
  const kept = stored.map((_, k) => `n${k}`);
  const beyond = ['g', ...kept].map((value) => `((bitcast<u32>(${value}) & 0x7fffffffu) >= 0x7f800000u)`);
  const none = others.slice(state).map((value) => `isNotANumber(${value})`);
  return [
    'fn update(w: f32, g: f32, state: ptr<function, State>, hyper: Hyper, step: Step) -> f32 {\n',
    text,
    ...stored.map((value, k) => `  let ${kept[k]} = ${value};\n`),
    `  let next = ${next};\n`,
    ...kept.map((name, k) => `  (*state).s${k} = ${name};\n`),
    `  return select(next, infinity(), ${[...beyond, ...none].join(' | ')});\n`,
    '}\n',
  ].join('');
}
