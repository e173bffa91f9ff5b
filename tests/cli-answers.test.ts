import { describe, expect, it } from 'vitest';
import { optimizers } from '../src/descent/optimizers/index.ts';
import { schedules } from '../src/descent/schedules/index.ts';
import { surfaces } from '../src/landscape/surfaces/index.ts';
import { main } from '../src/cli/command.ts';
import goldenOptimizers from './golden/optimizers.json';
import goldenPoints from './golden/surface-points.json';
import goldenSurfaces from './golden/surfaces.json';
import { answerOf, thalweg } from './support/command.ts';

describe('list', () => {
  const known = { surfaces, optimizers, schedules };

  it.each(Object.entries(known))('%s: all of the registry, with what it knows', async (name, registry) => {
    const answer = await answerOf('list', name);
    expect(answer.map(({ id }: any) => id)).toEqual(registry.map(({ id }) => id));
    for (const [i, entry] of answer.entries()) {
      expect(entry.name).toBe(registry[i].name);
      expect(Object.keys(entry).length).toBeGreaterThan(3);
    }
  });

  it('optimizers with their golden defaults', async () => {
    for (const { id, hyper } of await answerOf('list', 'optimizers')) {
      // What PyTorch and optax have no record of, tests/optimizers.test.ts holds to its paper's defaults.
      const record = goldenOptimizers.trajectories.find(({ optimizer }) => optimizer === id);
      const keys = hyper.map(({ key }: any) => key);
      expect(keys).toEqual(record ? Object.keys(record.hyper) : keys);
      for (const spec of hyper) {
        expect(spec).toMatchObject({ key: expect.any(String), default: expect.any(Number), help: expect.any(String) });
      }
    }
  });

  it('schedules with defaults that follow the run’s length', async () => {
    const answer = await answerOf('list', 'schedules');
    const keysOf = (id: string) => answer.find((schedule: any) => schedule.id === id).keys;
    const defaults = (id: string) => Object.fromEntries(keysOf(id).map((spec: any) => [spec.key, spec.default]));
    expect(defaults('cosine')).toEqual({ tMax: 'steps', lrMin: 0 });
    expect(defaults('step')).toEqual({ stepSize: 'steps/10', gamma: 0.1 });
    expect(defaults('warmup-cosine')).toEqual({ warmupSteps: 'steps/10', totalSteps: 'steps', lrMin: 0 });
  });

  it('palettes, and that there are no models', async () => {
    const palettes = await answerOf('list', 'palettes');
    expect(palettes.map(({ id }: any) => id)).toEqual(['atlas', 'batlow', 'viridis', 'cividis', 'grey']);
    expect(await answerOf('list', 'models')).toEqual([]);
  });
});

describe('evaluate', () => {
  const cases = surfaces.map(({ id }) => [id, goldenPoints.surfaces.find((entry) => entry.id === id)!.points] as const);

  it.each(cases)('%s at its golden points', async (id, points) => {
    const places = points.flatMap(({ x, y }) => ['--at', `${x},${y}`]);
    const answer = await answerOf('evaluate', '--surface', id, ...places);
    // The golden data's own tolerance: 1e-9·(1 + the largest component).
    const expectClose = (found: number[], expected: number[]) => {
      const size = 1 + Math.max(...expected.map(Math.abs));
      for (const [k, value] of expected.entries()) {
        expect(Math.abs(found[k] - value)).toBeLessThanOrEqual(1e-9 * size);
      }
      expect(found).toHaveLength(expected.length);
    };
    expect(answer).toHaveLength(points.length);
    for (const [k, { x, y, value, gradient, hessian }] of points.entries()) {
      expect([answer[k].x, answer[k].y]).toEqual([x, y]);
      expectClose([answer[k].value], [value]);
      expectClose(answer[k].gradient, gradient);
      expectClose(answer[k].hessian, hessian);
    }
  });

  it('the golden formula’s text as the built-in surface', async () => {
    for (const { id, formula, parameters, tables } of goldenSurfaces.surfaces.filter((entry) =>
      surfaces.some((s) => s.id === entry.id),
    )) {
      if (Object.keys(tables ?? {}).length > 0) {
        continue;
      }
      const params = Object.entries(parameters as Record<string, { default: number }>).flatMap(([key, spec]) => [
        '--param',
        `${key}=${spec.default}`,
      ]);
      const [typed] = await answerOf('evaluate', '--formula', formula, ...params, '--at', '0.5,0.25');
      const [builtIn] = await answerOf('evaluate', '--surface', id, '--at', '0.5,0.25');
      expect(typed.value).toBeCloseTo(builtIn.value, 9);
      expect(typed.hessian[1]).toBeCloseTo(builtIn.hessian[1], 7);
    }
  });

  it('several places after one --at, parameters, and numbers that are none', async () => {
    const answer = await answerOf('evaluate', '--formula', 'a/x + log(y)', '--param', 'a=-2', '--at', '0,-1', '-4,1');
    expect(answer).toEqual([
      { x: 0, y: -1, value: 'nan', gradient: ['inf', -1], hessian: [expect.anything(), 0, -1] },
      { x: -4, y: 1, value: 0.5, gradient: [0.125, 1], hessian: [0.0625, 0, -1] },
    ]);
    const csv = await thalweg('evaluate', '--formula', 'x*y', '--at', '2,3', '--format', 'csv');
    expect(csv.out).toBe('x,y,value,gx,gy,xx,xy,yy\n2,3,6,3,2,0,1,0\n');
  });
});

describe('schedule', () => {
  const words = ({ id, ...keys }: Readonly<Record<string, unknown>>) =>
    `${id}${Object.keys(keys).length > 0 ? ':' : ''}${Object.entries(keys)
      .map(([key, value]) => `${key}=${value}`)
      .join()}`;

  it.each(goldenOptimizers.schedules.map(({ id, ...rest }) => [id, rest] as const))(
    '%s as PyTorch has it',
    async (_id, { schedule, lr, lrs }) => {
      const rates = await answerOf(
        'schedule',
        '--schedule',
        words(schedule),
        '--set',
        `lr=${lr}`,
        '--steps',
        String(lrs.length),
      );
      const peak = Math.max(...lrs);
      expect(rates).toHaveLength(lrs.length);
      for (const [t, rate] of lrs.entries()) {
        // Closed forms in float64; torch's chained ones agree to 4e-15 of the peak.
        expect(Math.abs(rates[t] - rate)).toBeLessThanOrEqual(1e-14 * peak);
      }
    },
  );

  it('a rate of 1 for 100 steps unless told otherwise, and lengths that follow the steps', async () => {
    expect(await answerOf('schedule')).toEqual(Array(100).fill(1));
    expect(await answerOf('schedule', '--schedule', 'step', '--steps', '20')).toEqual(
      await answerOf('schedule', '--schedule', 'step:stepSize=2,gamma=0.1', '--steps', '20'),
    );
    expect(await answerOf('schedule', '--schedule', 'cosine', '--steps', '0')).toEqual([]);
    expect((await thalweg('schedule', '--steps', '2', '--format', 'csv')).out).toBe('lr\n1\n1\n');
  });
});

describe('a reader that has gone away', () => {
  it('is no error', async () => {
    let err = '';
    const status = await main(['list', 'surfaces'], {
      out: () => Promise.reject(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
      err: (text) => {
        err += text;
      },
      terminal: false,
      program: null,
    });
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });

  it('a full disk behind standard output is one', async () => {
    let err = '';
    const status = await main(['list', 'surfaces'], {
      out: () => Promise.reject(Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC' })),
      err: (text) => {
        err += text;
      },
      terminal: false,
      program: null,
    });
    expect(status).toBe(1);
    expect(err).toMatch(/^thalweg: Could not write to standard output: the disk is full[^\n]*\n$/);
  });
});
