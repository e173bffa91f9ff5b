import descendText from '../../../shaders/kernels/descend.wgsl';
import type { SwarmPlan } from '../contract.ts';
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
  readonly crew: Crew;
}

async function compile(device: GPUDevice, plan: SwarmPlan, crew: Crew): Promise<Descent> {
  const kernel = await compileKernel(device, {
    label: `descend ${plan.optimizer.id}`,
    entry: 'descend',
    parts: [
      { name: 'constants of the swarm', text: `const MAX_UPDATES = ${MAX_UPDATES};` },
      { name: 'shaders/kernels/descend.wgsl', text: descendText },
      ...libraryParts,
      ...descendParts(plan, crew),
    ],
    bindings: ['block', 'uniform', 'storage', 'storage', 'storage'],
  });
  return { kernel, crew };
}

/** The layouts of the descend kernel for a plan: a loop, and on a software GPU whole strides once they are compiled. */
export class Descents {
  /** Does any number of updates a dispatch. */
  readonly loop: Descent;
  readonly #device: GPUDevice;
  readonly #plan: SwarmPlan;
  #strides: Descent | null = null;
  #hastening: Promise<void> | null = null;
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
  for(updates: number, particles: number): Descent {
    if (updates !== STRIDE) {
      return this.loop;
    }
    this.#done += particles * updates;
    if (this.#done >= LONG_RUN) {
      this.hasten();
    }
    return this.#strides ?? this.loop;
  }

  /** Has the strides compiled where the device has a use for them; without them a run goes on as it was. */
  hasten(): Promise<void> {
    this.#hastening ??= this.#compileStrides().catch(() => {});
    return this.#hastening;
  }

  async #compileStrides(): Promise<void> {
    const crew = isSoftware(this.#device.adapterInfo) ? strideCrew(this.#plan) : null;
    this.#strides = crew && (await compile(this.#device, this.#plan, crew));
  }
}
