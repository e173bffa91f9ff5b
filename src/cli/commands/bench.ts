import type { SwarmPlan } from '../../compute/contract.ts';
import { planOf } from '../../compute/engine/plan.ts';
import type { Contestant } from '../bench/contestant.ts';
import {
  gpuContestant,
  loopContestant,
  pythonContestants,
  referenceContestant,
  threadsContestant,
} from '../bench/contestants.ts';
import { ADAM, LOOPS } from '../bench/loops.ts';
import { pin, threadsNamed } from '../bench/pin.ts';
import { PythonPeers } from '../bench/python.ts';
import { type Pace, type Row, rowsOf, timeCase } from '../bench/rows.ts';
import { deviceChoice, obtainGpu, type OpenGpu } from '../device.ts';
import type { Io } from '../io.ts';
import { toJson } from '../json.ts';
import { machineFacts } from '../machine.ts';
import { checkPlace, deliver } from '../output.ts';
import { Progress } from '../progress.ts';
import { sceneOf } from '../request.ts';
import { wordsOf } from '../words.ts';
import type { Command } from './command.ts';

const PARTICLES = [65_536, 1_048_576] as const;
/** Updates a dispatch among which the best is looked for. */
const BATCHES = [16, 32, 64] as const;
const THREADS = 2;

const FULL: Pace = { repeats: 5, seconds: 0.3 };
const QUICK: Pace = { repeats: 3, seconds: 0.1 };
const PROBE: Pace = { repeats: 1, seconds: 0.1 };

/** Those that the bench compares. */
interface Peers {
  readonly gpu: OpenGpu | null;
  readonly python: PythonPeers | null;
  readonly program: string | null;
}

function benchPlan(surface: string, particles: number): SwarmPlan {
  const set = Object.entries(ADAM).map(([key, value]) => `${key}=${value}`);
  const words = { surface: [surface], optimizer: ['adam'], set, particles: [String(particles)] };
  return planOf(sceneOf(wordsOf(words)), 0);
}

/** The number of updates a dispatch that is fastest here. */
async function bestBatch(device: GPUDevice, plan: SwarmPlan): Promise<number> {
  let best = { k: 0, rate: 0 };
  for (const k of BATCHES) {
    const contestant = await gpuContestant(device, plan, k, false);
    const [[rate]] = (await timeCase([contestant], PROBE)).values();
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
    // A software GPU's own threads, which exist once it has worked.
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

async function benchAll(peers: Peers, pace: Pace, io: Io): Promise<Row[]> {
  const cases = Object.keys(LOOPS).flatMap((surface) => PARTICLES.map((particles) => ({ surface, particles })));
  const progress = new Progress(io, 'bench', cases.length);
  const rows: Row[] = [];
  for (const [done, { surface, particles }] of cases.entries()) {
    progress.update(done);
    const contestants = await contestantsOf(surface, particles, peers);
    try {
      rows.push(...rowsOf(`adam-${surface}-${particles}`, await timeCase(contestants, pace)));
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
  usage: '[--quick] [--film]',
  details: [
    'Adam on rosenbrock and rastrigin, 65,536 and 1,048,576 particles, medians of repeats in turn. Answers {machine,',
    'adapter, rows: [{id, median, low, high, unit, ratios}, …]}; rows gpu-k1 and gpu-kN do 1 and N updates a dispatch, and',
    'their ratios say how many times as fast they are as each other row. Give the machine nothing else to do meanwhile.',
    'With --film also what a frame of a film takes in 1080p, by updates, drawing and encoding, in milliseconds; how long the encoder',
    'waits for one; and by how much the page’s memory grows over 2,000 frames.',
  ].join('\n'),
  options: ['quick', 'film', 'device', 'out'],
  positionals: 0,
  async run(words, io) {
    await checkPlace(words.last('out'));
    const gpu = await obtainGpu(deviceChoice(words, 'auto'), io);
    const python = await PythonPeers.find();
    try {
      const rows = await benchAll({ gpu, python, program: io.program }, words.has('quick') ? QUICK : FULL, io);
      if (words.has('film')) {
        const { filmMemory, filmRows } = await import('../bench/film.ts');
        const device = deviceChoice(words, 'auto');
        rows.push(...(await filmRows(words.has('quick') ? 5 : 30, device)));
        rows.push(await filmMemory(words.has('quick') ? 200 : 2000, device));
      }
      const machine = { ...machineFacts(), python: python?.facts ?? null };
      await deliver(io, words.last('out'), [`${toJson({ machine, adapter: gpu?.name ?? null, rows })}\n`]);
    } finally {
      python?.end();
    }
    return 0;
  },
};
