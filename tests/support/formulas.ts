import { compileFormula } from '../../src/formula/compile.ts';
import type { Formula } from '../../src/formula/formula.ts';
import golden from '../golden/optimizers.json';

/** The surfaces that PyTorch's trajectories run on, by id. */
export const formulas: Readonly<Record<string, Formula>> = Object.fromEntries(
  Object.entries(golden.surfaces).map(([id, text]) => [id, compileFormula(text)]),
);
