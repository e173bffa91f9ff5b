import { leaderboardOf, outcomesOf, type Standing } from '../../analysis/leaderboard.ts';
import { type Targets, targetsOf } from '../../analysis/targets.ts';
import { verdictOf } from '../../analysis/verdict.ts';
import type { Budget } from '../../compute/cost.ts';
import { raceBudget } from '../../compute/engine/budget.ts';
import { lanesOn } from '../../compute/engine/keys.ts';
import { landscapeOf } from '../../compute/engine/plan.ts';
import { type LaneResult, Race } from '../../compute/engine/race.ts';
import { type TunePlan, tuneAll } from '../../compute/engine/tune.ts';
import type { Estimate } from '../../math/intervals.ts';
import { laneNames } from '../../scene/lane-names.ts';
import { laneAt } from '../../scene/resolve.ts';
import type { Scene } from '../../scene/scene.ts';
import { withBudget } from '../budget.ts';
import { deviceChoice, obtainGpu, onDevice } from '../device.ts';
import { RequestError } from '../errors.ts';
import { optimizerFacts, surfaceFacts } from '../facts.ts';
import type { Io } from '../io.ts';
import { toJson } from '../json.ts';
import { knownWord } from '../known.ts';
import { LANES_OPTIONS } from '../options.ts';
import { checkPlace, deliver } from '../output.ts';
import { Progress } from '../progress.ts';
import { keepScene, requestScene } from '../request.ts';
import { readable, textTable } from '../text-table.ts';
import type { Words } from '../words.ts';
import type { Command } from './command.ts';

const FORMATS = ['json', 'table'] as const;

/** Particles without --particles and --start: shares to three percent. */
const PARTICLES = 1024;

/** Parts of a race, for the progress bar. */
const SLICES = 100;

/** What came of a race, and what was raced. */
interface Raced {
  /** With the rates that were found, where lanes were tuned. */
  readonly scene: Scene;
  readonly budget: Budget;
  readonly results: readonly LaneResult[];
}

/** Tunes the lanes where that is asked for, with a bar for each. */
async function tuned(
  device: GPUDevice | null,
  scene: Scene,
  plan: Pick<TunePlan, 'budget' | 'enough'>,
  io: Io,
): Promise<Scene> {
  const names = laneNames(scene);
  let after = scene;
  for (const lane of lanesOn(scene)) {
    const progress = new Progress(io, `tune ${names[lane]}`, 1);
    const between = (trials: number, of: number): void => progress.update(trials / of);
    ({ scene: after } = await tuneAll(device, after, [lane], { ...plan, key: null, between }).finally(() =>
      progress.end(),
    ));
  }
  return after;
}

async function raced(
  device: GPUDevice | null,
  asked: Scene,
  { losses, chosen }: Targets,
  words: Words,
  io: Io,
): Promise<Raced> {
  const budget = await raceBudget(device, asked, () => performance.now());
  const scene = words.has('tuned') ? await tuned(device, asked, { budget, enough: losses.at(-1) }, io) : asked;
  const race = await Race.create(device, scene, { budget, targets: [losses[chosen]], samples: 0 });
  const progress = new Progress(io, 'compare', race.steps);
  try {
    while (!race.done) {
      await race.advance(Math.ceil(race.steps / SLICES));
      await device?.queue.onSubmittedWorkDone();
      progress.update(race.step);
    }
    return { scene, budget, results: await race.results() };
  } finally {
    progress.end();
    race.dispose();
  }
}

/** A lane of the answer: what it is, its numbers, and their intervals. */
function laneFacts(
  scene: Scene,
  rank: number,
  { lane, success, evaluations, expected, loss, diverged, behind }: Standing,
) {
  const { q10, q50, q90 } = loss;
  return {
    name: laneNames(scene)[lane],
    ...optimizerFacts(scene.lanes[lane].optimizer),
    hyper: laneAt(scene, lane, 0).hyper,
    rank,
    success: success.value,
    evaluations: evaluations.value,
    expected: expected.value,
    loss: { q10: q10.value, q50: q50.value, q90: q90.value },
    diverged: diverged.value,
    intervals: {
      success: success.interval,
      evaluations: evaluations.interval,
      expected: expected.interval,
      loss: { q10: q10.interval, q50: q50.interval, q90: q90.interval },
      diverged: diverged.interval,
    },
    behind: behind && { by: behind.by.value, interval: behind.by.interval, p: behind.p, seen: behind.seen },
  };
}

const HEADS = ['lane', 'success', 'evaluations', 'loss 10 %', 'loss 50 %', 'loss 90 %', 'diverged', 'times the first'];

const short = (value: number): string => readable(value, 2);

/** A number with its interval; shares in percent. */
function estimate({ value, interval }: Estimate, unit: '' | '%' = ''): string {
  const scale = unit === '%' ? 100 : 1;
  const [low, high] = interval.map((end) => short(scale * end));
  return `${readable(scale * value)}${unit && ` ${unit}`} (${low}–${high})`;
}

/** A lane as a row of the table. */
function cells(name: string, { success, evaluations, loss, diverged, behind }: Standing, reached: boolean): string[] {
  return [
    name,
    estimate(success, '%'),
    estimate(evaluations),
    short(loss.q10.value),
    estimate(loss.q50),
    short(loss.q90.value),
    estimate(diverged, '%'),
    behind && reached ? `${estimate(behind.by)}${behind.seen ? '' : ', no difference seen'}` : '',
  ];
}

/** `compare`: lanes from the same starts under one budget. */
export const compare: Command = {
  name: 'compare',
  summary: 'Races optimizers from the same starts under one budget, and says who is ahead and how sure that is.',
  usage: '--lane ID:KEY=VALUE,… --lane … [--budget steps:N|gradients:N] [--tuned] [--target LOSS] [options]',
  details: [
    'Answers {surface, device, budget, particles, target, tuned, verdict, lanes: [{name, optimizer, hyper, rank, success, evaluations, expected,',
    'loss: {q10, q50, q90}, diverged, intervals, behind}, …]} with lanes in the order given: the share of starts that reached the target, the',
    'median of gradient evaluations to it (inf where fewer than half did), the expected running time in the budget’s unit, quantiles of the',
    'loss at the end, the share that diverged, 95 % intervals of all of them (Wilson, bootstrap), and how far behind the first a lane',
    'is: `seen` is false where a paired bootstrap over the starts, corrected for all pairs (Holm), sees no difference. All lanes have the same',
    'starts, noise and conditioning. --budget time:N is the time in which the quickest lane does N updates, by what an update of each',
    'costs on this machine. --tuned searches each lane’s learning rate by the same search, on other starts. 1024 particles start in the',
    'domain unless --particles or --start say otherwise. A scene brings its lanes, and its budget and target unless they are given.',
  ].join('\n'),
  options: [...LANES_OPTIONS, 'budget', 'tuned', 'target', 'strict', 'device', 'scene', 'save-scene', 'format', 'out'],
  positionals: 0,
  async run(words, io) {
    const format = knownWord(words.last('format') ?? 'json', FORMATS, 'format');
    const choice = deviceChoice(words, 'auto');
    if (!words.has('lane') && !words.has('scene')) {
      throw new RequestError(
        'What to compare is missing: --lane adam:lr=0.05 --lane momentum:lr=0.01, or --scene FILE.',
      );
    }
    const asked = withBudget(words, await requestScene(words, PARTICLES));
    if (lanesOn(asked).length === 0) {
      throw new RequestError('All lanes of the scene are switched off; switch one on, or give --lane adam:lr=0.05.');
    }
    const targets = targetsOf(landscapeOf(asked), asked.race.target);
    await checkPlace(words.last('out'));
    await keepScene(words, asked);
    const gpu = await obtainGpu(choice, io);
    const { scene, budget, results } = await onDevice(gpu, io, (device) => raced(device, asked, targets, words, io));
    const board = leaderboardOf(
      results.map((result) => outcomesOf(result, 0, budget)),
      scene.seed,
    );
    const names = laneNames(scene);
    const verdict = verdictOf(board, budget.kind, (lane) => names[lane]);
    const lanes = board.standings.map((standing, k) => ({
      lane: standing.lane,
      facts: laneFacts(scene, k + 1, standing),
    }));
    const answer = {
      surface: surfaceFacts(scene.surface),
      device: gpu ? 'gpu' : 'reference',
      budget,
      particles: results[0].seen.losses.length,
      target: targets.losses[targets.chosen],
      tuned: words.has('tuned'),
      verdict,
      lanes: lanes.sort((a, b) => a.lane - b.lane).map(({ facts }) => facts),
    };
    const rows = board.standings.map((standing) => cells(names[standing.lane], standing, board.reached));
    const chunks = {
      json: [`${toJson(answer)}\n`],
      table: [...textTable(HEADS, rows), `\n${verdict}\n`],
    };
    await deliver(io, words.last('out'), chunks[format]);
    return words.has('strict') && board.standings.some(({ diverged }) => diverged.value > 0) ? 1 : 0;
  },
};
