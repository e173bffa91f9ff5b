import { createReferenceSwarm } from '../../compute/reference/swarm.ts';
import type { Swarm, SwarmPlan } from '../../compute/contract.ts';
import { planOf } from '../../compute/engine/plan.ts';
import { recordRun, type RunRecord } from '../../compute/engine/record.ts';
import { createGpuSwarm } from '../../compute/swarm/swarm.ts';
import { findSchedule } from '../../descent/schedules/index.ts';
import { laneAt } from '../../scene/resolve.ts';
import type { Conditioning, Scene, ScheduleChoice } from '../../scene/scene.ts';
import { deviceChoice, obtainGpu, onDevice } from '../device.ts';
import { RequestError } from '../errors.ts';
import { optimizerFacts, surfaceFacts } from '../facts.ts';
import type { Io } from '../io.ts';
import { knownWord } from '../known.ts';
import { checkPlace, deliver } from '../output.ts';
import { Progress } from '../progress.ts';
import { RECORD_FORMATS, type RunHead } from '../record-formats.ts';
import { keepScene, requestScene } from '../request.ts';
import { SCENE_OPTIONS } from '../options.ts';
import { parseInteger } from '../values.ts';
import type { Command } from './command.ts';

const FORMATS = Object.keys(RECORD_FORMATS) as (keyof typeof RECORD_FORMATS)[];

/** Numbers that a record may hold: 2 GiB of them. */
const MAX_NUMBERS = 2 ** 28;

function expectRoom(plan: SwarmPlan, steps: number, every: number): void {
  const count = plan.starts.length / 2;
  const frames = Math.ceil(steps / every) + 1;
  if (3 * frames * count > MAX_NUMBERS) {
    const least = Math.ceil((steps * 3 * count) / (MAX_NUMBERS - 6 * count));
    throw new RequestError(
      `${frames} steps of ${count} particles are more than fit into memory; keep fewer with --every ${least}.`,
    );
  }
}

const recorded = async (swarm: Swarm, scene: Scene, plan: SwarmPlan, every: number, io: Io): Promise<RunRecord> => {
  const progress = new Progress(io, 'run', scene.steps);
  try {
    return await recordRun(swarm, plan, scene, every, (step) => progress.update(step));
  } finally {
    progress.end();
    swarm.dispose();
  }
};

/** A schedule with every key, as golden records write it. */
function scheduleFacts({ id, keys, warmup }: ScheduleChoice, steps: number): Readonly<Record<string, unknown>> {
  const all = findSchedule(id).keys.map((spec) => [spec.key, keys[spec.key] ?? spec.default(steps)]);
  return { id, ...Object.fromEntries(all), ...(warmup > 0 ? { warmup } : {}) };
}

/** What is done around updates, as far as anything is. */
function conditions({ noise, clip, ema, recover, stop, bounded }: Conditioning): Readonly<Record<string, unknown>> {
  const all = Object.entries({ noise, clip, ema, recover, stop, bounded });
  return Object.fromEntries(all.filter(([, value]) => value !== null && value !== false));
}

/** What stands before the particles: what ran, with every default put in. */
function headOf(scene: Scene, device: Swarm['device']): RunHead {
  const { surface, lanes, selected, steps } = scene;
  const { optimizer, name } = lanes[selected];
  const { hyper, schedule, ...lane } = laneAt(scene, selected, 0);
  return {
    surface: surfaceFacts(surface),
    ...(name === undefined ? {} : { name }),
    ...optimizerFacts(optimizer),
    hyper,
    schedule: schedule && scheduleFacts(schedule, steps),
    ...conditions({ ...lane, schedule }),
    device,
  };
}

/** `run`: particles descend, and every update is told. */
export const run: Command = {
  name: 'run',
  summary: 'Lets particles descend and tells where each was after every update.',
  usage: '[--surface ID | --formula TEXT] [--optimizer ID | --update TEXT] [options]',
  details: [
    'Answers {surface, optimizer, hyper, schedule, device, particles: [{steps, points: [[x, y, loss], …], outcome}, …]};',
    'With --ema each particle has the average at the end too, [x, y, loss]; what else conditions the run is told before them.',
    'csv has particle,step,x,y,loss a line, npy an array of steps × particles × 3 (NaN after a particle’s end). A scene of',
    'several lanes runs the one that it has selected.',
  ].join('\n'),
  options: [...SCENE_OPTIONS, 'every', 'device', 'scene', 'save-scene', 'format', 'out'],
  positionals: 0,
  async run(words, io) {
    const format = knownWord(words.last('format') ?? 'json', FORMATS, 'format');
    const every = parseInteger(words.last('every') ?? '1', '--every', 1, Number.MAX_SAFE_INTEGER);
    const choice = deviceChoice(words, 'auto');
    const scene = await requestScene(words);
    const plan = planOf(scene, scene.selected);
    expectRoom(plan, scene.steps, every);
    await checkPlace(words.last('out'));
    await keepScene(words, scene);
    const gpu = await obtainGpu(choice, io);
    const record = await onDevice(gpu, io, async (device) => {
      const swarm = device ? await createGpuSwarm(device, plan) : createReferenceSwarm(plan);
      return recorded(swarm, scene, plan, every, io);
    });
    await deliver(io, words.last('out'), RECORD_FORMATS[format](headOf(scene, gpu ? 'gpu' : 'reference'), record));
    return 0;
  },
};
