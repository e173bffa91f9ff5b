import { describe, expect, it } from 'vitest';
import type { Landscape } from '../src/compute/contract.ts';
import { type Outcome, OutcomeTracker } from '../src/compute/outcome.ts';
import { createReferenceSwarm } from '../src/compute/reference/swarm.ts';
import { findOptimizer, hyperDefaults } from '../src/descent/optimizers/index.ts';
import { formulas } from './support/formulas.ts';
import { planWith, settingsOf } from './support/plans.ts';

const landscapeOf = (surface: string, minima: Landscape['minima'] = []): Landscape => ({
  formula: formulas[surface],
  parameters: new Float64Array(),
  domain: [-5, 5, -5, 5],
  minima,
});

/** The outcome of one particle that stays at a place while its loss goes as given. */
function judged(
  landscape: Landscape,
  place: readonly [number, number],
  losses: readonly number[],
  left = false,
): Outcome {
  const tracker = new OutcomeTracker(landscape);
  for (const [k, loss] of losses.entries()) {
    tracker.take(0, place[0], place[1], loss, left && k === losses.length - 1);
  }
  return tracker.outcome(0);
}

const slope = landscapeOf('rosenbrock', [{ x: 1, y: 1, value: 0 }]);
const somewhere = [-1, 2] as const;
const sequence = (length: number, loss: (k: number) => number) => Array.from({ length }, (_, k) => loss(k));

describe('What came of a run is the first that holds', () => {
  it('diverged: it left the number range', () => {
    expect(judged(slope, [1, 1], [5, 4, Infinity], true)).toBe('diverged');
  });

  it('converged: the gradient vanished', () => {
    expect(judged(slope, [1, 1], [3, 2, 1])).toBe('converged');
  });

  it('converged: near a known minimum, unless the loss still falls', () => {
    const near = [1.005, 1.005] as const;
    const levelling = sequence(60, (k) => 2 ** -k);
    expect(judged(slope, near, levelling)).toBe('converged');
    expect(
      judged(
        slope,
        near,
        sequence(30, (k) => 100 - k),
      ),
    ).toBe('wandering');
    expect(judged(slope, [1.02, 1], levelling)).toBe('stalled');
  });

  it('oscillating: six rises in twenty updates and no net fall', () => {
    expect(
      judged(
        slope,
        somewhere,
        sequence(50, (k) => 3 + (k % 2)),
      ),
    ).toBe('oscillating');
    // Up five times in the window, down to where it was.
    const five = [...sequence(30, () => 7), ...sequence(21, (k) => (k <= 10 ? k % 2 : 0))];
    expect(judged(slope, somewhere, five)).toBe('stalled');
    const six = [...sequence(30, () => 7), ...sequence(21, (k) => (k <= 12 ? k % 2 : 0))];
    expect(judged(slope, somewhere, six)).toBe('oscillating');
  });

  it('oscillating is not what falls in zigzag', () => {
    expect(
      judged(
        slope,
        somewhere,
        sequence(50, (k) => 100 - k + 4 * (k % 2)),
      ),
    ).toBe('wandering');
  });

  it('stalled: a fall below a millionth of the range so far', () => {
    const levelled = (rate: number) => [1000, ...sequence(40, (k) => 1 - k * rate)];
    expect(judged(slope, somewhere, levelled(4e-5))).toBe('stalled');
    expect(judged(slope, somewhere, levelled(6e-5))).toBe('wandering');
    expect(
      judged(
        slope,
        somewhere,
        sequence(21, () => 5),
      ),
    ).toBe('stalled');
  });

  it('wandering: anything else, and runs too short to tell', () => {
    expect(
      judged(
        slope,
        somewhere,
        sequence(200, (k) => 1000 - k),
      ),
    ).toBe('wandering');
    expect(
      judged(
        slope,
        somewhere,
        sequence(20, () => 5),
      ),
    ).toBe('wandering');
    expect(judged(slope, somewhere, [5])).toBe('wandering');
  });
});

it('Many particles are told apart, those that come later too', () => {
  const tracker = new OutcomeTracker(slope);
  for (let k = 0; k < 40; k += 1) {
    tracker.take(0, -1, 2, 3 + (k % 2), false);
    if (k >= 10) {
      tracker.take(1, -1, 2, 100 - k, false);
    }
    if (k === 12) {
      tracker.take(2, 1e31, 0, Number.NaN, true);
    }
    tracker.take(3, 1, 1, 1, false);
  }
  expect([0, 1, 2, 3].map((i) => tracker.outcome(i))).toEqual(['oscillating', 'wandering', 'diverged', 'converged']);
});

describe('Gradient descent on the bowl, whose curvatures are 1 and 10', () => {
  /** The theory of one coordinate of curvature h: w shrinks by |1 − lr·h| with each update. */
  const runs: readonly (readonly [number, number, Outcome])[] = [
    [0.1, 200, 'converged'],
    // 1 − 0.2 · 10 = −1: there and back for ever.
    [0.2, 200, 'stalled'],
    [0.25, 2000, 'diverged'],
    [0.01, 100, 'wandering'],
  ];

  it.each(runs)('with rate %d over %d updates it is %3$s', async (lr, steps, expected) => {
    const optimizer = findOptimizer('gd');
    const landscape = landscapeOf('quadratic-bowl', [{ x: 0, y: 0, value: 0 }]);
    const swarm = createReferenceSwarm(planWith({
      landscape,
      optimizer,
      settings: settingsOf({ hyper: { ...hyperDefaults(optimizer), lr }, rate: () => lr }),
      starts: Float64Array.of(4, 3),
    }));
    const tracker = new OutcomeTracker(landscape);
    for (let k = 0; k <= steps && (await swarm.read()).diverged[0] < 0; k += 1) {
      if (k > 0) {
        swarm.advance(1);
      }
      const { positions, losses, diverged } = await swarm.read();
      tracker.take(0, positions[0], positions[1], losses[0], diverged[0] >= 0);
    }
    expect(tracker.outcome(0)).toBe(expected);
  });
});
