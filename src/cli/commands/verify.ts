import { landscapeOf, planOf } from '../../compute/engine/plan.ts';
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
import { checkGradients } from '../verify/gradients.ts';
import { checkUpdates } from '../verify/updates.ts';
import { wordsOf } from '../words.ts';
import type { Command } from './command.ts';

/** Checks under way at a time: while one's kernel is compiled another's runs. */
const TOGETHER = 4;

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

/** The checks in the order in which they are told, each ready to be made. */
function checks({ device }: OpenGpu): (() => Check | Promise<Check>)[] {
  const perSurface = surfaces.flatMap((surface) => {
    const { landscape, starts } = planOf(sceneFor(surface.id), 0);
    const other = landscapeOf(sceneFor(surface.id, { param: otherParameters(surface) }));
    return [
      () => checkDifferences(surface.id, landscape, starts),
      () => checkFacts(surface, landscape),
      () => checkGradients(device, surface.id, [landscape, other], starts),
    ];
  });
  const perOptimizer = optimizers.map((optimizer) => () => checkUpdates(device, optimizer));
  const perPair = surfaces.flatMap((surface) =>
    optimizers.map((optimizer) => async () => {
      const plan = await livelyPlan(sceneFor(surface.id, { optimizer: [optimizer.id] }));
      return checkDescent(device, `${surface.id}/${optimizer.id}`, plan);
    }),
  );
  return [...perSurface, ...perOptimizer, ...perPair];
}

async function verifyAll(gpu: OpenGpu, io: Io): Promise<Check[]> {
  const all = checks(gpu);
  const progress = new Progress(io, 'verify', all.length);
  const done: Check[] = [];
  let [next, finished] = [0, 0];
  const work = async (): Promise<void> => {
    while (next < all.length) {
      const place = next;
      next += 1;
      done[place] = await all[place]();
      finished += 1;
      progress.update(finished);
    }
  };
  try {
    await Promise.all(Array.from({ length: TOGETHER }, work));
  } finally {
    progress.end();
  }
  return done;
}

/** `verify`: the GPU against the float64 reference, and the reference's formulas against differences and stored facts. */
export const verify: Command = {
  name: 'verify',
  summary: 'Holds the GPU to the float64 reference, for every surface and optimizer.',
  usage: '[options]',
  details: [
    'Answers [{kind, id, worst, bound, ok}, …]; exit status 1 when a worst is past its bound. Kinds: difference (exact',
    'derivatives against central differences), facts (stored minima and critical points), gradient (float32 value and',
    'gradient, in units of 2⁻²⁴ of the sizes of their terms), update (one update of an optimizer’s kernel, in ulps of what',
    'its operations amount to), descent (20 updates of 64 particles, in units of what moving the start by an ulp does to',
    'the reference). The kernels are those that run and that bench times.',
  ].join('\n'),
  options: ['device', 'out'],
  positionals: 0,
  async run(words, io) {
    const choice = deviceChoice(words, 'gpu');
    if (choice === 'reference') {
      throw new RequestError('--device reference: verify holds a GPU to the reference; the nearest is --device gpu.');
    }
    await checkPlace(words.last('out'));
    const gpu = await obtainGpu('gpu', io);
    const done = gpu ? await verifyAll(gpu, io) : [];
    await deliver(io, words.last('out'), [`[\n${done.map(toJson).join(',\n')}\n]\n`]);
    return done.every(({ ok }) => ok) ? 0 : 1;
  },
};
