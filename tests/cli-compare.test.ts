import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerOf, thalweg } from './support/command.ts';

const folder = mkdtempSync(join(tmpdir(), 'thalweg-compare-'));

const words = (line: string): string[] => line.split(' ');
const REFERENCE = ['--device', 'reference'];

/** A bowl on which all is known: x and y shrink by 1 - lr with each update. */
const BOWL = ['--formula', '(x^2+y^2)/2', '--start', '3,4', '--start', '0.3,0.4'];

describe('compare', () => {
  it('tells lanes in their order, with numbers that are known', async () => {
    const answer = await answerOf(
      'compare',
      ...BOWL,
      ...words('--lane gd:lr=0.5 --lane gd:lr=0.25 --lane sam:rho=0,lr=0.5'),
      '--budget',
      'steps:9',
      '--target',
      '0.125',
      ...REFERENCE,
    );
    expect(Object.keys(answer)).toEqual([
      'surface',
      'device',
      'budget',
      'particles',
      'target',
      'tuned',
      'verdict',
      'lanes',
    ]);
    expect(answer).toMatchObject({
      surface: { formula: '(x^2+y^2)/2' },
      device: 'reference',
      budget: { kind: 'steps', n: 9 },
      particles: 2,
      target: 0.125,
      tuned: false,
    });
    // From a distance of 5 half of it is left after each update: below 0.5 after four of them; from 0.5 it is there at once.
    const [half, quarter, sam] = answer.lanes;
    expect(half).toMatchObject({
      name: 'Gradient descent 1',
      optimizer: 'gd',
      success: 1,
      diverged: 0,
      evaluations: 0,
      expected: 2,
    });
    expect(half.hyper).toEqual({ lr: 0.5, weightDecay: 0 });
    // 5·0.75ⁿ is below 0.5 after nine.
    expect(quarter).toMatchObject({ name: 'Gradient descent 2', success: 1, expected: 4.5 });
    // Its update costs two gradients, which is another matter than how many updates it takes.
    expect(sam).toMatchObject({ optimizer: 'sam', success: 1, expected: 2 });
    expect(half.loss.q50).toBeCloseTo(0.125 * 0.25 ** 9, 15);
    expect(half.intervals.success).toEqual([expect.closeTo(0.342, 3), 1]);
    expect(Object.keys(half.intervals)).toEqual(['success', 'evaluations', 'expected', 'loss', 'diverged']);
    expect([half.rank, half.behind, sam.rank, sam.behind.by, sam.behind.seen, quarter.rank, quarter.behind.by]).toEqual(
      [1, null, 2, 1, false, 3, 2.25],
    );
    expect(answer.verdict).toBe(
      'Gradient descent 1 reaches the target first from these 2 starts; so few tell nothing of others.',
    );
  });

  it('counts gradient evaluations under a budget of them', async () => {
    const line =
      '--lane gd:lr=0.5 --lane sam:rho=0,lr=0.5,base=gd --lane saddle-free-newton:lr=0.5,damping=0.001 --budget gradients:24 --target 1e-9';
    const { lanes, budget } = await answerOf(
      'compare',
      '--formula',
      '(x^2+y^2)/2',
      '--start',
      '3,4',
      ...words(line),
      ...REFERENCE,
    );
    expect(budget).toEqual({ kind: 'gradients', n: 24 });
    // 12.5·4⁻ⁿ is below 1e-9 after 17 updates: of 24, 12 and 8 only the first are enough.
    expect(lanes.map(({ success, evaluations }: any) => [success, evaluations])).toEqual([
      [1, 17],
      [0, 'inf'],
      [0, 'inf'],
    ]);
    expect(lanes[1].base).toBe('gd');
    expect(lanes[1].loss.q50).toBeCloseTo(12.5 * 4 ** -12, 15);
    expect(lanes[2].loss.q50).toBeGreaterThan(12.5 * 4 ** -8.1);
  });

  it('ends with status 1 when a lane diverged and --strict says so, and with an answer', async () => {
    const line = [
      'compare',
      '--formula',
      '(x^2+y^2)/2',
      ...words('--lane gd:lr=0.5 --lane gd:lr=9 --budget steps:500 --particles 20'),
      ...REFERENCE,
    ];
    const lenient = await thalweg(...line);
    const strict = await thalweg(...line, '--strict');
    expect([lenient.status, strict.status, strict.err]).toEqual([0, 1, '']);
    expect(strict.out).toBe(lenient.out);
    const [, gone] = JSON.parse(strict.out).lanes;
    expect([gone.diverged, gone.loss.q10, gone.success]).toEqual([1, 'inf', 0]);
    expect((await thalweg(...words('compare --lane gd:lr=0.001 --particles 5 --strict'), ...REFERENCE)).status).toBe(0);
  });

  it('takes a scene’s lanes, budget and target, and says the same as the options that it was saved from', async () => {
    const file = join(folder, 'scene.json');
    const line = words(
      'compare --surface beale --lane adam:lr=0.1 --lane lion:lr=0.01 --budget gradients:60 --target 0.5 --particles 40 --seed 3 --noise 0.1',
    );
    const saved = await answerOf(...line, '--save-scene', file, ...REFERENCE);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      steps: 60,
      race: { budget: 'gradients', target: 0.5 },
    });
    expect(await answerOf('compare', '--scene', file, ...REFERENCE)).toEqual(saved);
    expect((await answerOf('compare', '--scene', file, '--target', '2', ...REFERENCE)).target).toBe(2);
    const scene = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(
      file,
      JSON.stringify({ ...scene, lanes: scene.lanes.map((lane: object) => ({ ...lane, on: false })) }),
    );
    const off = await thalweg('compare', '--scene', file);
    expect([off.status, off.out]).toEqual([2, '']);
    expect(off.err).toMatch(/^thalweg: All lanes [^\n]+\n$/);
  });

  it('measures what an update costs where time is the budget', async () => {
    const line = words('compare --lane gd:lr=0.001 --lane saddle-free-newton --budget time:30 --particles 30');
    const { budget, lanes } = await answerOf(...line, ...REFERENCE);
    expect(budget).toMatchObject({ kind: 'time', n: 30 });
    expect(budget.costs.map((cost: number) => cost > 0)).toEqual([true, true]);
    expect(lanes.map(({ expected }: any) => expected >= 0 || expected === 'inf')).toEqual([true, true]);
  });

  it('tunes each lane by the same search', async () => {
    const line = words('compare --lane gd:lr=1e-9 --lane adam:lr=1e-9 --budget steps:40 --particles 50');
    const [as, tuned] = [await answerOf(...line, ...REFERENCE), await answerOf(...line, '--tuned', ...REFERENCE)];
    expect([as.tuned, tuned.tuned]).toEqual([false, true]);
    for (const [k, { hyper, loss }] of tuned.lanes.entries()) {
      expect(hyper.lr).toBeGreaterThan(1e-4);
      expect(loss.q50).toBeLessThan(0.01 * as.lanes[k].loss.q50);
    }
    const { best } = await answerOf(...words('tune --optimizer adam --steps 40 --particles 50'), ...REFERENCE);
    expect(tuned.lanes[1].hyper).toEqual(best);
  });

  it('as a table, the best first, with the sentence below', async () => {
    const { out } = await thalweg(
      ...words('compare --lane gd:lr=0.001 --lane adam:lr=0.3 --particles 60 --format table'),
      ...REFERENCE,
    );
    const lines = out.split('\n');
    expect(lines[0]).toMatch(
      /^lane +success +evaluations +loss 10 % +loss 50 % +loss 90 % +diverged +times the first$/,
    );
    expect(lines[2]).toMatch(/^Adam +\d+(\.\d+)? % \(\d+–\d+\) /);
    expect(lines[3]).toMatch(/^Gradient descent /);
    expect(lines[5]).toMatch(/^Adam reaches the target first, from \d+ % of the starts; Gradient descent /);
    expect(Math.max(...lines.slice(0, 4).map(({ length }) => length))).toBeLessThan(140);
  });
});

describe('tune', () => {
  it('answers the best and the curve that shows it', async () => {
    const answer = await answerOf(
      'tune',
      '--formula',
      'x^2/2 + 5y^2',
      '--optimizer',
      'gd',
      '--start',
      '1,1',
      '--steps',
      '12',
      ...REFERENCE,
    );
    expect(Object.keys(answer)).toEqual([
      'surface',
      'optimizer',
      'budget',
      'device',
      'particles',
      'trials',
      'best',
      'curve',
    ]);
    expect(answer).toMatchObject({
      optimizer: 'gd',
      budget: { kind: 'steps', n: 12 },
      device: 'reference',
      particles: 1,
    });
    expect(Object.keys(answer.best)).toEqual(['lr', 'weightDecay']);
    for (const row of answer.curve) {
      expect(Object.keys(row)).toEqual(['lr', 'median', 'low', 'high', 'diverged']);
      // x and y shrink by 1 - lr and 1 - 10·lr an update.
      const loss = 0.5 * (1 - row.lr) ** 24 + 5 * (1 - 10 * row.lr) ** 24;
      expect(Math.abs(row.median / loss - 1)).toBeLessThan(1e-12);
    }
    const least = answer.curve.reduce((one: any, other: any) => (other.median < one.median ? other : one));
    expect(answer.best.lr).toBe(least.lr);
    expect(answer.trials).toBe(answer.curve.length);
  });

  it('searches another key on request, under a budget of gradients, as CSV and as a table', async () => {
    const line = words(
      'tune --surface rosenbrock --optimizer momentum --key momentum --budget gradients:30 --particles 20',
    );
    const answer = await answerOf(...line, ...REFERENCE);
    expect(answer.budget).toEqual({ kind: 'gradients', n: 30 });
    expect(Object.keys(answer.curve[0])).toEqual(['lr', 'momentum', 'median', 'low', 'high', 'diverged']);
    expect(new Set(answer.curve.map(({ momentum }: any) => momentum))).toEqual(new Set([answer.best.momentum]));
    expect(answer.trials).toBeGreaterThan(7 * 20);
    const csv = await thalweg(...line, '--format', 'csv', ...REFERENCE);
    expect(csv.out.split('\n')[0]).toBe('lr,momentum,median,low,high,diverged');
    expect(csv.out.split('\n').length).toBe(answer.curve.length + 2);
    const table = await thalweg(...line, '--format', 'table', ...REFERENCE);
    expect(table.out.split('\n').filter((row) => row.endsWith('<'))).toHaveLength(1);
  });

  it('draws a bar on a terminal, and nothing else', async () => {
    const { main } = await import('../src/cli/command.ts');
    let [out, err] = ['', ''];
    const status = await main(
      words('tune --surface rastrigin --optimizer adam --steps 20 --particles 8 --device reference'),
      {
        out: async (chunk) => {
          out += chunk;
        },
        err: (text) => {
          err += text;
        },
        terminal: true,
        program: null,
      },
    );
    expect(status).toBe(0);
    expect(JSON.parse(out).best.lr).toBeGreaterThan(0);
    expect(err).toMatch(/tune \[#*\.*\] \d+ %/);
    expect(err.endsWith('\r\x1b[K')).toBe(true);
  });
});
