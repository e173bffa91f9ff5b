import type { SwarmPlan } from '../../src/compute/contract.ts';
import { updatePart } from '../../src/compute/swarm/slots.ts';
import type { Optimizer } from '../../src/descent/optimizer.ts';

/** The optimizer, with every question that it asks the surface beside its gradient counted: a Hessian twice. */
export function counting(optimizer: Optimizer): { optimizer: Optimizer; asked: () => number } {
  let asked = 0;
  const { direction } = optimizer;
  const counted: Optimizer['direction'] = (x, y, g, state, at, hyper, t, lr, around) =>
    direction?.(x, y, g, state, at, hyper, t, lr, {
      unit: around.unit,
      gradient(u, v, out) {
        asked += 1;
        return around.gradient(u, v, out);
      },
      hessian(u, v, out) {
        asked += 2;
        around.hessian(u, v, out);
      },
    });
  return { optimizer: direction ? { ...optimizer, direction: counted } : optimizer, asked: () => asked };
}

/** The functions of a surface's slot, and the gradients that a question to each costs. */
const QUESTIONS = {
  surfaceValue: ['f32', 1],
  surfaceGradient: ['vec2f', 1],
  surfaceValueGradient: ['vec3f', 1],
  surfaceHessian: ['vec3f', 2],
} as const;

/**
 * The plan of an optimizer with a direction, with every question that its kernel asks the surface counted: they are what the tally
 * tells as asked for. For one particle and one update a dispatch: only then is nobody else's question among them.
 */
export function countingPlan(plan: SwarmPlan): SwarmPlan {
  const { optimizer, landscape } = plan;
  const { formula } = landscape;
  const names = Object.keys(QUESTIONS).join('|');
  const surface = [
    'var<private> questions: f32;',
    formula.wgsl.replaceAll(new RegExp(`\\b(${names})\\b`, 'g'), '$1Uncounted'),
    ...Object.entries(QUESTIONS).map(
      ([name, [type, cost]]) =>
        `fn ${name}(p: vec2f) -> ${type} {\n  questions += ${cost};\n  return ${name}Uncounted(p);\n}`,
    ),
  ].join('\n');
  const own = updatePart(optimizer)
    .text.replace('fn directed(', 'fn directedUncounted(')
    .replaceAll(/ = State\((.*)\);/g, ' = State($1, 0);');
  const directed = `fn directed(
  place: vec2f, g: vec2f, sx: ptr<function, State>, sy: ptr<function, State>, hyper: Hyper, step: Step, c: Conditions,
) -> vec2f {
  let before = (*sx).questions;
  let direction = directedUncounted(place, g, sx, sy, hyper, step, c);
  (*sx).questions = before + questions;
  return direction;
}
`;
  return {
    ...plan,
    landscape: { ...landscape, formula: { ...formula, wgsl: surface } },
    optimizer: {
      ...optimizer,
      state: [...optimizer.state, 'questions'],
      wgsl: own + directed,
      evaluations: { countedIn: 'questions', least: 1 },
    },
  };
}
