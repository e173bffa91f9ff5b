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
}

/** Updates of a stride: so many that reading and saving a particle is little beside them. */
export const STRIDE = 64;

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
  const size = !software ? 1 : text > 2400 ? 2 : text <= 600 && isPlain(plan) && plan.optimizer.state.length <= 2 ? 8 : 4;
  return { size, stride: null };
}

/**
 * Whole strides: on a software GPU half as fast again as the loop, which looks up the row of each update at a place that it must
 * first compute, but a second to compile. Null where it would be longer.
 */
export function strideCrew(plan: SwarmPlan): Crew | null {
  const text = gradientText(plan.landscape.formula);
  return isPlain(plan) && text <= 400 ? { size: 2, stride: STRIDE } : null;
}

const NAMES = [...'abcdefgh'];

/** Fills the slots of descend.wgsl that depend on the crew: CREW, and `walkAll`, which returns a bit for each that may have left. */
export function crewPart({ size, stride }: Crew): Part {
  const crew = NAMES.slice(0, size);
  const each = (line: (name: string, q: number) => string): string =>
    crew.map((name, q) => `  ${line(name, q)}\n`).join('');
  const pointers = crew.map((name) => `${name}: ptr<function, Walker>`).join(', ');
  const turn = (k: string) => `turn(${crew.map((name) => `&${name}`).join(', ')}, dispatch, ${k});`;
  const loop = `  var k = 0u;\n  loop {\n    ${turn('k')}\n    k += 1u;\n    continuing {\n      break if k >= dispatch.updates;\n    }\n  }\n`;
  const text = [
    `const CREW = ${size}u;\n`,
    '// Update k of the dispatch.\n',
    `fn turn(${pointers}, dispatch: Dispatch, k: u32) {\n  let step = stepOf(params.rows[k]);\n`,
    each((name, q) => `walk(${name}, dispatch, step, k, dispatch.particle + ${q}u);`),
    '}\n',
    'fn walkAll(dispatch: Dispatch) -> u32 {\n',
    each((name, q) => `var ${name} = load(dispatch.particle + ${q}u);`),
    each((name, q) => `let ${name}Moves = moves(dispatch.particle + ${q}u, ${name}.place);`),
    stride === null ? loop : Array.from({ length: stride }, (_, k) => `  ${turn(`${k}u`)}\n`).join(''),
    '  var some = 0u;\n',
    each((name, q) => `some |= saved(dispatch.particle + ${q}u, ${name}, ${name}Moves) << ${q}u;`),
    '  return some;\n}\n',
  ];
  return { name: 'the crew of a thread', text: text.join('') };
}
