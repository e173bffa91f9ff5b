import { describe, expect, it } from 'vitest';
import type { SwarmPlan } from '../src/compute/contract.ts';
import { createReferenceSwarm } from '../src/compute/reference/swarm.ts';
import { optimizers } from '../src/descent/optimizers/index.ts';
import { scheduleRate } from '../src/descent/schedules/rate.ts';
import type { ClipChoice } from '../src/scene/scene.ts';
import golden from './golden/optimizers.json';
import { formulas } from './support/formulas.ts';
import { expectNear, type Tolerance } from './support/tolerance.ts';
import { planWith, settingsOf } from './support/plans.ts';

interface Trajectory {
  readonly id: string;
  readonly surface: string;
  readonly optimizer: string;
  readonly hyper: Readonly<Record<string, number>>;
  readonly schedule?: { readonly id: string; readonly [key: string]: number | string };
  readonly clip?: ClipChoice;
  readonly start: readonly number[];
  readonly steps: number;
  readonly points: readonly (readonly (number | string)[])[];
  readonly diverged?: boolean;
  readonly sensitivity?: { readonly 'd1e-9': number };
}

const records = golden.trajectories as unknown as readonly Trajectory[];

const trajectories = records.filter((trajectory) => optimizers.some(({ id }) => id === trajectory.optimizer));

/** Optimizers that PyTorch and optax have no record of; tests/optimizers-papers.test.ts and optimizers-directed.test.ts hold them to theirs. */
const NOT_RECORDED: readonly string[] = ['adopt', 'ademamix', 'schedule-free', 'conjugate-gradient', 'bfgs'];

/** Several implementations in float64 agree to this; a run that magnifies a moved start magnifies rounding as much. */
const toleranceOf = ({ sensitivity }: Trajectory): Tolerance => {
  const bound = 1e-13 * Math.max(10, sensitivity?.['d1e-9'] ?? 1e3);
  return { rel: bound, abs: bound, why: 'rounding of a float64 run, magnified as much as a moved start is' };
};

function planOf({ surface, optimizer, hyper, schedule, clip, start, steps }: Trajectory): SwarmPlan {
  const { id, ...keys } = schedule ?? { id: 'constant' };
  return planWith({
    landscape: { formula: formulas[surface], parameters: new Float64Array(), domain: [-5, 5, -5, 5], minima: [] },
    optimizer: optimizers.find((candidate) => candidate.id === optimizer)!,
    settings: settingsOf({
      hyper,
      rate: scheduleRate({ id, keys: keys as Record<string, number>, warmup: 0 }, hyper.lr, steps),
      clip: clip ?? null,
    }),
    starts: Float64Array.from(start),
  });
}

describe('The reference runs as PyTorch does', () => {
  it('on records of every optimizer', () => {
    const covered = trajectories.map(({ optimizer }) => optimizer);
    expect([...new Set([...covered, ...NOT_RECORDED])].sort()).toEqual(optimizers.map(({ id }) => id).sort());
    expect(covered.filter((id) => NOT_RECORDED.includes(id))).toEqual([]);
  });

  it('on every record', () => {
    expect(trajectories).toHaveLength(records.length);
  });

  it.each(trajectories.map((trajectory) => [trajectory.id, trajectory] as const))('%s', async (_id, trajectory) => {
    const swarm = createReferenceSwarm(planOf(trajectory));
    const tolerance = toleranceOf(trajectory);
    const last = trajectory.points.length - 1;
    for (const [step, expected] of trajectory.points.entries()) {
      if (step > 0) {
        swarm.advance(1);
      }
      const { positions, losses, diverged } = await swarm.read();
      for (const [k, actual] of [positions[0], positions[1], losses[0]].entries()) {
        const what = `${trajectory.id}, entry ${k} after ${step} updates`;
        const wanted = expected[k];
        if (typeof wanted === 'number') {
          expectNear(actual, wanted, tolerance, what);
        } else {
          expect(Number.isFinite(actual), what).toBe(false);
        }
      }
      expect(diverged[0], `divergence after ${step} updates`).toBe(trajectory.diverged && step === last ? last : -1);
    }
  });
});
