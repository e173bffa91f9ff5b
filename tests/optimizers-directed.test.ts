import { describe, expect, it } from 'vitest';
import type { Landscape } from '../src/compute/contract.ts';
import { createReferenceSwarm } from '../src/compute/reference/swarm.ts';
import type { Hyper, Optimizer } from '../src/descent/optimizer.ts';
import { findOptimizer, hyperDefaults, optimizers } from '../src/descent/optimizers/index.ts';
import { samOver } from '../src/descent/optimizers/sam.ts';
import { compileFormula } from '../src/formula/compile.ts';
import { optimizerOf } from '../src/scene/compiled.ts';
import { planWith, settingsOf } from './support/plans.ts';

/** A landscape that counts what is asked of it. */
function counted(text: string): { landscape: Landscape; asked: { gradients: number; hessians: number } } {
  const formula = compileFormula(text);
  const asked = { gradients: 0, hessians: 0 };
  const counting = Object.create(formula, {
    gradient: {
      value: (...args: Parameters<typeof formula.gradient>) => {
        asked.gradients += 1;
        return formula.gradient(...args);
      },
    },
    hessian: {
      value: (...args: Parameters<typeof formula.hessian>) => {
        asked.hessians += 1;
        formula.hessian(...args);
      },
    },
  });
  const landscape = { formula: counting, parameters: new Float64Array(0), domain: [-5, 5, -5, 5] as const, minima: [] };
  return { landscape, asked };
}

/** Places of one particle at the start and after each update, and what it asked for. */
async function descend(optimizer: Optimizer, text: string, start: readonly [number, number], updates: number, hyper: Hyper = {}) {
  const { landscape, asked } = counted(text);
  const values = { ...hyperDefaults(optimizer), ...hyper };
  const plan = planWith({
    landscape,
    optimizer,
    settings: settingsOf({ hyper: values, rate: () => values.lr }),
    starts: Float64Array.from(start),
  });
  const swarm = createReferenceSwarm(plan);
  const places: [number, number][] = [[...start]];
  for (let k = 0; k < updates; k += 1) {
    swarm.advance(1);
    const [x, y] = (await swarm.read()).positions;
    places.push([x, y]);
  }
  return { places, asked, tally: await swarm.tally() };
}

const ROSENBROCK = '(1 - x)^2 + 100*(y - x^2)^2';
const SEARCHES = ['bfgs', 'conjugate-gradient'] as const;

describe.each(SEARCHES)('%s', (id) => {
  const optimizer = findOptimizer(id);

  it('lowers the loss with every update, until digits end', async () => {
    const { landscape } = counted(ROSENBROCK);
    const { places } = await descend(optimizer, ROSENBROCK, [-1.2, 1], 60);
    const losses = places.map(([x, y]) => landscape.formula.value(x, y, landscape.parameters));
    losses.slice(1).forEach((loss, k) => expect(loss).toBeLessThanOrEqual(losses[k] * (1 + 1e-12)));
  });

  it('finds Rosenbrock’s minimum from the classical start in a few dozen updates', async () => {
    const { places } = await descend(optimizer, ROSENBROCK, [-1.2, 1], 60);
    expect(Math.hypot(places[60][0] - 1, places[60][1] - 1)).toBeLessThan(1e-8);
  });

  it('counts just the gradients that it asks for', async () => {
    const { asked, tally } = await descend(optimizer, ROSENBROCK, [-1.2, 1], 25);
    // The swarm itself looks once at the start and once after each update.
    expect(asked.gradients).toBe(1 + 25 + tally.asked);
    expect(asked.hessians).toBe(0);
  });

  it('goes as far down as the number range where there is no floor', async () => {
    const { places } = await descend(optimizer, 'x^2 - y^2', [1, 0.5], 10);
    expect(Math.abs(places[10][1])).toBeGreaterThan(1e6);
  });

  it('stays where the slope is 0', async () => {
    expect((await descend(optimizer, 'x^2 + y^2', [0, 0], 3)).places[3]).toEqual([0, 0]);
  });
});

it('BFGS learns a quadratic’s curvature: its steps become Newton’s', async () => {
  // κ = 100: gradient descent would need some hundreds of updates for a digit.
  const { places } = await descend(findOptimizer('bfgs'), '0.5*x^2 + 50*y^2', [3, 1], 15);
  expect(Math.hypot(...places[15])).toBeLessThan(1e-8);
});

it('Conjugate directions with steps that are exact would end on a quadratic after two; with a search after a few', async () => {
  const { places } = await descend(findOptimizer('conjugate-gradient'), '0.5*x^2 + 5*y^2', [3, 1], 14);
  expect(Math.hypot(...places[14])).toBeLessThan(1e-6);
});

it('Saddle-free Newton ends on a quadratic after one update, and leaves a saddle as Newton’s own step would not', async () => {
  const newton = findOptimizer('saddle-free-newton');
  const bowl = await descend(newton, 'x^2 + 3*x*y + 40*y^2', [3, -2], 1);
  expect(Math.hypot(...bowl.places[1])).toBeLessThan(1e-12);
  expect(bowl.asked.hessians).toBe(1);
  const { places } = await descend(newton, 'x^2 - y^2', [1, 0.01], 3);
  expect(places[3][0]).toBeCloseTo(0, 12);
  expect(places[3][1]).toBeCloseTo(0.08, 12);
});

describe('SAM', () => {
  it('asks for two gradients an update', async () => {
    const { asked } = await descend(findOptimizer('sam'), ROSENBROCK, [0, 1], 10);
    expect(asked.gradients).toBe(1 + 10 + 10);
  });

  it('takes the step that Adam takes with the gradient at the worst place nearby', async () => {
    const adam = findOptimizer('adam');
    const [x, y, rho] = [1.5, -0.5, 0.3];
    const { places } = await descend(samOver(adam), 'x^2 + 4*y^2', [x, y], 1, { lr: 0.1, rho });
    const [gx, gy] = [2 * x, 8 * y];
    const norm = Math.hypot(gx, gy);
    const uphill = [x + (rho * gx) / norm, y + (rho * gy) / norm];
    const hyper = { ...hyperDefaults(adam), lr: 0.1 };
    const state = new Float64Array(2);
    expect(places[1][0]).toBeCloseTo(adam.update(x, 2 * uphill[0], state, 0, hyper, 1, 0.1), 12);
    state.fill(0);
    expect(places[1][1]).toBeCloseTo(adam.update(y, 8 * uphill[1], state, 0, hyper, 1, 0.1), 12);
  });

  it('stands over every optimizer without a direction of its own, typed ones too, and over no other', () => {
    for (const base of optimizers) {
      if (base.direction) {
        expect(() => samOver(base), base.id).toThrow(RangeError);
      } else {
        expect(samOver(base).hyper.map(({ key }) => key)).toEqual([...base.hyper.map(({ key }) => key), 'rho']);
      }
    }
    expect(optimizerOf({ optimizer: { sam: { update: 'w = w - lr*g' } } }).id).toBe('sam');
  });
});
