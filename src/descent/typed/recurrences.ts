import type { Syntax } from '../../formula/syntax.ts';

/** The longest text that is read. */
export const MAX_TEXT = 2000;

/** State variables at most: a million particles with more would not fit the buffers that every device has. */
export const MAX_STATE = 8;

/** Hyperparameters at most, beside the learning rate. */
export const MAX_HYPER = 16;

/** A place in the text. */
export interface Place {
  readonly at: number;
  readonly length: number;
}

/** `name = value`, in the order of the text. */
export interface Assignment extends Place {
  readonly name: string;
  readonly node: Syntax;
}

/** A hyperparameter; the numbers are null where the text does not declare it. */
export interface DeclaredHyper {
  readonly name: string;
  readonly declared: { readonly default: number; readonly min: number; readonly max: number } | null;
}

/** An optimizer's update as it was typed. */
export interface Recurrences {
  readonly assignments: readonly Assignment[];
  /** Names of the state in the order in which they are assigned. */
  readonly state: readonly string[];
  /** What state starts with, where that is not 0. */
  readonly first: ReadonlyMap<string, Assignment>;
  /** All but the learning rate, in the order of the text. */
  readonly hyper: readonly DeclaredHyper[];
  /** What the text declares of the learning rate. */
  readonly rate: DeclaredHyper['declared'];
}
