import type { Optimizer } from '../../descent/optimizer.ts';
import type { Formula } from '../../formula/formula.ts';
import type { SwarmPlan } from '../contract.ts';
import type { Part } from '../gpu/compose.ts';

/**
 * How the descend kernel is laid out: who walks together in a thread, and how the updates of a dispatch follow each other.
 * The numbers of a run are the same for all of them.
 */
export interface Crew {
  /** Particles of a thread: 1, 2, 4 or 8. */
  readonly size: number;
  /** Updates that are written out one after the other, so many a dispatch; null for a loop over as many as it asks for. */
  readonly stride: number | null;
  /** Floats that an update's Step takes in the table of rows of four: 1, 2 or 4. */
  readonly width: number;
  /** Whether the code of weight decay is there. */
  readonly decays: boolean;
}

/** Updates of a stride: so many that reading and saving a particle is little beside them. */
export const STRIDE = 64;

/** Numbers of an optimizer's struct Step. */
export const stepFields = ({ coefficients }: Optimizer): number => Math.max(1, Object.keys(coefficients).length);

/** Characters of a gradient's text in WGSL: near enough to what it costs to compute and to compile. */
function gradientText({ wgsl }: Formula): number {
  const from = wgsl.indexOf('fn surfaceGradient');
  return wgsl.indexOf('\n}\n', from) - from;
}

/** Whether an update is little more than its gradient: no search, no noise, and nothing that guards the run. */
const isPlain = ({ optimizer, noisy, guards }: SwarmPlan): boolean => !optimizer.direction && !noisy && !guards;

/**
 * Any number of updates a dispatch. A graphics card hides latency behind other threads, so that each has one particle; a software
 * GPU behind the particles of its own thread, which also share what a turn of the loop costs, as far as they compile quickly.
 */
export function loopCrew(plan: SwarmPlan, software: boolean): Crew {
  const text = gradientText(plan.landscape.formula);
  const size = !software
    ? 1
    : text > 2400
      ? 2
      : text <= 600 && isPlain(plan) && plan.optimizer.state.length <= 2
        ? 8
        : 4;
  return { size, stride: null, width: 4, decays: true };
}

/**
 * Whole strides: on a software GPU more than twice as fast as the loop, which looks up the row of each update at a place that it
 * must first compute, but a second to compile. Each row is read whole, with a look at its bounds a number, which costs as much as
 * an update: so rows are full. Null where it would take longer to compile.
 */
export function strideCrew(plan: SwarmPlan, decays: boolean): Crew | null {
  const text = gradientText(plan.landscape.formula);
  const fields = stepFields(plan.optimizer);
  return isPlain(plan) && text <= 400 ? { size: 2, stride: STRIDE, width: fields === 3 ? 4 : fields, decays } : null;
}

const NAMES = [...'abcdefgh'];

/**
 * Fills the slots of descend.wgsl that depend on the crew: CREW; `stepAt`, an update's Step from the table; and `walkAll`, which
 * returns a bit for each that may have left.
 */
export function crewPart(optimizer: Optimizer, { size, stride, width }: Crew): Part {
  const perRow = 4 / width;
  const stepIn = (row: string, at: (field: number) => string): string =>
    `Step(${Array.from({ length: stepFields(optimizer) }, (_, field) => row + at(field)).join(', ')})`;
  const crew = NAMES.slice(0, size);
  const each = (line: (name: string, q: number) => string): string =>
    crew.map((name, q) => `  ${line(name, q)}\n`).join('');
  const pointers = crew.map((name) => `${name}: ptr<function, Walker>`).join(', ');
  const turn = (step: string, k: string) =>
    `turn(${crew.map((name) => `&${name}`).join(', ')}, dispatch, ${step}, ${k});\n`;
  const loop = `  var k = 0u;\n  loop {\n    ${turn('stepAt(k)', 'k')}    k += 1u;\n    continuing {\n      break if k >= dispatch.updates;\n    }\n  }\n`;
  // At places that the text names: a component looked up by a number is picked from all four.
  const written = (k: number): string => {
    const row = `row${Math.floor(k / perRow)}`;
    const read = k % perRow === 0 ? `  let ${row} = params.rows[${k / perRow}];\n` : '';
    return `${read}  ${turn(
      stepIn(row, (field) => `.${'xyzw'[(k % perRow) * width + field]}`),
      `${k}u`,
    )}`;
  };
  const text = [
    `const CREW = ${size}u;\n`,
    'fn stepAt(k: u32) -> Step {\n',
    `  let row = params.rows[k / ${perRow}u];\n  let at = k % ${perRow}u * ${width}u;\n`,
    `  return ${stepIn('row', (field) => `[at + ${field}u]`)};\n}\n`,
    '// Update k of the dispatch.\n',
    `fn turn(${pointers}, dispatch: Dispatch, step: Step, k: u32) {\n`,
    each((name, q) => `walk(${name}, dispatch, step, k, dispatch.particle + ${q}u);`),
    '}\n',
    'fn walkAll(dispatch: Dispatch) -> u32 {\n',
    each((name, q) => `var ${name} = load(dispatch.particle + ${q}u);`),
    each((name, q) => `let ${name}Moves = moves(dispatch.particle + ${q}u, ${name}.place);`),
    stride === null ? loop : Array.from({ length: stride }, (_, k) => written(k)).join(''),
    '  var some = 0u;\n',
    each((name, q) => `some |= saved(dispatch.particle + ${q}u, ${name}, ${name}Moves) << ${q}u;`),
    '  return some;\n}\n',
  ];
  return { name: 'the crew of a thread', text: text.join('') };
}
