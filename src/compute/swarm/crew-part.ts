import type { Optimizer } from '../../descent/optimizer.ts';
import type { Part } from '../gpu/compose.ts';
import { type Crew, threadSize } from './crew.ts';
import { stepFields } from './step-fields.ts';

const NAMES = [...'abcdefgh'];

/** `Step(…)`, an update's, from the fields of a row. */
const stepFrom = (optimizer: Optimizer, field: (at: number) => string): string =>
  `Step(${Array.from({ length: stepFields(optimizer) }, (_, at) => field(at)).join(', ')})`;

/** `stepAt`: the Step of update k, wherever in the table that is. */
function stepAtText(optimizer: Optimizer, { width }: Crew): string {
  const perRow = 4 / width;
  return [
    'fn stepAt(k: u32) -> Step {\n',
    `  let row = params.rows[k / ${perRow}u];\n  let at = k % ${perRow}u * ${width}u;\n`,
    `  return ${stepFrom(optimizer, (at) => `row[at + ${at}u]`)};\n}\n`,
  ].join('');
}

/** The updates of a dispatch, where `turn` writes one of the crew: a loop over any number of them. */
const loopText = (turn: (step: string, k: string) => string): string =>
  [
    '    var k = 0u;\n    loop {\n',
    `      ${turn('stepAt(k)', 'k')}`,
    '      k += 1u;\n      continuing {\n        break if k >= dispatch.updates;\n      }\n    }\n',
  ].join('');

/** Likewise written out, and before them the rows: by names, since a component looked up by a number is picked from all four. */
function strideText(
  optimizer: Optimizer,
  { width }: Crew,
  stride: number,
  turn: (step: string, k: string) => string,
): { readonly rows: string; readonly updates: string } {
  const perRow = 4 / width;
  const step = (k: number): string =>
    stepFrom(optimizer, (at) => `row${Math.floor(k / perRow)}.${'xyzw'[(k % perRow) * width + at]}`);
  return {
    rows: Array.from({ length: stride / perRow }, (_, r) => `  let row${r} = params.rows[${r}];\n`).join(''),
    updates: Array.from({ length: stride }, (_, k) => `    ${turn(step(k), `${k}u`)}`).join(''),
  };
}

/**
 * Fills the slots of descend.wgsl that depend on the crew: CREW, the particles of a thread; `stepAt`, an update's Step from the
 * table; and `walkAll`, which returns a bit for each particle that may have left.
 */
export function crewPart(optimizer: Optimizer, crew: Crew): Part {
  const names = NAMES.slice(0, crew.size);
  const each = (line: (name: string, q: number) => string): string =>
    names.map((name, q) => `    ${line(name, q)}\n`).join('');
  const turn = (step: string, k: string): string =>
    `turn(${names.map((name) => `&${name}`).join(', ')}, dispatch, ${step}, ${k}, first);\n`;
  const { rows, updates } =
    crew.stride === null ? { rows: '', updates: loopText(turn) } : strideText(optimizer, crew, crew.stride, turn);
  const text = [
    `const CREW = ${threadSize(crew)}u;\n`,
    stepAtText(optimizer, crew),
    '// Update k of the dispatch, of a crew from particle `first` on.\n',
    `fn turn(${names.map((name) => `${name}: ptr<function, Walker>`).join(', ')}, dispatch: Dispatch, step: Step, k: u32, first: u32) {\n`,
    each((name, q) => `walk(${name}, dispatch, step, k, first + ${q}u);`),
    '}\n',
    `fn walkAll(dispatch: Dispatch) -> u32 {\n${rows}  var some = 0u;\n`,
    crew.turns === 1 ? '  {\n    const at = 0u;\n' : '  var at = 0u;\n  loop {\n',
    '    let first = dispatch.particle + at;\n',
    each((name, q) => `var ${name} = load(first + ${q}u);`),
    each((name, q) => `let ${name}Moves = moves(first + ${q}u, ${name}.place);`),
    updates,
    each((name, q) => `some |= saved(first + ${q}u, ${name}, ${name}Moves) << (at + ${q}u);`),
    crew.turns === 1 ? '  }\n' : `    at += ${crew.size}u;\n    continuing {\n      break if at >= CREW;\n    }\n  }\n`,
    '  return some;\n}\n',
  ];
  return { name: 'the crew of a thread', text: text.join('') };
}
