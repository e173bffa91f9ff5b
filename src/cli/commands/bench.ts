import { planOf } from '../../compute/engine/plan.ts';
import { ADAM, LOOPS } from '../bench/loops.ts';
import type { Contestant } from '../bench/contestant.ts';
import {
  gpuContestant,
  loopContestant,
  pythonContestants,
  referenceContestant,
  threadsContestant,
} from '../bench/contestants.ts';
import { pin, threadsNamed } from '../bench/pin.ts';
import { PythonPeers } from '../bench/python.ts';
import { deviceChoice, obtainGpu, type OpenGpu } from '../device.ts';
import type { Io } from '../io.ts';
import { toJson } from '../json.ts';
import { machineFacts } from '../machine.ts';
import { deliver } from '../output.ts';
import { Progress } from '../progress.ts';
import { sceneOf } from '../request.ts';
import { wordsOf } from '../words.ts';
import type { Command } from './command.ts';

const PARTICLES = [65_536, 1_048_576] as const;
/** Updates a dispatch among which the best is looked for. */
const BATCHES = [8, 16, 32, 64] as const;
const THREADS = 2;

/** How long and how often. An odd number of repeats has a median that was measured. */
const PACE = {
  full: { repeats: 5, seconds: 0.3 },
  quick: { repeats: 3, seconds: 0.1 },
} as const;
type Pace = (typeof PACE)[keyof typeof PACE];

/** One figure of the answer. */
interface Row {
  readonly id: string;
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly unit: 'particle-steps/s';
  /** For the GPU: how many times as fast as each of the others, by medians of this run. */
  readonly ratios: Readonly<Record<string, number>>;
}

const PROBE_SECONDS = 0.05;

/** Where the bench takes its peers from. */
interface Peers {
  readonly gpu: OpenGpu | null;
  readonly python: PythonPeers | null;
  readonly program: string | null;
}

function benchPlan(surface: string, particles: number) {
  const scene = sceneOf(
    wordsOf({
      surface: [surface],
      optimizer: ['adam'],
      set: [
        Object.entries(ADAM)
          .map(([key, value]) => `${key}=${value}`)
          .join(','),
      ],
      particles: [String(particles)],
    }),
  );
  return planOf(scene, 0);
}

/** The number of updates a dispatch that is fastest here. */
async function bestBatch(device: GPUDevice, plan: ReturnType<typeof planOf>): Promise<number> {
  let best = { k: 0, rate: 0 };
  for (const k of BATCHES) {
    const contestant = await gpuContestant(device, plan, k, false);
    await contestant.rate(PROBE_SECONDS);
    await contestant.rate(PROBE_SECONDS);
    const rate = await contestant.rate(4 * PROBE_SECONDS);
    await contestant.end();
    if (rate > best.rate) {
      best = { k, rate };
    }
  }
  return best.k;
}

async function contestantsOf(surface: string, particles: number, peers: Peers): Promise<Contestant[]> {
  const plan = benchPlan(surface, particles);
  const contestants: Contestant[] = [];
  if (peers.gpu) {
    const { device } = peers.gpu;
    const k = await bestBatch(device, plan);
    await pin(await threadsNamed(/^Thread<\d+>$/));
    for (const [batch, trails] of [
      [1, false],
      [k, false],
      [k, true],
    ] as const) {
      contestants.push(await gpuContestant(device, plan, batch, trails));
    }
  }
  contestants.push(referenceContestant(plan), loopContestant(surface, plan.starts));
  if (peers.program) {
    contestants.push(await threadsContestant(peers.program, surface, plan.starts, THREADS));
  }
  if (peers.python) {
    contestants.push(...pythonContestants(peers.python, surface, particles));
  }
  return contestants;
}

const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/** Times all contestants of a case in turn, again and again, so that a machine that slows down slows all of them. */
async function timeCase(
  contestants: readonly Contestant[],
  { repeats, seconds }: Pace,
): Promise<Map<string, number[]>> {
  const rates = new Map(contestants.map(({ id }) => [id, [] as number[]]));
  for (const contestant of contestants) {
    // Twice: compilers warm up, and the first gives the pace by which the second is as long as those that count.
    await contestant.rate(PROBE_SECONDS);
    await contestant.rate(seconds);
  }
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const contestant of contestants) {
      rates.get(contestant.id)?.push(await contestant.rate(seconds));
    }
  }
  return rates;
}

function rowsOf(surface: string, particles: number, rates: ReadonlyMap<string, readonly number[]>): Row[] {
  const medians = new Map([...rates].map(([id, values]) => [id, ascending(values)[values.length >> 1]]));
  return [...rates].map(([id, values]) => {
    const sorted = ascending(values);
    const median = sorted[values.length >> 1];
    const others = [...medians].filter(([other]) => id.startsWith('gpu') && other !== id);
    return {
      id: `adam-${surface}-${particles}/${id}`,
      median,
      low: sorted[0],
      high: sorted[sorted.length - 1],
      unit: 'particle-steps/s',
      ratios: Object.fromEntries(others.map(([other, value]) => [other, Number((median / value).toPrecision(3))])),
    };
  });
}

async function benchAll(peers: Peers, pace: Pace, io: Io): Promise<Row[]> {
  const cases = Object.keys(LOOPS).flatMap((surface) => PARTICLES.map((particles) => ({ surface, particles })));
  const progress = new Progress(io, 'bench', cases.length);
  const rows: Row[] = [];
  for (const [done, { surface, particles }] of cases.entries()) {
    progress.update(done);
    const contestants = await contestantsOf(surface, particles, peers);
    try {
      rows.push(...rowsOf(surface, particles, await timeCase(contestants, pace)));
    } finally {
      await Promise.all(contestants.map((contestant) => contestant.end()));
    }
  }
  progress.end();
  return rows;
}

/** `bench`: how fast this machine moves particles, beside the ways one would do it otherwise, in one run. */
export const bench: Command = {
  name: 'bench',
  summary: 'How many particles this machine moves a second, beside JavaScript, numpy and PyTorch.',
  usage: '[--quick]',
  details:
    'Adam on rosenbrock and rastrigin. Answers {machine, adapter, rows: [{id, median, low, high, unit, ratios}, …]}; the\n' +
    'rows gpu-k1 and gpu-kN do 1 and N updates a dispatch, ratios say how many times as fast the row is as each other one.',
  options: ['quick', 'device', 'out'],
  positionals: 0,
  async run(words, io) {
    const gpu = await obtainGpu(deviceChoice(words, 'auto'), io);
    const python = await PythonPeers.find();
    try {
      const rows = await benchAll(
        { gpu, python, program: io.program },
        words.has('quick') ? PACE.quick : PACE.full,
        io,
      );
      const answer = {
        machine: { ...machineFacts(), python: python?.facts ?? null },
        adapter: gpu?.name ?? null,
        rows,
      };
      await deliver(io, words.last('out'), [`${toJson(answer)}\n`]);
    } finally {
      python?.end();
    }
    return 0;
  },
};
