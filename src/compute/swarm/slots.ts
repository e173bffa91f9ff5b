import type { Optimizer } from '../../descent/optimizer.ts';
import type { Formula } from '../../formula/formula.ts';
import clipText from '../../../shaders/lib/clip.wgsl?raw';
import mathText from '../../../shaders/lib/math.wgsl?raw';
import rangeText from '../../../shaders/lib/range.wgsl?raw';
import surfaceText from '../../../shaders/lib/surface.wgsl?raw';
import type { Part } from '../gpu/compose.ts';

/** WGSL of each optimizer's `update`, by id: the file's name is the registry's id. */
const optimizerTexts = import.meta.glob<string>('../../../shaders/optimizers/*.wgsl', {
  query: '?raw',
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

/** Fills the surface slot: surfaceValue, surfaceGradient, surfaceValueGradient, surfaceHessian. */
export function surfacePart(formula: Formula): Part {
  return { name: `the formula ${formula.text}`, text: formula.wgsl };
}

/**
 * Fills the optimizer slot: `update`, its own or the file's, and the structs that follow from the registry's entry.
 * @throws Error when it has none of its own and shaders/optimizers has no file of its id
 */
export function optimizerParts(optimizer: Optimizer): readonly Part[] {
  const path = `../../../shaders/optimizers/${optimizer.id}.wgsl`;
  const text = optimizer.wgsl ?? optimizerTexts[path];
  if (text === undefined) {
    throw new Error(`The optimizer ${optimizer.id} has no kernel: shaders/optimizers/${optimizer.id}.wgsl is missing.`);
  }
  return [
    { name: optimizer.wgsl === undefined ? `shaders/optimizers/${optimizer.id}.wgsl` : 'the typed update', text },
    { name: `structs of ${optimizer.id}`, text: optimizerStructs(optimizer) },
  ];
}

/**
 * Fills the conditioning slot. A lane that never clips does not carry the code: on a software GPU what is not taken costs
 * as much as what is.
 */
export function conditioningPart(clips: boolean): Part {
  const body = clips ? 'clipValue(clipNorm(gradient, limits.x), limits.y)' : 'gradient';
  return {
    name: 'conditioning',
    text: `fn conditioned(gradient: vec2f, limits: vec2f) -> vec2f {\n  return ${body};\n}\n`,
  };
}

/** WGSL has no empty struct: an optimizer without state, say, carries one number that nobody reads. */
function struct(name: string, fields: readonly string[]): string {
  return `struct ${name} {\n${(fields.length > 0 ? fields : ['none']).map((field) => `  ${field}: f32,\n`).join('')}}\n`;
}

function optimizerStructs(optimizer: Optimizer): string {
  const coefficients = Object.keys(optimizer.coefficients);
  const components = ['row.x', 'row.y', 'row.z'].slice(0, Math.max(1, coefficients.length));
  const loads = optimizer.state.map((field, s) => {
    const whole = `  let v${s} = state[${s}u * params.pairs + pair];\n`;
    return `${whole}  s.px.${field} = v${s}.x; s.py.${field} = v${s}.y; s.qx.${field} = v${s}.z; s.qy.${field} = v${s}.w;\n`;
  });
  const stores = optimizer.state.map(
    (field, s) =>
      `  state[${s}u * params.pairs + pair] = vec4f(s.px.${field}, s.py.${field}, s.qx.${field}, s.qy.${field});\n`,
  );
  return [
    struct('State', optimizer.state),
    struct('Hyper', Object.keys(optimizer.constants)),
    struct('Step', coefficients),
    'struct PairState { px: State, py: State, qx: State, qy: State }\n',
    `fn stepOf(row: vec4f) -> Step {\n  return Step(${components.join(', ')});\n}\n`,
    `fn loadState(pair: u32) -> PairState {\n  var s: PairState;\n${loads.join('')}  return s;\n}\n`,
    `fn storeState(pair: u32, s: PairState) {\n${stores.join('')}}\n`,
  ].join('');
}
