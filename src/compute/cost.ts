import type { Optimizer } from '../descent/optimizer.ts';

/** What a run may spend: updates, or gradient evaluations of each particle. */
export interface Budget {
  readonly kind: 'steps' | 'gradients';
  /** At least 1. */
  readonly n: number;
}

/** Index among the state variables of the one that counts in x what searches asked for; -1 where nothing is counted. */
export function askedVariable({ evaluations, state }: Optimizer): number {
  return typeof evaluations === 'object' ? state.indexOf(evaluations.countedIn) : -1;
}

/** Gradient evaluations of each update, beside what a search counts: that of the gradient itself, and what the registry adds. */
export function gradientsPerUpdate({ evaluations = 0 }: Optimizer): number {
  return typeof evaluations === 'number' ? 1 + evaluations : 1;
}

/** The least that an update costs; for all but searches it is what each costs. */
export function leastCost({ evaluations = 0 }: Optimizer): number {
  return 1 + (typeof evaluations === 'number' ? evaluations : evaluations.least);
}

/** Updates that a budget can pay for at most. */
export function updatesWithin({ kind, n }: Budget, optimizer: Optimizer): number {
  return kind === 'steps' ? n : Math.floor(n / leastCost(optimizer));
}
