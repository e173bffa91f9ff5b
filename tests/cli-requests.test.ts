import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../src/cli/command.ts';
import { LATER_COMMANDS, LATER_OPTIONS } from '../src/cli/options.ts';
import { thalweg } from './support/command.ts';

/** Wrong requests: the words typed, and what the one line on standard error must name. */
const WRONG: readonly [string, ...string[]][] = [
  ['', 'run'],
  ['rnu', 'rnu', 'run'],
  ['run --optimzer adam', 'optimzer', 'optimizer'],
  ['run --surface rosenbrok', 'rosenbrok', 'rosenbrock'],
  ['run --surface __proto__', '__proto__'],
  ['run --optimizer adma', 'adma', 'adam'],
  ['run --optimizer adam --set beta3=1', 'beta3', 'beta'],
  ['run --optimizer adam --set lr=fast', 'fast'],
  ['run --optimizer adam --set lr=nan', 'nan'],
  ['run --optimizer adam --set lr', 'lr'],
  ['run --optimizer adam --set beta1=2', '2', 'beta1'],
  ['run --optimizer gd --set lr=-1', '-1', 'lr'],
  ['run --surface quadratic-bowl --param kapa=3', 'kapa', 'kappa'],
  ['run --surface quadratic-bowl --param kappa=-1e9', 'kappa', '-1e9'],
  ['run --formula x^2+a*y^2', 'a'],
  ['run --formula x^2 --param b=2', 'b'],
  ['run --formula x^2+', 'x^2+'],
  ['run --formula x^2 --surface saddle', 'surface', 'formula'],
  ['run --particles 0', '0', '1'],
  ['run --particles -3', '-3', '1'],
  ['run --particles 2.5', '2.5'],
  ['run --particles 1e9', '1e9', '1048576'],
  ['run --particles many', 'many'],
  ['run --spawn ring --particles 3', 'ring', 'grid'],
  ['run --start 1', '1', 'X,Y'],
  ['run --start 1,2,3', '1,2,3'],
  ['run --start nan,1', 'nan'],
  ['run --start 1,Infinity', 'Infinity'],
  ['run --start 1,2 --particles 3', 'start', 'particles'],
  ['run --steps -1', '-1'],
  ['run --steps 1.5', '1.5'],
  ['run --steps', 'steps'],
  ['run --every 0', '0', '1'],
  ['run --seed -1', '-1'],
  ['run --clip norm', 'norm'],
  ['run --clip nrom:1', 'nrom', 'norm'],
  ['run --clip norm:0', '0'],
  ['run --schedule cosin', 'cosin', 'cosine'],
  ['run --schedule cosine:tmax=3', 'tmax', 'tMax'],
  ['run --warmup -2', '-2'],
  ['run --domain 1,0,0,1', '1,0,0,1'],
  ['run --domain 1,2', '1,2'],
  ['run --device cuda', 'cuda', 'gpu'],
  ['run --format xml', 'xml', 'json'],
  ['run --format png', 'png'],
  ['run --scene no-such-file.json', 'no-such-file.json'],
  ['run --scene a.json --surface saddle', 'scene', 'surface'],
  ['run somewhere', 'somewhere'],
  ['run --help=yes', 'help'],
  ['list', 'surfaces'],
  ['list surface', 'surface', 'surfaces'],
  ['list surfaces optimizers', 'optimizers'],
  ['evaluate --surface saddle', 'at'],
  ['evaluate --surface saddle --at 1;2', '1;2'],
  ['evaluate --surface saddle --at 1,2 nan,0', 'nan'],
  ['schedule --schedule cosine --set beta1=0.5 --particles 3', 'particles'],
  ['compare', '--lane', '--scene'],
  ['compare --lane adma:lr=1', 'adma', 'adam'],
  ['compare --lane adam:lrr=1', 'lrr', 'lr'],
  ['compare --lane adam:lr=fast', '--lane adam', 'fast'],
  ['compare --lane adam:lr', '--lane adam', 'lr'],
  ['compare --lane adam:beta1=2', '--lane adam', 'beta1', '2'],
  ['compare --lane adam:base=gd', 'base', 'sam'],
  ['compare --lane sam:base=bfgs', 'bfgs', 'adam'],
  [`compare${' --lane gd'.repeat(9)}`, '9', '8'],
  ['compare --lane gd --budget stpes:10', 'stpes', 'steps'],
  ['compare --lane gd --budget gradients', 'gradients', 'gradients:400'],
  ['compare --lane gd --budget gradients:0', '0', '1'],
  ['compare --lane gd --budget steps:10 --steps 10', 'steps', 'budget'],
  ['compare --lane gd --target low', '--target', 'low'],
  ['compare --lane gd --optimizer adam', 'optimizer'],
  ['compare --lane gd --format csv', 'csv', 'json'],
  ['compare --scene a.json --lane gd', 'scene', 'lane'],
  ['tune --optimizer adam --key beta', 'beta', 'beta1'],
  ['tune --key lr', 'lr'],
  ['tune --target 1', 'target'],
  ['tune --format npy', 'npy', 'csv'],
];

describe('a wrong request', () => {
  it.each(WRONG)('"%s" is answered by one line that names the word', async (line, ...words) => {
    const { status, out, err } = await thalweg(...line.split(' ').filter((word) => word !== ''));
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(/^thalweg: [^\n]+\n$/);
    for (const word of words) {
      expect(err).toContain(word);
    }
  });

  it.each(LATER_COMMANDS)('the word %s is taken', async (name) => {
    const { status, out, err } = await thalweg(name);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(new RegExp(`^thalweg: [^\\n]*${name}[^\\n]*not available yet[^\\n]*\\n$`));
  });

  it.each(LATER_OPTIONS)('the word --%s is taken', async (name) => {
    const { status, out, err } = await thalweg('run', `--${name}`, '1');
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(new RegExp(`^thalweg: --${name} is not available yet\\.\\n$`));
  });
});

describe('help', () => {
  it('lists every command, and explains each with the options it takes', async () => {
    const general = await thalweg('--help');
    expect(general.status).toBe(0);
    for (const { name, options } of COMMANDS) {
      expect(general.out).toContain(name);
      for (const flag of ['--help', '-h']) {
        const { status, out, err } = await thalweg(name, flag);
        expect({ status, err }).toEqual({ status: 0, err: '' });
        for (const option of options) {
          expect(out).toContain(`--${option}`);
        }
      }
    }
  });

  it('says the version', async () => {
    const { status, out } = await thalweg('--version');
    expect(status).toBe(0);
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
