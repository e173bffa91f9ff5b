import type { Budget } from '../../compute/cost.ts';
import { raceBudget } from '../../compute/engine/budget.ts';
import type { Scene } from '../../scene/scene.ts';

/** What the time of an update depends on: no value of a hyperparameter. */
function costKey({ surface, domain, lanes, start, steps, race }: Scene): string {
  const kinds = lanes.map(({ optimizer, on, clip, noise, ema, recover, stop, bounded }) => [
    optimizer,
    on,
    ...[clip, noise, ema, recover, stop, bounded].map(Boolean),
  ]);
  return JSON.stringify([surface, domain, kinds, start, steps, race.budget]);
}

/** The budgets of the page's races. Times are measured once for the same work, so that a race with another learning rate is under the same budget. */
export class Budgets {
  #key = '';
  #gpu: GPUDevice | null = null;
  #budget: Promise<Budget> | null = null;

  /** What each particle of a scene's race may spend. */
  of(gpu: GPUDevice | null, scene: Scene): Promise<Budget> {
    const key = costKey(scene);
    if (!this.#budget || key !== this.#key || gpu !== this.#gpu) {
      this.#key = key;
      this.#gpu = gpu;
      this.#budget = raceBudget(gpu, scene, () => performance.now());
      this.#budget.catch(() => {
        // Measured anew the next time.
        this.#key = '';
      });
    }
    return this.#budget;
  }
}
