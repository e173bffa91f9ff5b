import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../scripts/project.js';
import { createReferenceSwarm } from '../src/compute/reference/swarm.ts';
import { findOptimizer, hyperDefaults, optimizers } from '../src/descent/optimizers/index.ts';
import { schedules } from '../src/descent/schedules/index.ts';
import { scheduleRate } from '../src/descent/schedules/rate.ts';
import { newLane } from '../src/scene/defaults.ts';
import { pytorchOf } from '../src/scene/pytorch.ts';
import { PYTORCH } from '../src/scene/pytorch-optimizers.ts';
import { PYTORCH_SCHEDULES } from '../src/scene/pytorch-schedules.ts';
import type { Lane } from '../src/scene/scene.ts';
import golden from './golden/optimizers.json';
import { formulas } from './support/formulas.ts';
import { expectNear, TOLERANCE, type Tolerance } from './support/tolerance.ts';
import { planWith, settingsOf } from './support/plans.ts';
import { optimizerOf } from '../src/scene/compiled.ts';

type Points = readonly (readonly (number | string)[])[];

/** A run of a snippet, and where it shall lead. */
interface Case {
  readonly name: string;
  readonly lane: Lane;
  readonly surface: string;
  readonly start: readonly number[];
  readonly steps: number;
  readonly points: Points;
  readonly tolerance: Tolerance;
}

/** The Python that has PyTorch, or null. */
const python =
  ['python3', '/usr/bin/python3'].find((path) => spawnSync(path, ['-c', 'import torch']).status === 0) ?? null;

/** A lane with every hyperparameter at a value of its own, which is no default. */
function oddLane(id: string): Lane {
  const { hyper } = findOptimizer(id);
  const values = hyper.map(({ key, scale, slider: [low, high] }, k) => {
    const share = 0.31 + 0.017 * k;
    return [key, scale === 'switch' ? 1 : Number((low + share * (high - low)).toPrecision(4))] as const;
  });
  return { ...newLane(id, 0), hyper: Object.fromEntries(values) };
}

/** Whether an optimizer is written out: by its own recipe, or its base's. */
const isWritten = (id: string): boolean => (findOptimizer(id).base?.id ?? id) in PYTORCH;

/** All numbers of a text. */
const numbersOf = (text: string): number[] => (text.match(/\d[\d.]*(e[-+]?\d+)?/g) ?? []).map(Number);

describe('The text', () => {
  it.each(optimizers.map(({ id }) => id))('of %s has every value that is set', (id) => {
    const lane = oddLane(id);
    const text = pytorchOf(lane, 123);
    const { hyper } = findOptimizer(id);
    const missing = hyper.filter(({ key, scale }) =>
      scale === 'switch' ? !text.includes('True') : !numbersOf(text).includes(lane.hyper[key]),
    );
    expect(missing.map(({ key }) => key)).toEqual([]);
    expect(text).toContain(isWritten(id) ? 'range(123)' : findOptimizer(id).rule[0]);
  });

  it.each(schedules.map(({ id }) => id))('of the schedule %s has its values, warm-up and clipping', (id) => {
    const { keys } = schedules.find((schedule) => schedule.id === id)!;
    const set = Object.fromEntries(keys.map(({ key, integer }, k) => [key, integer ? 31 + k : 0.41 + 0.01 * k]));
    const lane: Lane = {
      ...newLane('gd', 0),
      schedule: { id, keys: set, warmup: 17 },
      clip: { kind: 'value', limit: 0.77 },
    };
    const numbers = numbersOf(pytorchOf(lane, 123));
    expect([0.77, 17].filter((value) => !numbers.includes(value))).toEqual([]);
    const plain = numbersOf(pytorchOf({ ...lane, schedule: { id, keys: set, warmup: 0 } }, 31));
    expect(Object.entries(set).filter(([, value]) => !plain.includes(value))).toEqual([]);
  });

  it('of an optimizer that nobody wrote out is its rule, with every value', () => {
    for (const { id, rule, hyper } of optimizers) {
      const lane = oddLane(id);
      const text = pytorchOf(lane, 123, {});
      expect(rule.filter((line) => !text.includes(line))).toEqual([]);
      expect(hyper.filter(({ key }) => !numbersOf(text).includes(lane.hyper[key]))).toEqual([]);
      expect(
        text
          .trim()
          .split('\n')
          .every((line) => line.startsWith('#')),
      ).toBe(true);
    }
  });

  it('knows what is registered, and nothing else', () => {
    const ids = optimizers.map(({ id }) => id);
    expect(Object.keys(PYTORCH).filter((id) => !ids.includes(id))).toEqual([]);
    expect(Object.keys(PYTORCH_SCHEDULES)).toEqual(schedules.map(({ id }) => id));
  });

  it('uses no clipping and no schedule where there is none', () => {
    expect(pytorchOf(newLane('adam', 0), 10)).not.toMatch(/clip|scheduler/);
  });
});

/** PyTorch's own records. */
const recorded = (golden.trajectories as unknown as readonly any[])
  .filter(({ optimizer }) => isWritten(optimizer))
  .map(({ id, surface, optimizer, hyper, schedule, clip, start, steps, points, sensitivity }): Case => {
    const { id: kind, ...keys } = schedule ?? {};
    const bound = 1e-13 * Math.max(10, sensitivity?.['d1e-9'] ?? 1e3);
    return {
      name: id,
      lane: {
        ...newLane(optimizer, 0),
        hyper,
        schedule: kind ? { id: kind, keys, warmup: 0 } : null,
        clip: clip ?? null,
      },
      surface,
      start,
      steps,
      points,
      tolerance: { rel: bound, abs: bound, why: 'rounding of a float64 run, magnified as much as a moved start is' },
    };
  });

/** Where the float64 reference goes. */
async function referenceRun(lane: Lane, surface: string, start: readonly number[], steps: number): Promise<Points> {
  const optimizer = optimizerOf(lane);
  const hyper = { ...hyperDefaults(optimizer), ...lane.hyper };
  const plan = planWith({
    landscape: { formula: formulas[surface], parameters: new Float64Array(), domain: [-5, 5, -5, 5], minima: [] },
    optimizer,
    settings: settingsOf({ hyper, rate: scheduleRate(lane.schedule, hyper.lr, steps), clip: lane.clip }),
    starts: Float64Array.from(start),
  });
  const swarm = createReferenceSwarm(plan);
  const points: number[][] = [];
  for (let step = 0; step <= steps; step += 1) {
    if (step > 0) swarm.advance(1);
    const { positions, losses } = await swarm.read();
    points.push([positions[0], positions[1], losses[0]]);
  }
  return points;
}

const STEPS = 24;

/** Lanes that PyTorch has no record of: every optimizer that is written out as it is offered, and every schedule after a warm-up and without. */
function lanes(): [string, Lane][] {
  const offered = optimizers
    .filter(({ id }) => isWritten(id))
    .map(({ id }): [string, Lane] => [`${id} as it is offered`, newLane(id, 0)]);
  const over = Object.keys(PYTORCH).map((id): [string, Lane] => [`sam over ${id}`, newLane({ sam: id }, 0)]);
  const clipped: [string, Lane] = [
    'sam over adam, clipped',
    { ...newLane({ sam: 'adam' }, 0), clip: { kind: 'normalize', limit: 3 } },
  ];
  const scheduled = schedules.flatMap(({ id, keys }) =>
    [0, 1, 5].flatMap((warmup) =>
      // As long as the run, and so short that the run goes on after its end.
      [1, 0.5].map((share): [string, Lane] => {
        const lengths = keys.filter(({ integer, key }) => integer && key !== 'tMult');
        const set = Object.fromEntries(
          lengths.map((key) => [key.key, Math.max(2, Math.round(share * key.default(STEPS)))]),
        );
        const schedule = {
          id,
          keys: { ...set, ...(id === 'cosine-restarts' ? { tMult: 2, lrMin: 1e-3 } : {}) },
          warmup,
        };
        return [`${id}, ${share} of the run, warm-up ${warmup}`, { ...newLane('adamw', 0), schedule }];
      }),
    ),
  );
  return [...offered, ...over, clipped, ...scheduled];
}

const runs = (path: string, cases: readonly Case[]): Points[] => {
  const requests = cases.map(({ lane, surface, start, steps }) => ({
    code: pytorchOf(lane, steps),
    formula: (golden.surfaces as Record<string, string>)[surface],
    start,
  }));
  const script = join(ROOT, 'tests/support/pytorch.py');
  const { status, stdout, stderr } = spawnSync(path, [script], {
    input: JSON.stringify(requests),
    encoding: 'utf8',
    maxBuffer: 2 ** 27,
  });
  expect(status, stderr).toBe(0);
  // A loss is recorded with each gradient; only the first of an update is taken where the particle is.
  return (JSON.parse(stdout) as Points[]).map((points, i) => {
    const each = optimizerOf(cases[i].lane).base ? 2 : 1;
    return points.filter((_, k) => k % each === 0);
  });
};

/** Every number of every step that a case tells. */
function compare({ name, points, tolerance }: Case, actual: Points): void {
  for (const [step, expected] of points.entries()) {
    for (const [k, wanted] of expected.entries()) {
      const what = `${name}, entry ${k} after ${step} updates`;
      if (typeof wanted === 'number' && Number.isFinite(wanted)) {
        expectNear(Number(actual[step][k]), wanted, tolerance, what);
      } else {
        expect(Number.isFinite(Number(actual[step][k])), what).toBe(false);
      }
    }
  }
}

describe('The text, executed', () => {
  if (!python) {
    it('is not: no python3 here has PyTorch, so that the texts were read and not run', () => {
      expect(python).toBeNull();
    });
    return;
  }

  it('goes where PyTorch’s own records go', () => {
    const actual = runs(python, recorded);
    recorded.forEach((one, i) => {
      compare(one, actual[i]);
    });
    expect(recorded.length).toBeGreaterThan(50);
  });

  it('goes where the reference goes, with every optimizer and schedule', async () => {
    const start = [-3, 2];
    const cases = await Promise.all(
      lanes().map(async ([name, lane]): Promise<Case> => {
        const points = await referenceRun(lane, 'himmelblau', start, STEPS);
        return { name, lane, surface: 'himmelblau', start, steps: STEPS, points, tolerance: TOLERANCE.reference };
      }),
    );
    const actual = runs(python, cases);
    cases.forEach((one, i) => {
      compare(one, actual[i]);
    });
  });
});
