import { functions } from './functions.ts';

/** The constants of the language. */
export const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
]);

/** Every function that may be called, with its number of arguments. */
export const FUNCTION_ARITY: ReadonlyMap<string, number> = new Map([
  ...functions.filter(({ written }) => written).map(({ name }) => [name, 1] as const),
  ['min', 2],
  ['max', 2],
  ['atan2', 2],
  ['sum', 4],
]);
