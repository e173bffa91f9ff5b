import type { Optimizer } from '../descent/optimizer.ts';

/**
 * What each particle of a race may spend: n updates, or n gradient evaluations; or the time in which the quickest lane does n
 * updates. Time is no clock that runs along, which would make each race another one: what an update of each lane costs was
 * measured before (compute/engine/budget.ts), and is part of the budget, so that the same budget is the same race.
 */
export type Budget =
  | { readonly kind: 'steps' | 'gradients'; readonly n: number }
  | {
      readonly kind: 'time';
      readonly n: number;
      /** What an update costs in each of the scene's lanes, in any unit that they share; Infinity for those that are off. */
      readonly costs: readonly number[];
    };

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

/** Updates of a lane that a budget can pay for at most. */
export function updatesWithin(budget: Budget, optimizer: Optimizer, lane: number): number {
  switch (budget.kind) {
    case 'steps':
      return budget.n;
    case 'gradients':
      return Math.floor(budget.n / leastCost(optimizer));
    case 'time':
      return Math.max(1, Math.round((budget.n * Math.min(...budget.costs)) / budget.costs[lane]));
  }
}
