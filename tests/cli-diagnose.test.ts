import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOf, thalweg } from './support/command.ts';
import { randomOf } from './support/labelled-runs.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thalweg-diagnose-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, lines: readonly string[]): Promise<string> {
  const place = join(folder, name);
  await writeFile(place, lines.join('\n'));
  return place;
}

const reference = ['--device', 'reference'] as const;

describe('diagnose, of a run', () => {
  // x² + 9y² has the curvatures 2 and 18, so gradient descent is stable below 2/18.
  const bowl = ['--formula', 'x^2 + 9*y^2', '--start', '3,2', '--optimizer', 'gd', ...reference] as const;

  it('names a divergence, shows the sharpness against 2, and proposes cures as changes of the scene', async () => {
    const { verdict, healthy, evidence, cause, cures, device, judged, shares } = await answerOf(
      'diagnose',
      ...bowl,
      '--set',
      'lr=0.15',
    );
    expect([verdict, healthy, device, judged]).toEqual(['diverging', false, 'reference', 1]);
    expect(shares).toEqual([{ verdict: 'diverging', share: 1 }]);
    // By hand: 0.15 · 18.
    const sharpness = evidence.find(({ name }: any) => name === 'learning rate × sharpness');
    expect(sharpness.value).toBeCloseTo(2.7, 9);
    expect(sharpness).toMatchObject({ against: 2, window: [75, 100] });
    expect(cause).toMatch(/learning rate/);
    expect(cures[0]).toEqual({
      name: 'learning rate ÷ 10',
      change: [{ kind: 'hyper', lane: 0, key: 'lr', value: 0.015 }],
      because: expect.stringMatching(/^[A-Z].*\.$/),
    });
  });

  it('calls a sound run sound', async () => {
    expect(await answerOf('diagnose', ...bowl, '--set', 'lr=0.05')).toMatchObject({
      verdict: 'arrived',
      healthy: true,
    });
  });

  it('judges a sample of many particles, and tells shares', async () => {
    const { judged, shares } = await answerOf(
      'diagnose',
      '--surface',
      'himmelblau',
      '--optimizer',
      'gd',
      '--set',
      'lr=0.005',
      '--particles',
      '500',
      '--steps',
      '60',
      ...reference,
    );
    expect(judged).toBe(64);
    expect(shares.reduce((sum: number, { share }: any) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  it('answers the checklist by short runs', async () => {
    const { experiments } = await answerOf('diagnose', ...bowl, '--set', 'lr=0.15', '--experiments');
    const answers = Object.fromEntries(experiments.map(({ question, answer }: any) => [question, answer]));
    expect(answers).toEqual({
      'Does the loss fall at all?': 'no',
      'Does anything leave the number range?': 'no',
      'With a tenth of the learning rate: is it stable?': 'yes',
      'With a slightly higher learning rate: is it faster?': 'no',
      'Without the noise: is it better?': 'does not apply',
    });
  });

  it('is a text for people with --format table', async () => {
    const { out } = await thalweg('diagnose', ...bowl, '--set', 'lr=0.15', '--format', 'table');
    expect(out).toMatch(/^diverging\n {2}[A-Z].*\.\n\nEvidence\n(.+\n)+\nCures\n(.+\n)+$/);
  });
});

describe('diagnose, of a curve from a file', () => {
  const random = randomOf(5);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const steps = Array.from({ length: 160 }, (_, t) => t);

  /** Curves by what is the matter with them, each made from its definition. */
  const curves: Readonly<Record<string, (t: number) => number>> = {
    descending: (t) => 2 * Math.exp(-t / 40),
    diverging: (t) => (t < 40 ? 2 - t / 40 : Math.exp((t - 40) / 10)),
    'non-finite': (t) => (t < 90 ? 2 - t / 90 : Number.NaN),
    stalled: (t) => 2.3 - 0.02 * (1 - Math.exp(-t / 10)),
    crawling: (t) => 2.3 - 4e-4 * t,
    noise: () => 1 * Math.exp(0.4 * normal()),
    oscillating: (t) => 1.2 + Math.sin(t * 1.1),
    spiking: (t) => (0.3 + Math.exp(-t / 20)) * (t % 37 === 30 ? 30 : 1 + 0.03 * normal()),
    arrived: (t) => 0.05 + 2 * Math.exp(-t / 12),
  };

  it.each(Object.entries(curves))('%s', async (label, curve) => {
    const place = await file(
      `${label}.csv`,
      steps.map((t) => String(curve(t))),
    );
    const { verdict, evidence, cause } = await answerOf('diagnose', '--loss', place);
    expect(verdict).toBe(label);
    expect(cause).toMatch(/^[A-Z].*\.$/);
    expect(evidence.length).toBeGreaterThan(0);
  });

  it('overfitting, with the step at which to stop', async () => {
    // The validation loss 1/(1 + t/10) + t/200 is least where its slope vanishes: (1 + t/10)² = 20.
    const rows = steps.map((t) => `${10 * t};${Math.exp(-t / 30)};${1 / (1 + t / 10) + t / 200}`);
    const place = await file('over.csv', ['epoch;train_loss;val_loss', ...rows]);
    const { verdict, evidence, cures } = await answerOf('diagnose', '--loss', place);
    const best = 10 * 10 * (Math.sqrt(20) - 1);
    expect(verdict).toBe('overfitting');
    // Smoothed over five neighbours on each side, in steps of ten.
    expect(Math.abs(evidence[0].value - best)).toBeLessThanOrEqual(30);
    expect(cures[0].change).toBe(`stop at step ${evidence[0].value}`);
  });

  it('reads columns without names, and losses that are not finite', async () => {
    const two = await file(
      'two.csv',
      steps.map((t) => `${t},${t < 100 ? 1 : 'nan'}`),
    );
    expect(await answerOf('diagnose', '--loss', two)).toMatchObject({ verdict: 'non-finite' });
    const three = await file(
      'three.csv',
      steps.map((t) => `${t}\t${Math.exp(-t / 30)}\t${1 / (1 + t / 10) + t / 200}`),
    );
    expect(await answerOf('diagnose', '--loss', three)).toMatchObject({ verdict: 'overfitting' });
  });

  it.each([
    [['--loss', 'nowhere.csv'], /no file that can be read/],
    [['--loss', 'few.csv'], /has 3 losses/],
    [['--loss', 'words.csv'], /line 2: "high" is no number/],
    [['--loss', 'back.csv'], /step 1 does not come after 2/],
    [['--loss', 'few.csv', '--steps', '5'], /--loss and --steps are both given/],
    [['--surface', 'booth', '--steps', '5'], /says nothing; give --steps 10 or more/],
    [['--format', 'png'], /Unknown format "png"/],
  ])('refuses %j in a sentence', async (words, sentence) => {
    await file('few.csv', ['1', '2', '3']);
    await file('words.csv', ['1', 'high', ...steps.map(String)]);
    await file('back.csv', ['step,loss', '1,3', '2,2', '1,1', ...steps.map((t) => `${t},1`)]);
    const placed = words.map((word) => (word.endsWith('.csv') ? join(folder, word) : word));
    const { status, out, err } = await thalweg('diagnose', ...placed);
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});
