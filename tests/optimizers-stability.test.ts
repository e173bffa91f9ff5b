import { describe, expect, it } from 'vitest';
import type { Hyper, Optimizer } from '../src/descent/optimizer.ts';
import { hyperDefaults, optimizers } from '../src/descent/optimizers/index.ts';

/** Optimizers that say where their learning rate stops being stable, each with what keeps its scales as they are. */
const withBound = optimizers.filter(({ stability }) => stability);

/** With squares that are as good as nothing beside ε or a first square, scales do not adapt: what is left is linear. */
function steady(optimizer: Optimizer): Hyper {
  const keys = optimizer.hyper.map(({ key }) => key);
  const still = { eps: 1e3, initialAccumulator: 1e6, beta2: 0.9, momentum: 0.7, weightDecay: 0 };
  const known = Object.entries(still).filter(([key]) => keys.includes(key));
  return { ...hyperDefaults(optimizer), ...Object.fromEntries(known) };
}

const UPDATES = 1600;

/** How much farther a run on λw²/2 is from its bottom in its last two hundred updates than four hundred before. */
function ratio(optimizer: Optimizer, hyper: Hyper, rate: (scale: number) => number): number {
  const state = new Float64Array(optimizer.state.length);
  let w = 1e-120;
  let lr = 0;
  const sizes: number[] = [];
  for (let t = 1; t <= UPDATES; t += 1) {
    const scale = t === 1 ? null : (optimizer.stability?.scale?.(state, 0, hyper, t - 1) ?? 1);
    lr = scale === null ? 0 : rate(scale);
    w = optimizer.update(w, CURVATURE * w, state, 0, { ...hyper, lr }, t, lr);
    sizes.push(Math.abs(w));
  }
  const most = (from: number): number => Math.max(...sizes.slice(from, from + 200));
  return most(UPDATES - 200) / most(UPDATES - 600);
}

const CURVATURE = 3;

describe('the bound of stability', () => {
  it('is said by all but those that take the sign of gradients, search, or use the Hessian', () => {
    const without = optimizers.filter(({ stability }) => !stability).map(({ id }) => id);
    expect(without.sort()).toEqual(['bfgs', 'conjugate-gradient', 'lion', 'rprop', 'saddle-free-newton']);
  });

  it.each(withBound.map((optimizer) => [optimizer.id, optimizer] as const))(
    '%s: a run shrinks below it and grows above it',
    (_, optimizer) => {
      const hyper = steady(optimizer);
      const bound = optimizer.stability!.bound(hyper);
      const at = (share: number) => ratio(optimizer, hyper, (scale) => (share * bound) / CURVATURE / scale);
      expect(at(0.98)).toBeLessThan(1);
      expect(at(1.02)).toBeGreaterThan(1);
    },
  );
});
