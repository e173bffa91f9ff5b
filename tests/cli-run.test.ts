import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { optimizers } from '../src/descent/optimizers/index.ts';
import { DEFAULT_SCENE, UNCONDITIONED } from '../src/scene/defaults.ts';
import { sceneToFile } from '../src/scene/file.ts';
import { encodeScene } from '../src/scene/link.ts';
import type { Scene } from '../src/scene/scene.ts';
import golden from './golden/optimizers.json';
import { answerOf, thalweg } from './support/command.ts';
import { expectNear } from './support/tolerance.ts';

interface Trajectory {
  readonly id: string;
  readonly surface: keyof typeof golden.surfaces;
  readonly optimizer: string;
  readonly hyper: Readonly<Record<string, number>>;
  readonly schedule?: Readonly<Record<string, number | string>>;
  readonly clip?: { readonly kind: string; readonly limit: number };
  readonly start: readonly number[];
  readonly steps: number;
  readonly points: readonly (readonly (number | string)[])[];
  readonly diverged?: boolean;
  readonly sensitivity?: { readonly 'd1e-9': number };
}

const trajectories = (golden.trajectories as unknown as readonly Trajectory[]).filter(({ optimizer }) =>
  optimizers.some(({ id }) => id === optimizer),
);

const pairs = (values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');

/** The words that ask for a golden run. */
function wordsFor({ surface, optimizer, hyper, schedule, clip, start, steps }: Trajectory): string[] {
  const { id, ...keys } = schedule ?? {};
  const colon = Object.keys(keys).length > 0 ? ':' : '';
  return [
    ...['run', '--device', 'reference', '--formula', golden.surfaces[surface], '--optimizer', optimizer],
    ...['--set', pairs(hyper), '--start', start.join(), '--steps', String(steps)],
    ...(schedule ? ['--schedule', `${id}${colon}${pairs(keys)}`] : []),
    ...(clip ? ['--clip', `${clip.kind}:${clip.limit}`] : []),
  ];
}

describe('run on the reference', () => {
  it.each(trajectories.map((trajectory) => [trajectory.id, trajectory] as const))(
    'gives the golden record %s',
    async (_id, trajectory) => {
      const answer = await answerOf(...wordsFor(trajectory));
      const [{ steps, points, outcome }] = answer.particles;
      expect(answer.device).toBe('reference');
      expect(answer.optimizer).toBe(trajectory.optimizer);
      expect(answer.hyper).toEqual(trajectory.hyper);
      expect(answer.surface).toEqual({ formula: golden.surfaces[trajectory.surface] });
      expect(steps).toEqual(trajectory.points.map((_, k) => k));
      expect(points).toHaveLength(trajectory.points.length);
      expect(outcome === 'diverged').toBe(trajectory.diverged === true);
      const rel = 1e-13 * Math.max(10, trajectory.sensitivity?.['d1e-9'] ?? 1e3);
      const tolerance = { rel, abs: rel, why: 'float64 rounding, magnified as much as a moved start is' };
      for (const [step, expected] of trajectory.points.entries()) {
        for (const [k, value] of expected.entries()) {
          const found = points[step][k];
          if (typeof value === 'number') {
            expectNear(found, value, tolerance, `${trajectory.id}, step ${step}, entry ${k}`);
          } else {
            // Infinity or NaN depends on the order of operations.
            expect(['nan', 'inf', '-inf']).toContain(found);
          }
        }
      }
    },
  );

  it('starts where it is told to, to the last bit', async () => {
    const { particles } = await answerOf(
      'run',
      '--start',
      '-0.1,0.30000000000000004',
      '--start=1e-9,-7',
      '--steps',
      '0',
      '--device',
      'reference',
    );
    expect(particles.map(({ points }: any) => points[0].slice(0, 2))).toEqual([
      [-0.1, 0.30000000000000004],
      [1e-9, -7],
    ]);
    expect(particles.map(({ steps }: any) => steps)).toEqual([[0], [0]]);
  });

  it('takes defaults from the registry: surface’s first start, optimizer’s hyperparameters, 100 steps', async () => {
    const [surface] = await answerOf('list', 'surfaces');
    const [optimizer] = await answerOf('list', 'optimizers');
    const answer = await answerOf('run', '--surface', surface.id, '--optimizer', optimizer.id, '--device', 'reference');
    expect(answer.surface).toBe(surface.id);
    expect(answer.particles).toHaveLength(1);
    expect(answer.particles[0].points).toHaveLength(101);
    expect(answer.particles[0].points[0].slice(0, 2)).toEqual(surface.starts[0]);
    expect(answer.hyper).toEqual(Object.fromEntries(optimizer.hyper.map((spec: any) => [spec.key, spec.default])));
    expect(answer.schedule).toBeNull();
  });

  it('warms up in front of a schedule, which then begins at its own start', async () => {
    const words = ['--schedule', 'step:stepSize=2,gamma=0.5', '--warmup', '3', '--steps', '8'];
    const rates = await answerOf('schedule', ...words, '--set', 'lr=0.6');
    expect(rates).toEqual([0.2, 0.4, 0.6, 0.6, 0.6, 0.3, 0.3, 0.15].map((rate) => expect.closeTo(rate, 15)));
    // On f = x, gradient descent walks by just the rates.
    const run = await answerOf(
      'run',
      '--formula',
      'x',
      '--optimizer',
      'gd',
      '--set',
      'lr=0.6',
      '--start',
      '0,0',
      ...words,
      '--device',
      'reference',
    );
    let x = 0;
    for (const [t, rate] of rates.entries()) {
      x -= rate;
      expect(run.particles[0].points[t + 1][0]).toBeCloseTo(x, 14);
    }
  });
});

describe('what comes of a run', () => {
  const OUTCOMES: readonly [string, string][] = [
    ['diverged', '--surface quadratic-bowl --optimizer gd --set lr=1e30 --start 1,1'],
    ['diverged', '--formula log(x) --optimizer gd --set lr=1 --start -1,0'],
    ['converged', '--formula x^2+y^2 --optimizer gd --set lr=0.25 --start 1,1 --steps 60'],
    ['converged', '--surface himmelblau --optimizer gd --set lr=0.01 --start 3,3 --steps 300'],
    ['oscillating', '--formula abs(x) --optimizer gd --set lr=0.75 --start 0.25,0 --steps 60'],
    ['stalled', '--formula x^2 --optimizer gd --set lr=1 --start 1,0 --steps 60'],
    [
      'stalled',
      '--formula x^2 --optimizer gd --set lr=0.1 --schedule step:stepSize=20,gamma=1e-9 --start 1,0 --steps 60',
    ],
    ['wandering', '--formula x^2 --optimizer gd --set lr=1e-3 --start 1,0 --steps 30'],
    ['wandering', '--formula x^2 --optimizer gd --set lr=1 --start 1,0 --steps 5'],
  ];

  it.each(OUTCOMES)('is called %s: %s', async (outcome, line) => {
    const { particles } = await answerOf('run', ...line.split(' '), '--device', 'reference');
    expect(particles[0].outcome).toBe(outcome);
  });

  it('is told to the first offending point and no further', async () => {
    // x → -2e30·x but for rounding: at 6.4e181 the square leaves float64 while x does not.
    const run = 'run --formula x^2 --optimizer gd --set lr=1e30 --start 1,0 --steps 50 --device reference';
    const [{ steps, points, outcome }] = (await answerOf(...run.split(' '))).particles;
    expect(outcome).toBe('diverged');
    expect(steps).toEqual([0, 1, 2, 3, 4, 5, 6]);
    for (const [k, [x, y, loss]] of points.entries()) {
      expect(x / (-2e30) ** k).toBeCloseTo(1, 12);
      expect(y).toBe(0);
      expect(loss).toBe(k < 6 ? x * x : 'inf');
    }
  });

  it('is an answer: a diverged run ends with status 0', async () => {
    const { status } = await thalweg(
      'run',
      '--optimizer',
      'gd',
      '--set',
      'lr=1e30',
      '--steps',
      '20',
      '--device',
      'reference',
    );
    expect(status).toBe(0);
  });
});

describe('particles', () => {
  const spawned = (...words: string[]) =>
    answerOf('run', '--surface', 'himmelblau', '--optimizer', 'gd', '--steps', '3', '--device', 'reference', ...words);

  it.each(['uniform', 'gaussian', 'grid'])(
    'spawn %s: the same for a seed, exact in float32, in the domain',
    async (spawn) => {
      const words = ['--particles', '37', '--spawn', spawn];
      const once = await spawned(...words);
      expect(await spawned(...words, '--seed', '0')).toEqual(once);
      expect(once.particles).toHaveLength(37);
      for (const { points } of once.particles) {
        const [x, y] = points[0];
        expect([Math.fround(x), Math.fround(y)]).toEqual([x, y]);
        expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(6);
      }
      const other = await spawned(...words, '--seed', '1');
      expect(JSON.stringify(other) === JSON.stringify(once)).toBe(spawn === 'grid');
    },
  );

  it('--every keeps each K-th step and always the last', async () => {
    const all = await spawned('--steps', '10', '--particles', '2');
    const some = await spawned('--steps', '10', '--particles', '2', '--every', '4');
    for (const [i, { steps, points }] of some.particles.entries()) {
      expect(steps).toEqual([0, 4, 8, 10]);
      expect(points).toEqual(steps.map((step: number) => all.particles[i].points[step]));
    }
  });

  it('csv and npy hold the numbers of the json', async () => {
    const run =
      'run --formula x^2 --optimizer gd --set lr=1e30 --start 1,2 --start 0,3 --steps 10 --every 4 --device reference';
    const words = run.split(' ');
    const json = await answerOf(...words);
    expect(json.particles.map(({ steps }: any) => steps)).toEqual([
      [0, 4, 6],
      [0, 4, 8, 10],
    ]);
    const lines = json.particles.flatMap(({ steps, points }: any, i: number) =>
      steps.map((step: number, k: number) => [i, step, ...points[k]].join()),
    );
    expect((await thalweg(...words, '--format', 'csv')).out).toBe(`particle,step,x,y,loss\n${lines.join('\n')}\n`);

    const { bytes } = await thalweg(...words, '--format', 'npy');
    expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x93NUMPY\x01\x00');
    const data = 10 + bytes.readUInt16LE(8);
    expect(data % 64).toBe(0);
    expect(bytes.subarray(10, data).toString()).toMatch(
      /^\{'descr': '<f8', 'fortran_order': False, 'shape': \(4, 2, 3\), \} *\n$/,
    );
    const numbers = Array.from({ length: (bytes.length - data) / 8 }, (_, k) => bytes.readDoubleLE(data + 8 * k));
    const gone = [Number.NaN, Number.NaN, Number.NaN];
    const [left, stayed] = json.particles.map(({ points }: any) => points);
    expect(numbers).toEqual([left[0], stayed[0], left[1], stayed[1], gone, stayed[2], gone, stayed[3]].flat());
  });
});

describe('scenes and files', () => {
  let folder = '';
  const path = (name: string) => join(folder, name);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'thalweg-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const WORDS = [
    '--formula',
    'x^2+a*y^2',
    '--param',
    'a=3',
    '--domain',
    '-2,2,-1,1',
    '--optimizer',
    'adam',
    '--set',
    'lr=0.1',
    '--schedule',
    'cosine:tMax=7',
    '--warmup',
    '2',
    '--clip',
    'value:0.5',
    '--particles',
    '5',
    '--spawn',
    'gaussian',
    '--seed',
    '3',
    '--steps',
    '9',
  ];

  it('a saved scene and its link run as the options did', async () => {
    const device = ['--device', 'reference'];
    const direct = await thalweg('run', ...WORDS, ...device, '--save-scene', path('scene.json'));
    expect(direct.status).toBe(0);
    const saved = await readFile(path('scene.json'), 'utf8');
    expect(await thalweg('run', '--scene', path('scene.json'), ...device)).toEqual(direct);
    const { thalweg: _version, ...scene } = JSON.parse(saved);
    const link = `http://127.0.0.1:4173/#${encodeScene(scene as Scene)}`;
    expect(await thalweg('run', '--scene', link, ...device)).toEqual(direct);
  });

  it('a scene’s edits take place at their steps', async () => {
    const edited: Scene = {
      ...DEFAULT_SCENE,
      surface: { formula: 'x', params: {} },
      lanes: [{ optimizer: 'gd', hyper: { lr: 1 }, ...UNCONDITIONED, colour: 0, on: true }],
      selected: 0,
      start: { count: 1, spawn: 'points', points: [[0, 0]] },
      steps: 6,
      edits: [
        { step: 2, change: { kind: 'hyper', lane: 0, key: 'lr', value: 10 } },
        { step: 3, change: { kind: 'particles', points: [[100, 1]] } },
        { step: 4, change: { kind: 'clip', lane: 0, clip: { kind: 'value', limit: 0.5 } } },
      ],
    };
    await writeFile(path('edited.json'), sceneToFile(edited));
    const { particles } = await answerOf(
      'run',
      '--scene',
      path('edited.json'),
      '--device',
      'reference',
      '--every',
      '2',
    );
    expect(particles.map(({ steps, points }: any) => [steps, points.map(([x]: number[]) => x)])).toEqual([
      [
        [0, 2, 4, 6],
        [0, -2, -22, -32],
      ],
      [
        [3, 4, 6],
        [100, 90, 80],
      ],
    ]);
  });

  it('--out appears whole, and nothing goes to standard output', async () => {
    const plain = await thalweg('run', ...WORDS, '--device', 'reference');
    const { status, out } = await thalweg('run', ...WORDS, '--device', 'reference', '--out', path('run.json'));
    expect({ status, out }).toEqual({ status: 0, out: '' });
    expect(await readFile(path('run.json'), 'utf8')).toBe(plain.out);
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('a place that cannot be written is one sentence and status 1, and leaves nothing behind', async () => {
    const run = ['run', '--steps', '1', '--device', 'reference', '--out'];
    for (const place of [path('missing/run.json'), folder]) {
      const { status, out, err } = await thalweg(...run, place);
      expect({ status, out }).toEqual({ status: 1, out: '' });
      expect(err).toMatch(/^thalweg: Could not write [^\n]+\n$/);
      expect(err).toContain(place);
    }
  });

  it('a full disk is one sentence and status 1, and a device stays a device', async () => {
    await symlink('/dev/full', path('full'));
    const { status, err } = await thalweg('run', '--steps', '1', '--device', 'reference', '--out', path('full'));
    expect(status).toBe(1);
    expect(err).toMatch(/^thalweg: Could not write [^\n]*disk is full[^\n]*\n$/);
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('a wrong request writes nothing', async () => {
    const before = await readdir(folder);
    const { status } = await thalweg(
      'run',
      '--particles',
      '0',
      '--out',
      path('none.json'),
      '--save-scene',
      path('none-scene.json'),
    );
    expect(status).toBe(2);
    expect(await readdir(folder)).toEqual(before);
  });

  it.each([
    ['not json at all', 'JSON'],
    ['{"thalweg": 1, "lanes": [{"optimizer": "adm"}]}', 'adam'],
    ['{"thalweg": 1, "start": {"count": 0}}', '0'],
    ['{"thalweg": 99}', '99'],
  ])('a damaged scene is a wrong request: %s', async (text, word) => {
    await writeFile(path('damaged.json'), text);
    const { status, out, err } = await thalweg('run', '--scene', path('damaged.json'));
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(/^thalweg: [^\n]+\n$/);
    expect(err).toContain(word);
  });
});
