import { MAX_PARTICLES } from '../../compute/contract.ts';
import { enterLane, raceStarts } from '../../compute/engine/race.ts';
import { laneAt } from '../../scene/resolve.ts';
import type { Scene } from '../../scene/scene.ts';
import { type CureChange, cured, rate } from './cures/cure.ts';

/** What came of a short run: medians over its particles. */
export interface Trial {
  readonly updates: number;
  /** The loss at the start, the median of the newest few tallies, and the least median on the way. */
  readonly start: number;
  readonly end: number;
  readonly best: number;
  /** The share of particles that left the number range. */
  readonly gone: number;
  /** The share of tallies above the one before. */
  readonly rises: number;
}

/** What an experiment found. */
export interface Answer {
  readonly id: string;
  readonly question: string;
  readonly answer: 'yes' | 'no' | 'does not apply';
  /** The numbers behind it, in a sentence. */
  readonly says: string;
  /** The run with the change; null where there was none. */
  readonly trial: Trial | null;
}

/** A question that a short run answers. */
interface Experiment {
  readonly id: string;
  readonly question: string;
  /** What is changed for it; null where the question does not arise. */
  changes(scene: Scene, lane: number): readonly CureChange[] | null;
  /** From the run as it is, and the one with the change. */
  judge(as: Trial, changed: Trial): { readonly yes: boolean; readonly says: string };
}

/** Updates and particles of a trial at most, and tallies in it. */
const UPDATES = 400;
const PARTICLES = 256;
const TALLIES = 40;

/** The newest share of tallies that the end is the median of. */
const END = 1 / 8;

/** A loss that is lower by this share is lower. */
const LOWER = 0.01;

/** A rate that is raised slightly. */
const SLIGHTLY = 1.5;

const show = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(3))) : 'out of the number range';
const share = (value: number): string => `${Math.round(100 * value)} %`;
const ends = ({ start, end, updates }: Trial): string => `from ${show(start)} to ${show(end)} in ${updates} updates`;

/** Whether a trial ends lower than another, by more than as good as nothing. */
const lower = (a: Trial, b: Trial): boolean =>
  a.end < b.end - LOWER * Math.max(Math.abs(Math.min(b.start, a.start) - a.end), 1e-12) ||
  (Number.isFinite(a.end) && !Number.isFinite(b.end));

/** Whether it stayed in the number range, and did not end above its start. */
const stable = ({ gone, start, end }: Trial): boolean => gone === 0 && end <= start;

const timesRate = (factor: number) => (scene: Scene, lane: number) => {
  const { lr } = laneAt(scene, lane, scene.steps).hyper;
  return lr > 0 ? [rate(lane, lr * factor)] : null;
};

/** The checklist, in the order in which one goes through it. */
export const experiments: readonly Experiment[] = [
  {
    id: 'falls',
    question: 'Does the loss fall at all?',
    changes: () => [],
    judge: (_, run) => ({
      yes: run.end < run.start - LOWER * Math.abs(run.start - run.best),
      says: `The median loss goes ${ends(run)}.`,
    }),
  },
  {
    id: 'non-finite',
    question: 'Does anything leave the number range?',
    changes: () => [],
    judge: (_, run) => ({ yes: run.gone > 0, says: `${share(run.gone)} of the particles left it.` }),
  },
  {
    id: 'tenth',
    question: 'With a tenth of the learning rate: is it stable?',
    changes: timesRate(1 / 10),
    judge: (as, run) => ({
      yes: stable(run),
      says: `The median loss goes ${ends(run)}, ${share(run.gone)} gone, and it rises in ${share(run.rises)} of the looks (${share(as.rises)} as it is).`,
    }),
  },
  {
    id: 'raised',
    question: 'With a slightly higher learning rate: is it faster?',
    changes: timesRate(SLIGHTLY),
    judge: (as, run) => ({
      yes: run.gone <= as.gone && lower(run, as),
      says: `With ${SLIGHTLY} times the rate it ends at ${show(run.end)}, as it is at ${show(as.end)}.`,
    }),
  },
  {
    id: 'noise',
    question: 'Without the noise: is it better?',
    changes(scene, lane) {
      const { noise } = laneAt(scene, lane, scene.steps);
      return noise && noise.sigma > 0 ? [{ kind: 'noise', lane, noise: null }] : null;
    },
    judge: (as, run) => ({
      yes: lower(run, as),
      says: `Without noise it ends at ${show(run.end)}, with it at ${show(as.end)}: ${lower(run, as) ? 'the noise is too large for the rate' : 'the noise is not what holds it up'}.`,
    }),
  },
];

const middle = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];

/** The scene as a trial runs it: no particles added, not too many of them, and not too long. */
function trialScene(scene: Scene, lane: number): Scene {
  const { start } = scene;
  return {
    ...scene,
    selected: lane,
    edits: scene.edits.filter(({ change }) => change.kind !== 'particles'),
    start: start.spawn === 'points' ? start : { ...start, count: Math.min(start.count, PARTICLES, MAX_PARTICLES) },
  };
}

/** Runs a lane for a few hundred updates. */
async function trial(gpu: GPUDevice | null, scene: Scene, lane: number): Promise<Trial> {
  const updates = Math.max(1, Math.min(UPDATES, scene.steps));
  const run = await enterLane(gpu, scene, lane, raceStarts(scene));
  try {
    const medians: number[] = [];
    let gone = 0;
    for (let k = 0; k <= TALLIES; k += 1) {
      run.advanceTo(scene, Math.round((k * updates) / TALLIES));
      await run.measure();
      if (run.tally) {
        medians.push(run.tally.median);
        gone = run.tally.diverged / run.tally.count;
      }
    }
    const rises = medians.filter((value, k) => k > 0 && value > medians[k - 1]).length;
    return {
      updates,
      start: medians[0],
      end: middle(medians.slice(-Math.ceil(END * medians.length))),
      best: Math.min(...medians),
      gone,
      rises: rises / Math.max(1, medians.length - 1),
    };
  } finally {
    run.dispose();
  }
}

/**
 * Goes through the checklist with short runs of a lane on a device.
 * @param gpu the device, or null for the float64 reference
 * @param onAnswer told each answer as it comes
 */
export async function runExperiments(
  gpu: GPUDevice | null,
  scene: Scene,
  lane: number,
  onAnswer: (answer: Answer) => void = () => {},
): Promise<readonly Answer[]> {
  const shown = trialScene(scene, lane);
  const as = await trial(gpu, shown, lane);
  const answers: Answer[] = [];
  for (const { id, question, changes, judge } of experiments) {
    const made = changes(shown, lane);
    const changed = made && (made.length > 0 ? await trial(gpu, cured(shown, made), lane) : as);
    const found = changed && judge(as, changed);
    const answer: Answer = {
      id,
      question,
      answer: found ? (found.yes ? 'yes' : 'no') : 'does not apply',
      says: found?.says ?? 'There is nothing of the kind in this lane.',
      trial: changed,
    };
    answers.push(answer);
    onAnswer(answer);
  }
  return answers;
}
