import { expect, it } from 'vitest';
import { answerOf } from './support/command.ts';

/** Runs whose verdict does not hang on the last bits: on either device it is the same, and so are numbers of the evidence. */
const RUNS: readonly (readonly [string, readonly string[]])[] = [
  // Beyond 1e30 after 50 updates on the GPU, long after in float64: a divergence on both.
  ['diverging', ['--formula', 'x^2 + 9*y^2', '--start', '3,2', '--optimizer', 'gd', '--set', 'lr=0.17']],
  ['oscillating', ['--formula', 'x^2 + 9*y^2', '--start', '3,2', '--optimizer', 'gd', '--set', 'lr=0.1108']],
  ['non-finite', ['--formula', 'x^4 + y^4', '--start', '3,2', '--optimizer', 'gd', '--set', 'lr=1']],
  [
    'noise',
    [
      '--formula',
      'x^2 + 9*y^2',
      '--start',
      '3,2',
      '--optimizer',
      'gd',
      '--set',
      'lr=0.03',
      '--noise',
      '8',
      '--steps',
      '300',
    ],
  ],
  ['saddle', ['--surface', 'strict-saddle', '--optimizer', 'momentum', '--set', 'lr=0.05,momentum=0.5']],
  [
    'arrived',
    ['--surface', 'himmelblau', '--optimizer', 'adam', '--set', 'lr=0.1', '--particles', '300', '--steps', '200'],
  ],
];

it.each(RUNS)('%s is named alike by both devices', async (verdict, words) => {
  const [gpu, reference] = await Promise.all(
    ['gpu', 'reference'].map((device) => answerOf('diagnose', ...words, '--device', device)),
  );
  expect([gpu.verdict, gpu.device]).toEqual([verdict, 'gpu']);
  expect([reference.verdict, reference.judged]).toEqual([verdict, gpu.judged]);
});
