import { describe, expect, it } from 'vitest';
import { createReferenceSwarm } from '../src/compute/reference/swarm.ts';
import type { Hyper, Optimizer } from '../src/descent/optimizer.ts';
import { hyperDefaults, optimizers } from '../src/descent/optimizers/index.ts';
import { compileRecurrences } from '../src/descent/typed/compile.ts';
import { surfaces } from '../src/landscape/surfaces/index.ts';
import { formulas } from './support/formulas.ts';
import { expectNear, type Tolerance } from './support/tolerance.ts';

const SAME: Tolerance = {
  rel: 1e-12,
  abs: 1e-12,
  why: 'the same recurrence in another order of operations, over 60 updates',
};

const written = optimizers.filter((optimizer): optimizer is Optimizer & { text: string } => optimizer.text !== undefined);

/** Where some particles are after each of so many updates. */
async function trajectory(optimizer: Optimizer, hyper: Hyper, updates: number): Promise<number[]> {
  const { domain, minima } = surfaces.find(({ id }) => id === 'himmelblau')!;
  const landscape = { formula: formulas.himmelblau, parameters: new Float64Array(0), domain, minima };
  const swarm = createReferenceSwarm({
    landscape,
    optimizer,
    settings: { hyper, rate: () => hyper.lr, clip: null },
    clips: false,
    starts: Float64Array.of(-4, 4, 0.5, -1, 2, 2.5, 4.5, -4.5),
  });
  const places: number[] = [];
  for (let k = 0; k < updates; k += 1) {
    swarm.advance(1);
    places.push(...(await swarm.read()).positions);
  }
  return places;
}

describe.each(written.map((optimizer) => [optimizer.id, optimizer] as const))('%s as text', (_, optimizer) => {
  const typed = compileRecurrences(optimizer.text);

  it('goes where the built-in one goes', async () => {
    const hyper = { ...hyperDefaults(optimizer), lr: optimizer.suggestedLearningRate, ...optimizer.suggestedHyper };
    const [own, built] = await Promise.all([trajectory(typed, hyper, 60), trajectory(optimizer, hyper, 60)]);
    built.forEach((place, i) => expectNear(own[i], place, SAME, `update ${Math.floor(i / 8) + 1}`));
  });
});
