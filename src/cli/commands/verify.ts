import { landscapeOf, planOf } from '../../compute/engine/plan.ts';
import type { Optimizer } from '../../descent/optimizer.ts';
import { optimizers } from '../../descent/optimizers/index.ts';
import type { Surface } from '../../landscape/surface.ts';
import { surfaces } from '../../landscape/surfaces/index.ts';
import { deviceChoice, obtainGpu, type OpenGpu } from '../device.ts';
import { RequestError } from '../errors.ts';
import type { Io } from '../io.ts';
import { toJson } from '../json.ts';
import { checkPlace, deliver } from '../output.ts';
import { Progress } from '../progress.ts';
import { sceneOf } from '../request.ts';
import type { Check } from '../verify/check.ts';
import { checkDescent, livelyPlan } from '../verify/descents.ts';
import { checkDifferences, checkFacts } from '../verify/formulas.ts';
import { checkRounding } from '../verify/rounding.ts';
import { checkUpdates } from '../verify/updates.ts';
import { wordsOf } from '../words.ts';
import type { Command } from './command.ts';

/** Checks under way at a time: while one's kernel is compiled another's runs. */
const TOGETHER = 4;

/** Kinds of checks in the order in which they are told. */
const KINDS: readonly Check['kind'][] = ['difference', 'facts', 'gradient', 'hessian', 'update', 'descent'];

/** Starts, and places at which derivatives are compared. */
const STARTS = 64;

function sceneFor(surface: string, more: Readonly<Record<string, readonly string[]>> = {}) {
  return sceneOf(wordsOf({ surface: [surface], particles: [String(STARTS)], ...more }));
}

/** The surface's parameters away from their defaults, exact in float32. */
function otherParameters({ parameters }: Surface): string[] {
  return parameters.map(({ key, min, max, scale }) => {
    const value = scale === 'log' ? Math.sqrt(min * max) : 0.25 * min + 0.75 * max;
    return `${key}=${Math.fround(value)}`;
  });
}

/** Which optimizers run on a surface, by number: all, or two of them so that over the surfaces each has its turns. */
function optimizersOn(surface: number, quick: boolean): readonly Optimizer[] {
  const count = optimizers.length;
  // Half of them apart, two different ones, and a different pair on the next surface.
  return quick ? [surface % count, (surface + (count >> 1)) % count].map((k) => optimizers[k]) : optimizers;
}

/** Checks that share a device. */
type Group = readonly ((device: GPUDevice) => Check | Promise<Check>)[];

/** All checks in groups: the optimizers by themselves, then what there is to each surface. */
function groupsOf(quick: boolean): Group[] {
  const perSurface = surfaces.map((surface, k): Group => {
    const { landscape, starts } = planOf(sceneFor(surface.id), 0);
    const other = landscapeOf(sceneFor(surface.id, { param: otherParameters(surface) }));
    const descents = optimizersOn(k, quick).map(({ id }) => async (device: GPUDevice) => {
      const plan = await livelyPlan(sceneFor(surface.id, { optimizer: [id] }));
      return checkDescent(device, `${surface.id}/${id}`, plan);
    });
    return [
      () => checkDifferences(surface.id, landscape, starts),
      () => checkFacts(surface, landscape),
      (device) => checkRounding(device, 'gradient', surface.id, [landscape, other], starts),
      (device) => checkRounding(device, 'hessian', surface.id, [landscape, other], starts),
      ...descents,
    ];
  });
  return [optimizers.map((optimizer) => (device) => checkUpdates(device, optimizer)), ...perSurface];
}

/** Makes the checks of a group, several at a time, in their order. */
async function verifyGroup(device: GPUDevice, group: Group, told: () => void): Promise<Check[]> {
  const done: Check[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < group.length) {
      const place = next;
      next += 1;
      done[place] = await group[place](device);
      told();
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, work));
  return done;
}

/**
 * Makes all checks, those of a kind together. Each group has a device of its own: what a software GPU compiled takes
 * megabytes a kernel, and is given back with the device.
 */
async function verifyAll(first: OpenGpu, quick: boolean, io: Io): Promise<Check[]> {
  const groups = groupsOf(quick);
  const progress = new Progress(io, 'verify', groups.reduce((sum, { length }) => sum + length, 0));
  const done: Check[] = [];
  try {
    let gpu = first;
    let finished = 0;
    const told = (): void => {
      finished += 1;
      progress.update(finished);
    };
    for (const group of groups) {
      done.push(...(await verifyGroup(gpu.device, group, told)));
      gpu.device.destroy();
      gpu = (await obtainGpu('gpu', io)) as OpenGpu;
    }
    gpu.device.destroy();
  } finally {
    progress.end();
  }
  return KINDS.flatMap((kind) => done.filter((check) => check.kind === kind));
}

/** `verify`: the GPU against the float64 reference, and the reference's formulas against differences and stored facts. */
export const verify: Command = {
  name: 'verify',
  summary: 'Holds the GPU to the float64 reference, for every surface and optimizer.',
  usage: '[--quick] [options]',
  details: [
    'Answers [{kind, id, worst, bound, ok}, …]; exit status 1 when a worst is past its bound. Kinds: difference (exact',
    'derivatives against central differences), facts (stored minima and critical points), gradient and hessian (in float32,',
    'the first with the value, in units of 2⁻²⁴ of the sizes of their terms), update (one update of an optimizer’s kernel, in ulps of what',
    'its operations amount to), descent (20 updates of 64 particles, in units of what moving the start by an ulp does to',
    'the reference). The kernels are those that run and that bench times. With --quick two optimizers descend on each',
    'surface rather than all.',
  ].join('\n'),
  options: ['device', 'quick', 'out'],
  positionals: 0,
  async run(words, io) {
    const choice = deviceChoice(words, 'gpu');
    if (choice === 'reference') {
      throw new RequestError('--device reference: verify holds a GPU to the reference; the nearest is --device gpu.');
    }
    await checkPlace(words.last('out'));
    const gpu = await obtainGpu('gpu', io);
    const done = gpu ? await verifyAll(gpu, words.has('quick'), io) : [];
    await deliver(io, words.last('out'), [`[\n${done.map(toJson).join(',\n')}\n]\n`]);
    return done.every(({ ok }) => ok) ? 0 : 1;
  },
};
