import { targetsOf } from '../../analysis/targets.ts';
import { raceBudget } from '../../compute/engine/budget.ts';
import { landscapeOf } from '../../compute/engine/plan.ts';
import type { Trial } from '../../compute/engine/trials.ts';
import { tune as search } from '../../compute/engine/tune.ts';
import { hyperDefaults } from '../../descent/optimizers/index.ts';
import { optimizerOf } from '../../scene/compiled.ts';
import { withBudget } from '../budget.ts';
import { deviceChoice, obtainGpu, onDevice } from '../device.ts';
import { RequestError } from '../errors.ts';
import { optimizerFacts, surfaceFacts } from '../facts.ts';
import { toJson } from '../json.ts';
import { knownKey, knownWord } from '../known.ts';
import { SCENE_OPTIONS } from '../options.ts';
import { checkPlace, deliver } from '../output.ts';
import { Progress } from '../progress.ts';
import { keepScene, requestScene } from '../request.ts';
import { csvTable } from '../table.ts';
import { readable, textTable } from '../text-table.ts';
import type { Command } from './command.ts';

const FORMATS = ['json', 'csv', 'table'] as const;

/** Particles without --particles and --start. */
const PARTICLES = 256;

/** Parts of a progress bar. */
const PARTS = 1000;

/** A trial as a row: what was tried first. */
const rowOf = ({ hyper, median, low, high, diverged }: Trial): Readonly<Record<string, number>> => ({
  ...hyper,
  median,
  low,
  high,
  diverged,
});

/** `tune`: the best learning rate, and what the others come to. */
export const tune: Command = {
  name: 'tune',
  summary: 'Searches the learning rate that does best on a surface within a budget, over many starts.',
  usage:
    '[--surface ID | --formula TEXT] [--optimizer ID | --update TEXT] [--budget steps:N|gradients:N] [--key KEY] [options]',
  details: [
    'Answers {surface, optimizer, budget, device, particles, trials, best: {lr, …every key}, curve: [{lr, median, low, high, diverged}, …]}:',
    'of the loss at the end the median, the 10th and the 90th percentile, and the share that diverged, whose loss is infinite. The',
    'rates are on a grid of three a decade, which goes on where the best is at its end, then ever closer around the best: the one with the',
    'least median, or of those that are as low as floats can tell the one that was lower earlier. Each',
    'value of --key is tried with all of them. 256 particles start in the domain unless --particles or --start say otherwise;',
    'those that are placed at random are not those of `run`, so that what is found is not fitted to its starts. Of a scene the',
    'selected lane is tuned.',
  ].join('\n'),
  options: [...SCENE_OPTIONS, 'budget', 'key', 'device', 'scene', 'save-scene', 'format', 'out'],
  positionals: 0,
  async run(words, io) {
    const format = knownWord(words.last('format') ?? 'json', FORMATS, 'format');
    const choice = deviceChoice(words, 'auto');
    const scene = withBudget(words, await requestScene(words, PARTICLES));
    const lane = scene.selected;
    const optimizer = optimizerOf(scene.lanes[lane]);
    const key = words.last('key') ?? null;
    if (key === 'lr') {
      throw new RequestError(
        '--key lr: the learning rate is searched in any case; --key names another hyperparameter.',
      );
    }
    if (key !== null) {
      knownKey(key, optimizer.hyper, optimizer.id);
    }
    const enough = targetsOf(landscapeOf(scene), null).losses.at(-1);
    await checkPlace(words.last('out'));
    await keepScene(words, scene);
    const gpu = await obtainGpu(choice, io);
    const progress = new Progress(io, 'tune', PARTS);
    const between = (trials: number, of: number): void => progress.update((PARTS * trials) / of);
    const { tuning, budget } = await onDevice(gpu, io, async (device) => {
      const budget = await raceBudget(device, scene, () => performance.now());
      return {
        budget,
        tuning: await search(device, scene, lane, { budget, key, between, starts: scene.start.count, enough }),
      };
    }).finally(() => progress.end());
    const rows = tuning.curve.map(rowOf);
    const columns = Object.keys(rows[0]);
    const cells = rows.map((row) => columns.map((column) => row[column]));
    const chunks = {
      json: [
        `${toJson({
          surface: surfaceFacts(scene.surface),
          ...optimizerFacts(scene.lanes[lane].optimizer),
          budget,
          device: gpu ? 'gpu' : 'reference',
          particles: scene.start.count,
          trials: tuning.trials,
          best: { ...hyperDefaults(optimizer), ...scene.lanes[lane].hyper, ...tuning.best.hyper },
          curve: rows,
        })}\n`,
      ],
      csv: csvTable({ columns, rows: cells }),
      table: textTable(
        [...columns, 'best'],
        cells.map((row, k) => [...row.map((value) => readable(value)), tuning.curve[k] === tuning.best ? '<' : '']),
      ),
    };
    await deliver(io, words.last('out'), chunks[format]);
    return 0;
  },
};
