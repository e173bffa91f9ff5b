import type { HyperSpec, Optimizer } from '../descent/optimizer.ts';
import { optimizers } from '../descent/optimizers/index.ts';
import { samOver } from '../descent/optimizers/sam.ts';
import { compileRecurrences } from '../descent/typed/compile.ts';
import type { Schedule } from '../descent/schedule.ts';
import { schedules } from '../descent/schedules/index.ts';
import { compileFormula } from '../formula/compile.ts';
import type { Surface } from '../landscape/surface.ts';
import { surfaces } from '../landscape/surfaces/index.ts';
import { optimizerOf } from './compiled.ts';
import { shown, unknownWord } from './complaint.ts';
import { LIMITS } from './limits.ts';
import type { BaseChoice, Change, Lane, OptimizerChoice, ScheduleChoice, SurfaceChoice } from './scene.ts';

/**
 * What the registries say about the words and numbers of a scene. Each `…Fault` gives null, or what is wrong, as the
 * rest of a sentence.
 */

const byId = <T extends { readonly id: string }>(entries: readonly T[]): ReadonlyMap<string, T> =>
  new Map(entries.map((entry) => [entry.id, entry]));

/** The registries by id. */
export const known = {
  surfaces: byId<Surface>(surfaces),
  optimizers: byId<Optimizer>(optimizers),
  schedules: byId<Schedule>(schedules),
};

interface Range {
  readonly key: string;
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

const rangeOf = ({ key, min, max, scale }: HyperSpec): Range => ({ key, min, max, whole: scale === 'switch' });

/** Numbers by name against the ranges of their owner. */
function numbersFault(
  owner: string,
  values: Readonly<Record<string, number>>,
  ranges: readonly Range[],
): string | null {
  for (const [key, value] of Object.entries(values)) {
    const range = ranges.find((candidate) => candidate.key === key);
    if (!range) {
      return `${unknownWord(
        `key of ${owner}`,
        key,
        ranges.map((candidate) => candidate.key),
      )}`;
    }
    const { min, max, whole } = range;
    if (!(value >= min && value <= max && (!whole || Number.isInteger(value)))) {
      return `has ${key} = ${shown(value)}; it must be a ${whole ? 'whole ' : ''}number from ${min} to ${max}`;
    }
  }
  return null;
}

const unknownId = (kind: string, id: string, entries: ReadonlyMap<string, unknown>): string =>
  unknownWord(kind, id, [...entries.keys()]);

/** An optimizer's id, or its recurrences, and some of its hyperparameters. */
export function hyperFault(choice: OptimizerChoice, hyper: Readonly<Record<string, number>>): string | null {
  if (typeof choice === 'string') {
    const optimizer = known.optimizers.get(choice);
    return optimizer
      ? numbersFault(choice, hyper, optimizer.hyper.map(rangeOf))
      : unknownId('optimizer', choice, known.optimizers);
  }
  return 'sam' in choice ? samFault(choice.sam, hyper) : updateFault(choice.update, hyper);
}

function samFault(base: BaseChoice, hyper: Readonly<Record<string, number>>): string | null {
  const fault = hyperFault(base, {});
  if (fault !== null) {
    return fault;
  }
  try {
    return numbersFault('sam', hyper, samOver(optimizerOf({ optimizer: base })).hyper.map(rangeOf));
  } catch (error) {
    return `asks for what there is not: ${withoutStop((error as Error).message)}`;
  }
}

function updateFault(update: string, hyper: Readonly<Record<string, number>>): string | null {
  if (update.length > LIMITS.update) {
    return `has an update of ${update.length} characters; ${LIMITS.update} are the most`;
  }
  try {
    return numbersFault('the typed update', hyper, compileRecurrences(update).hyper.map(rangeOf));
  } catch (error) {
    return `has the update ${shown(update)}, which does not compile: ${withoutStop((error as Error).message)}`;
  }
}

/** A schedule's id and some of its keys. */
export function scheduleFault({ id, keys }: ScheduleChoice): string | null {
  const schedule = known.schedules.get(id);
  return schedule
    ? numbersFault(
        id,
        keys,
        schedule.keys.map((spec) => ({ ...spec, whole: spec.integer })),
      )
    : unknownId('schedule', id, known.schedules);
}

/** A change against the lanes that it is to be made in. */
export function changeFault(change: Change, lanes: readonly Lane[]): string | null {
  if (change.kind === 'particles') {
    return null;
  }
  const lane = lanes[change.lane];
  if (!lane) {
    return `names lane ${change.lane}, and there are only ${lanes.length}, counted from 0`;
  }
  return change.kind === 'hyper' ? hyperFault(lane.optimizer, { [change.key]: change.value }) : null;
}

/** Names that a formula's parameters may have; those of an object's own machinery are none. */
const isName = (key: string): boolean => /^[A-Za-z][A-Za-z0-9_]{0,31}$/.test(key) && !(key in {});

function formulaFault(formula: string, params: Readonly<Record<string, number>>): string | null {
  const names = Object.keys(params);
  if (formula.length > LIMITS.formula) {
    return `has a formula of ${formula.length} characters; ${LIMITS.formula} are the most`;
  }
  if (names.length > LIMITS.parameters) {
    return `has ${names.length} parameters; ${LIMITS.parameters} are the most`;
  }
  const bad = names.find((name) => !isName(name));
  if (bad !== undefined) {
    return `has a parameter ${shown(bad)}; a name is a letter and then letters, digits or _`;
  }
  const big = names.find((name) => Math.abs(params[name]) > LIMITS.size);
  if (big !== undefined) {
    return `has ${big} = ${params[big]}; it must be a number from ${-LIMITS.size} to ${LIMITS.size}`;
  }
  try {
    compileFormula(formula, { parameters: names });
    return null;
  } catch (error) {
    return `has the formula ${shown(formula)}, which does not compile: ${withoutStop((error as Error).message)}`;
  }
}

const withoutStop = (text: string): string => text.replace(/\.$/, '');

/** A built-in surface's id and parameters, or a formula and its. */
export function surfaceFault(choice: SurfaceChoice): string | null {
  if ('formula' in choice) {
    return formulaFault(choice.formula, choice.params);
  }
  const surface = known.surfaces.get(choice.id);
  return surface
    ? numbersFault(
        choice.id,
        choice.params,
        surface.parameters.map((spec) => ({ ...spec, whole: false })),
      )
    : unknownId('surface', choice.id, known.surfaces);
}
