import type { Hyper, Optimizer } from '../optimizer.ts';
import { adabelief } from './adabelief.ts';
import { adadelta } from './adadelta.ts';
import { adagrad } from './adagrad.ts';
import { adam } from './adam.ts';
import { adamax } from './adamax.ts';
import { adamw } from './adamw.ts';
import { ademamix } from './ademamix.ts';
import { adopt } from './adopt.ts';
import { amsgrad } from './amsgrad.ts';
import { bfgs } from './bfgs.ts';
import { conjugateGradient } from './conjugate-gradient.ts';
import { gd } from './gd.ts';
import { lion } from './lion.ts';
import { momentum } from './momentum.ts';
import { nadam } from './nadam.ts';
import { nesterov } from './nesterov.ts';
import { radam } from './radam.ts';
import { rmsprop } from './rmsprop.ts';
import { rprop } from './rprop.ts';
import { saddleFreeNewton } from './saddle-free-newton.ts';
import { sam } from './sam.ts';
import { scheduleFree } from './schedule-free.ts';
import { yogi } from './yogi.ts';

/** All optimizers, in the order in which they are offered. Each has a kernel in shaders/optimizers/<id>.wgsl. */
export const optimizers: readonly Optimizer[] = [
  gd,
  momentum,
  nesterov,
  rprop,
  adagrad,
  adadelta,
  rmsprop,
  adam,
  adamw,
  adamax,
  amsgrad,
  nadam,
  radam,
  adabelief,
  yogi,
  lion,
  adopt,
  ademamix,
  scheduleFree,
  sam,
  conjugateGradient,
  bfgs,
  saddleFreeNewton,
];

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
