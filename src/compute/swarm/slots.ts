import type { Optimizer } from '../../descent/optimizer.ts';
import type { Formula } from '../../formula/formula.ts';
import clipText from '../../../shaders/lib/clip.wgsl';
import conditionsText from '../../../shaders/lib/conditions.wgsl';
import guardText from '../../../shaders/lib/guard.wgsl';
import mathText from '../../../shaders/lib/math.wgsl';
import noiseText from '../../../shaders/lib/noise.wgsl';
import randomText from '../../../shaders/lib/random.wgsl';
import rangeText from '../../../shaders/lib/range.wgsl';
import searchText from '../../../shaders/lib/search.wgsl';
import surfaceText from '../../../shaders/lib/surface.wgsl';
import type { SwarmPlan } from '../contract.ts';
import type { Part } from '../gpu/compose.ts';
import type { Crew } from './crew.ts';
import { crewPart } from './crew-part.ts';
import { stepFields } from './step-fields.ts';

/** WGSL of each optimizer's `update`, by id: the file's name is the registry's id. */
const optimizerTexts = import.meta.glob<string>('../../../shaders/optimizers/*.wgsl', {
  import: 'default',
  eager: true,
});

/** Library functions that kernels, surfaces and optimizers may call. */
export const libraryParts: readonly Part[] = [
  { name: 'shaders/lib/math.wgsl', text: mathText },
  { name: 'shaders/lib/clip.wgsl', text: clipText },
  { name: 'shaders/lib/range.wgsl', text: rangeText },
  { name: 'shaders/lib/surface.wgsl', text: surfaceText },
];

/** Fills the surface slot: surfaceValue, surfaceGradient, surfaceValueGradient, surfaceHessian, and the rows of its parameters. */
export function surfaceParts(formula: Formula): readonly Part[] {
  const rows = Math.max(1, Math.ceil(formula.parameters.length / 4));
  return [
    { name: 'rows of parameters', text: `const SURFACE_ROWS = ${rows};` },
    { name: `the formula ${formula.text}`, text: formula.wgsl },
  ];
}

/**
 * Fills the optimizer slot: `update` and `directed`, its own or the file's, and the structs that follow from the registry's entry.
 * @throws Error when it has none of its own and shaders/optimizers has no file of its id
 */
export function optimizerParts(optimizer: Optimizer): readonly Part[] {
  const { base } = optimizer;
  return [
    { name: 'shaders/lib/conditions.wgsl', text: conditionsText },
    optimizer.direction
      ? { name: 'shaders/lib/search.wgsl', text: searchText }
      : { name: 'no direction', text: UNDIRECTED },
    ...(base ? [updatePart(base)] : []),
    updatePart(optimizer),
    { name: `structs of ${optimizer.id}`, text: optimizerStructs(optimizer) },
  ];
}

/**
 * The kernel's text of an optimizer: its own, or the file of its id.
 * @throws Error for neither
 */
export function updatePart({ id, wgsl }: Optimizer): Part {
  if (wgsl !== undefined) {
    return { name: 'the typed update', text: wgsl };
  }
  const text = optimizerTexts[`../../../shaders/optimizers/${id}.wgsl`];
  if (text === undefined) {
    throw new Error(`The optimizer ${id} has no kernel: shaders/optimizers/${id}.wgsl is missing.`);
  }
  return { name: `shaders/optimizers/${id}.wgsl`, text };
}

/**
 * Fills the conditioning slot. A lane that never clips does not carry the code: on a software GPU what is not taken costs
 * as much as what is.
 */
export function conditioningPart({ clips, noisy }: Pick<SwarmPlan, 'clips' | 'noisy'>): Part {
  const noise = noisy ? '  g = noised(g, c, ask);\n' : '';
  const clip = clips ? '  g = clipValue(clipNorm(normalized(g, c.limits.z), c.limits.x), c.limits.y);\n' : '';
  const head = 'fn conditioned(gradient: vec2f, c: Conditions, ask: u32) -> vec2f {\n  var g = gradient;\n';
  return { name: 'conditioning', text: `${head}${noise}${clip}  return g;\n}\n` };
}

/** Fills the slot of weight decay as a term of the gradient, which is left out likewise where it is 0. */
export function decayPart(decays: boolean): Part {
  const sum = decays ? 'g + rate * w' : 'g';
  return { name: 'weight decay', text: `fn decayed(g: f32, w: f32, rate: f32) -> f32 {\n  return ${sum};\n}\n` };
}

/** A particle's memory beside the optimizer's state at the good place. */
const MEMORY = ['average', 'good', 'merit', 'trial', 'since'] as const;

/** Variables of a particle in the state buffer: the optimizer's, and where a plan guards runs what is remembered. */
export function stateVariables({ optimizer, guards }: SwarmPlan): number {
  const own = optimizer.state.length;
  return guards ? 2 * own + MEMORY.length : own;
}

/** The variable of the state buffer that holds the averages of places. */
export const averageVariable = ({ optimizer }: SwarmPlan): number => optimizer.state.length;

const UNGUARDED = `struct Memory { none: f32 }
fn loadMemory(particle: u32) -> Memory { return Memory(); }
fn storeMemory(particle: u32, m: Memory) {}
fn guardedStep(
  m: ptr<function, Memory>, place: vec2f, sx: ptr<function, State>, sy: ptr<function, State>,
  hyper: Hyper, step: Step, c: Conditions, rules: Rules, first: bool,
) -> vec2f {
  return stepped(place, sx, sy, hyper, step, c);
}
`;

/** A function that loads a struct from the state's variables, and one that stores it, part by part. */
function packing(
  name: string,
  struct: string,
  fields: readonly { readonly at: number; readonly x: string; readonly y?: string }[],
): string {
  const element = (at: number) => `state[${at}u * params.room + particle]`;
  const loads = fields.map(({ at, x, y }) =>
    y === undefined
      ? `  s.${x} = ${element(at)};\n`
      : `  let v${at} = ${element(at)};\n  s.${x} = v${at}.x;\n  s.${y} = v${at}.y;\n`,
  );
  const stores = fields.map(
    ({ at, x, y }) => `  ${element(at)} = ${y === undefined ? `s.${x}` : `vec2f(s.${x}, s.${y})`};\n`,
  );
  return [
    `fn load${name}(particle: u32) -> ${struct} {\n  var s: ${struct};\n${loads.join('')}  return s;\n}\n`,
    `fn store${name}(particle: u32, s: ${struct}) {\n${stores.join('')}}\n`,
  ].join('');
}

/** Fills the guard's slot likewise. */
function guardParts({ optimizer, guards }: SwarmPlan): readonly Part[] {
  if (!guards) {
    return [{ name: 'no guard', text: UNGUARDED }];
  }
  const own = optimizer.state.length;
  const fields = [
    ...MEMORY.map((field, k) => ({ at: own + k, x: field })),
    ...optimizer.state.map((field, s) => ({ at: own + MEMORY.length + s, x: `keptX.${field}`, y: `keptY.${field}` })),
  ];
  return [
    { name: 'shaders/lib/guard.wgsl', text: guardText },
    { name: 'packing of memories', text: packing('Memory', 'Memory', fields) },
  ];
}

const UNDIRECTED = `fn directed(
  place: vec2f, g: vec2f, sx: ptr<function, State>, sy: ptr<function, State>, hyper: Hyper, step: Step, c: Conditions,
) -> vec2f {
  return g;
}
`;

/** Everything that descend.wgsl leaves open, for a plan and a layout. */
export function descendParts(plan: SwarmPlan, crew: Crew): readonly Part[] {
  return [
    crewPart(plan.optimizer, crew),
    ...surfaceParts(plan.landscape.formula),
    ...optimizerParts(plan.optimizer),
    ...(plan.noisy
      ? [
          { name: 'shaders/lib/random.wgsl', text: randomText },
          { name: 'shaders/lib/noise.wgsl', text: noiseText },
        ]
      : []),
    conditioningPart(plan),
    decayPart(crew.decays),
    ...guardParts(plan),
  ];
}

/** WGSL has no empty struct: an optimizer without state, say, carries one number that nobody reads. */
function struct(name: string, fields: readonly string[]): string {
  return `struct ${name} {\n${(fields.length > 0 ? fields : ['none']).map((field) => `  ${field}: f32,\n`).join('')}}\n`;
}

/** An optimizer's divisor in the state of a parameter. */
function divisorText({ divisor }: Optimizer): string {
  return `fn divisor(s: State) -> f32 {\n  return ${divisor === undefined ? '0' : `s.${divisor}`};\n}\n`;
}

function optimizerStructs(optimizer: Optimizer): string {
  const components = ['row.x', 'row.y', 'row.z'].slice(0, stepFields(optimizer));
  return [
    struct('State', optimizer.state),
    struct('Hyper', Object.keys(optimizer.constants)),
    struct('Step', Object.keys(optimizer.coefficients)),
    divisorText(optimizer),
    `fn stepOf(row: vec4f) -> Step {\n  return Step(${components.join(', ')});\n}\n`,
    'struct Both { x: State, y: State }\n',
    packing(
      'State',
      'Both',
      optimizer.state.map((field, at) => ({ at, x: `x.${field}`, y: `y.${field}` })),
    ),
  ].join('');
}
