import type { Optimizer } from '../descent/optimizer.ts';
import { findOptimizer } from '../descent/optimizers/index.ts';
import { samOver } from '../descent/optimizers/sam.ts';
import { compileRecurrences } from '../descent/typed/compile.ts';
import { compileFormula } from '../formula/compile.ts';
import type { Formula } from '../formula/formula.ts';
import { known } from './known.ts';
import type { Lane, OptimizerChoice, SurfaceChoice } from './scene.ts';

/** Compiled once for each choice: scenes share what did not change. */
const compiled = new WeakMap<SurfaceChoice, Formula>();

function compile(choice: SurfaceChoice): Formula {
  if ('formula' in choice) {
    return compileFormula(choice.formula, { parameters: Object.keys(choice.params).sort() });
  }
  const entry = known.surfaces.get(choice.id);
  if (!entry) {
    throw new RangeError(`Unknown surface "${choice.id}". Known: ${[...known.surfaces.keys()].join(', ')}.`);
  }
  return compileFormula(entry.formula, { parameters: entry.parameters.map(({ key }) => key), tables: entry.tables });
}

/**
 * The formula of a scene's surface; its `parameters` are in the order of the `values` that `surfaceOf` gives.
 * @throws RangeError, FormulaError for a choice that is not valid; those are refused where a scene comes from
 */
export function formulaOf(choice: SurfaceChoice): Formula {
  const before = compiled.get(choice);
  if (before) {
    return before;
  }
  const formula = compile(choice);
  compiled.set(choice, formula);
  return formula;
}

/** Optimizers that are made from a choice likewise. */
const made = new WeakMap<Exclude<OptimizerChoice, string>, Optimizer>();

/**
 * The optimizer of a lane, built in, typed, or SAM over one of them.
 * @throws RangeError, FormulaError for a choice that is not valid; those are refused where a scene comes from
 */
export function optimizerOf({ optimizer: choice }: Pick<Lane, 'optimizer'>): Optimizer {
  if (typeof choice === 'string') {
    return findOptimizer(choice);
  }
  const before = made.get(choice);
  if (before) {
    return before;
  }
  const optimizer = 'sam' in choice ? samOver(optimizerOf({ optimizer: choice.sam })) : compileRecurrences(choice.update);
  made.set(choice, optimizer);
  return optimizer;
}
