import { adviceFor } from '../../analysis/diagnosis/advice.ts';
import { remediesFor } from '../../analysis/diagnosis/cures/index.ts';
import { curveDiagnosis, type Diagnosis, laneDiagnosis, LEAST_UPDATES } from '../../analysis/diagnosis/diagnose.ts';
import { type Answer, experiments, runExperiments } from '../../analysis/diagnosis/experiments.ts';
import { tracksOf } from '../../analysis/diagnosis/sample.ts';
import { scalesOf } from '../../analysis/diagnosis/scales.ts';
import type { Fact } from '../../analysis/diagnosis/verdict.ts';
import { createReferenceSwarm } from '../../compute/reference/swarm.ts';
import { planOf } from '../../compute/engine/plan.ts';
import { createGpuSwarm } from '../../compute/swarm/swarm.ts';
import { deviceChoice, obtainGpu } from '../device.ts';
import { RequestError } from '../errors.ts';
import type { Io } from '../io.ts';
import { toJson } from '../json.ts';
import { knownWord } from '../known.ts';
import { lossCurve } from '../loss-file.ts';
import { SCENE_OPTIONS } from '../options.ts';
import { checkPlace, deliver } from '../output.ts';
import { Progress } from '../progress.ts';
import { keepScene, requestScene } from '../request.ts';
import type { Words } from '../words.ts';
import type { Command } from './command.ts';

const FORMATS = ['json', 'table'] as const;

/** What is answered. */
interface Report {
  readonly verdict: string;
  readonly name: string;
  readonly healthy: boolean;
  readonly evidence: readonly Fact[];
  readonly cause: string;
  readonly cures: readonly { readonly name?: string; readonly change: unknown; readonly because: string }[];
  readonly device?: string;
  /** Particles that were judged, and the share of them that has each verdict. */
  readonly judged?: number;
  readonly shares?: readonly { readonly verdict: string; readonly share: number }[];
  readonly experiments?: readonly Omit<Answer, 'id'>[];
}

const headOf = ({ verdict, facts, cause }: Diagnosis) => ({
  verdict: verdict.id,
  name: verdict.name,
  healthy: verdict.healthy,
  evidence: facts,
  cause,
});

/** A verdict on a curve from a file. */
async function ofCurve(words: Words, place: string): Promise<Report> {
  const other = [...SCENE_OPTIONS, 'scene', 'save-scene', 'device', 'experiments'].find((name) => words.has(name));
  if (other !== undefined) {
    throw new RequestError(
      `--loss and --${other} are both given; a curve from a file is judged as it is, without a run.`,
    );
  }
  const { steps, losses, validation } = await lossCurve(place);
  if (losses.length <= LEAST_UPDATES && losses.every(Number.isFinite)) {
    throw new RequestError(
      `--loss "${place}" has ${losses.length} losses; fewer than ${LEAST_UPDATES + 1} say nothing.`,
    );
  }
  const diagnosis = curveDiagnosis(steps, losses, validation);
  return { ...headOf(diagnosis), cures: adviceFor(diagnosis.verdict.id, diagnosis.findings) };
}

/** A verdict on a run, which is done for it. */
async function ofRun(words: Words, io: Io): Promise<Report> {
  const scene = await requestScene(words);
  if (scene.steps < LEAST_UPDATES) {
    throw new RequestError(`A run of ${scene.steps} updates says nothing; give --steps ${LEAST_UPDATES} or more.`);
  }
  const choice = deviceChoice(words, 'auto');
  await keepScene(words, scene);
  const gpu = (await obtainGpu(choice, io))?.device ?? null;
  const lane = scene.selected;
  const plan = planOf(scene, lane);
  const swarm = gpu ? await createGpuSwarm(gpu, plan) : createReferenceSwarm(plan);
  const progress = new Progress(io, 'run', scene.steps);
  const tracks = await tracksOf(swarm, plan, scene, (step) => progress.update(step)).finally(() => {
    progress.end();
    swarm.dispose();
  });
  const diagnosis = laneDiagnosis(tracks, plan, await scalesOf(plan.landscape), scene.steps);
  const track = tracks[diagnosis.example];
  const place = [track.x[track.length - 1], track.y[track.length - 1]] as const;
  const cures = remediesFor(diagnosis, { scene, lane, findings: diagnosis.findings, place });
  const report = {
    ...headOf(diagnosis),
    cures,
    device: swarm.device,
    judged: tracks.length,
    shares: diagnosis.shares.map(({ verdict, share }) => ({ verdict: verdict.id, share })),
  };
  if (!words.has('experiments')) {
    return report;
  }
  const bar = new Progress(io, 'experiments', experiments.length);
  let done = 0;
  const answers = await runExperiments(gpu, scene, lane, () => {
    done += 1;
    bar.update(done);
  }).finally(() => bar.end());
  return { ...report, experiments: answers.map(({ id: _id, ...answer }) => answer) };
}

const number = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(4))) : String(value);

const factLine = ({ name, value, against, window: [from, to] }: Fact): string =>
  `  ${name}: ${number(value)}${against === undefined ? '' : ` (against ${number(against)})`}, steps ${from} to ${to}`;

/** For people. */
function* tableOf(report: Report): Generator<string> {
  yield `${report.name}\n  ${report.cause}\n`;
  if (report.shares && report.judged !== undefined && report.judged > 1) {
    const shares = report.shares.map(({ verdict, share }) => `${verdict} ${Math.round(100 * share)} %`);
    yield `\nOf ${report.judged} particles\n  ${shares.join(', ')}\n`;
  }
  yield `\nEvidence\n${report.evidence.map(factLine).join('\n')}\n`;
  if (report.cures.length > 0) {
    const cure = ({ name, change, because }: Report['cures'][number]): string =>
      `  ${name ?? String(change)}\n    ${because}`;
    yield `\nCures\n${report.cures.map(cure).join('\n')}\n`;
  }
  for (const { question, answer, says } of report.experiments ?? []) {
    yield `\n${question} ${answer}\n  ${says}\n`;
  }
}

/** `diagnose`: what is the matter with a run, why, and what may help. */
export const diagnose: Command = {
  name: 'diagnose',
  summary: 'What is the matter with a run or with a loss curve, why, and what may help.',
  usage: '[options of a run] [--experiments] | --loss FILE.csv',
  details: [
    'Answers {verdict, name, healthy, evidence: [{name, value, against, window: [from, to]}, …], cause, cures: [{name, change,',
    'because}, …]}: the verdict is descending, arrived, stalled, saddle, oscillating, diverging, non-finite, noise, spiking or',
    'crawling. Of a run also the device and, as up to 64 of its particles are judged one by one, their shares; the changes are',
    'those of a scene. A file has a line for each step: a loss, and if it has them a step before and a validation loss after it',
    '(names in the first line may say which is which); its verdict may be overfitting too, and its cures are words. table is for people.',
  ].join('\n'),
  options: [...SCENE_OPTIONS, 'loss', 'experiments', 'device', 'scene', 'save-scene', 'format', 'out'],
  positionals: 0,
  async run(words, io) {
    const format = knownWord(words.last('format') ?? 'json', FORMATS, 'format');
    await checkPlace(words.last('out'));
    const place = words.last('loss');
    const report = place === undefined ? await ofRun(words, io) : await ofCurve(words, place);
    await deliver(io, words.last('out'), format === 'json' ? [`${toJson(report)}\n`] : tableOf(report));
    return 0;
  },
};
