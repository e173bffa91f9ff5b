import descendText from '../../../shaders/kernels/descend.wgsl';
import strideText from '../../../shaders/kernels/stride.wgsl';
import type { Settings, SwarmPlan } from '../contract.ts';
import { compileKernel, type Kernel } from '../gpu/pipeline.ts';
import { isSoftware } from '../gpu/software.ts';
import { type Crew, loopCrew, STRIDE, strideCrew } from './crew.ts';
import { descendParts, libraryParts } from './slots.ts';
import { MAX_UPDATES } from './steps.ts';

/** Particles × updates after which a swarm on a software GPU has its kernel for long runs compiled: it pays for that only then. */
const LONG_RUN = 2 ** 28;

/** The kernel that descends, in one of its layouts. */
export interface Descent {
  readonly kernel: Kernel;
  /** Takes along those that `kernel` left behind, 32 particles a thread; null where it leaves none. */
  readonly retrace: Kernel | null;
  readonly crew: Crew;
}

const decaysIn = ({ hyper }: Settings): boolean => (hyper.weightDecay ?? 0) !== 0;

async function compile(device: GPUDevice, plan: SwarmPlan, crew: Crew): Promise<Descent> {
  const kernel = (entry: string) =>
    compileKernel(device, {
      label: `${entry} ${plan.optimizer.id}`,
      entry,
      parts: [
        { name: 'constants of the swarm', text: `const MAX_UPDATES = ${MAX_UPDATES};` },
        { name: 'shaders/kernels/descend.wgsl', text: descendText },
        ...(crew.stride === null ? [] : [{ name: 'shaders/kernels/stride.wgsl', text: strideText }]),
        ...libraryParts,
        ...descendParts(plan, crew),
      ],
      bindings: ['block', 'uniform', 'storage', 'storage', 'storage', 'storage'],
    });
  if (crew.stride === null) {
    return { kernel: await kernel('descend'), retrace: null, crew };
  }
  const [stride, retrace] = await Promise.all([kernel('stride'), kernel('retraceBehind')]);
  return { kernel: stride, retrace, crew };
}

/** The layouts of the descend kernel for a plan: a loop, and on a software GPU whole strides once they are compiled. */
export class Descents {
  /** Does any number of updates a dispatch. */
  readonly loop: Descent;
  readonly #device: GPUDevice;
  readonly #plan: SwarmPlan;
  #strides: Descent | null = null;
  #hastening: Promise<void> | null = null;
  /** Whether the strides that are there, or under way, know of weight decay. */
  #decays = false;
  /** Particles × updates in whole strides so far. */
  #done = 0;

  private constructor(device: GPUDevice, plan: SwarmPlan, loop: Descent) {
    this.#device = device;
    this.#plan = plan;
    this.loop = loop;
  }

  /** @throws ShaderError (rejects) when the device refuses the code */
  static async create(device: GPUDevice, plan: SwarmPlan): Promise<Descents> {
    const crew = loopCrew(plan, isSoftware(device.adapterInfo));
    return new Descents(device, plan, await compile(device, plan, crew));
  }

  /** The quickest there is for a dispatch of so many updates of so many particles. */
  for(updates: number, particles: number, settings: Settings): Descent {
    if (updates !== STRIDE) {
      return this.loop;
    }
    this.#done += particles * updates;
    if (this.#done >= LONG_RUN) {
      this.hasten(settings);
    }
    return this.#strides && (this.#strides.crew.decays || !decaysIn(settings)) ? this.#strides : this.loop;
  }

  /** Has the strides compiled where the device has a use for them; without them a run goes on as it was. */
  hasten(settings: Settings): Promise<void> {
    const decays = decaysIn(settings);
    if (!this.#hastening || (decays && !this.#decays)) {
      this.#decays = decays;
      this.#hastening = this.#compileStrides(decays).catch(() => {});
    }
    return this.#hastening;
  }

  async #compileStrides(decays: boolean): Promise<void> {
    const crew = isSoftware(this.#device.adapterInfo) ? strideCrew(this.#plan, decays) : null;
    this.#strides = crew && (await compile(this.#device, this.#plan, crew));
  }
}
