import { scheduleRate } from '../../descent/schedules/rate.ts';
import { deviceChoice, obtainGpu } from '../device.ts';
import { knownWord } from '../known.ts';
import { csvNumber, jsonNumber } from '../json.ts';
import { npyHeader, npyNumbers } from '../npy.ts';
import { type Chunks, deliver } from '../output.ts';
import { keepScene, requestScene } from '../request.ts';
import type { Command } from './command.ts';

/** Rates that are written at a time. */
const BLOCK = 4096;

/** Writes the rates of so many updates. */
type RatesFormat = (steps: number, rate: (t: number) => number) => Chunks;

/** Yields the rates block by block. */
function* blocks(steps: number, rate: (t: number) => number): Generator<Float64Array> {
  for (let from = 0; from < steps; from += BLOCK) {
    yield Float64Array.from({ length: Math.min(BLOCK, steps - from) }, (_, k) => rate(from + k));
  }
}

const FORMATS = {
  *json(steps, rate) {
    let separator = '[';
    for (const block of blocks(steps, rate)) {
      yield separator + Array.from(block, jsonNumber).join(',');
      separator = ',';
    }
    yield steps > 0 ? ']\n' : '[]\n';
  },
  *csv(steps, rate) {
    yield 'lr\n';
    for (const block of blocks(steps, rate)) {
      yield `${Array.from(block, csvNumber).join('\n')}\n`;
    }
  },
  *npy(steps, rate) {
    yield npyHeader([steps]);
    for (const block of blocks(steps, rate)) {
      yield npyNumbers(block);
    }
  },
} as const satisfies Readonly<Record<string, RatesFormat>>;
const NAMES = Object.keys(FORMATS) as (keyof typeof FORMATS)[];

/** `schedule`: the learning rates of a run, one an update. */
export const schedule: Command = {
  name: 'schedule',
  summary: 'The learning rates that a schedule gives, one for each update.',
  usage: '--schedule ID:KEY=VALUE,… [--set lr=RATE] [--steps N]',
  details: 'Answers an array of N numbers; lr is 1 unless it is set. They are computed in float64 on every device.',
  options: ['schedule', 'warmup', 'optimizer', 'set', 'steps', 'device', 'scene', 'save-scene', 'format', 'out'],
  positionals: 0,
  async run(words, io) {
    const format = knownWord(words.last('format') ?? 'json', NAMES, 'format');
    const scene = await requestScene(words);
    await obtainGpu(deviceChoice(words, 'reference'), io);
    await keepScene(words, scene);
    const { schedule: choice, hyper } = scene.lanes[scene.selected];
    const rate = scheduleRate(choice, hyper.lr ?? 1, scene.steps);
    await deliver(io, words.last('out'), FORMATS[format](scene.steps, rate));
    return 0;
  },
};
