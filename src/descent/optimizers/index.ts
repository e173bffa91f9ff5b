import type { Hyper, Optimizer } from '../optimizer.ts';
import { adam } from './adam.ts';
import { adamw } from './adamw.ts';
import { gd } from './gd.ts';
import { momentum } from './momentum.ts';
import { nesterov } from './nesterov.ts';
import { rmsprop } from './rmsprop.ts';

/** All optimizers, in the order in which they are offered. Each has a kernel in shaders/optimizers/<id>.wgsl. */
export const optimizers: readonly Optimizer[] = [gd, momentum, nesterov, rmsprop, adam, adamw];

const byId = new Map(optimizers.map((optimizer) => [optimizer.id, optimizer]));

/**
 * The optimizer of an id.
 * @throws RangeError for an unknown id
 */
export function findOptimizer(id: string): Optimizer {
  const optimizer = byId.get(id);
  if (!optimizer) {
    throw new RangeError(`Unknown optimizer "${id}". Known: ${[...byId.keys()].join(', ')}.`);
  }
  return optimizer;
}

/** The defaults of all of an optimizer's hyperparameters. */
export function hyperDefaults(optimizer: Optimizer): Hyper {
  return Object.fromEntries(optimizer.hyper.map((spec) => [spec.key, spec.default]));
}
