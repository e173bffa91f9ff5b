import { clipGradient } from '../../descent/conditioning/clip.ts';
import { addNoise } from '../../descent/conditioning/noise.ts';
import type { Surroundings } from '../../descent/optimizer.ts';
import type { Settings, SwarmPlan } from '../contract.ts';
import { Guard } from './guard.ts';

/** Particles in float64, by slot. */
export interface Herd {
  /** x, y; gradient and loss there. */
  readonly positions: Float64Array;
  readonly gradients: Float64Array;
  readonly losses: Float64Array;
  /** The optimizer's state variables: those of x, then those of y. */
  readonly state: Float64Array;
  /** What the guard remembers; empty without one. */
  readonly guard: Float64Array;
}

/** Room for so many particles of a plan. */
export function createHerd(plan: SwarmPlan, capacity: number): Herd {
  return {
    positions: new Float64Array(2 * capacity),
    gradients: new Float64Array(2 * capacity),
    losses: new Float64Array(capacity),
    state: new Float64Array(2 * capacity * plan.optimizer.state.length),
    guard: new Float64Array(plan.guards ? capacity * Guard.width(plan) : 0),
  };
}

/**
 * Updates particles one by one in float64, in the order that everything here keeps: learning rate, gradient, noise,
 * clipping, optimizer; then, where a plan has it, what guards the run.
 */
export class Walker implements Surroundings {
  settings: Settings;
  readonly unit = 2 ** -53;
  /** The gradient as the newest update took it. */
  readonly taken = new Float64Array(2);
  readonly #plan: SwarmPlan;
  readonly #guard: Guard | null;
  readonly #key = { seed: 0, particle: 0, step: 0, ask: 0 };

  constructor(plan: SwarmPlan) {
    this.#plan = plan;
    this.settings = plan.settings;
    this.#guard = plan.guards ? new Guard(plan) : null;
    this.#key.seed = plan.seed;
  }

  /** Puts a particle on at a place. */
  begin(herd: Herd, slot: number, x: number, y: number): void {
    const { optimizer } = this.#plan;
    herd.positions[2 * slot] = x;
    herd.positions[2 * slot + 1] = y;
    const width = 2 * optimizer.state.length;
    herd.state.fill(0, slot * width, (slot + 1) * width);
    this.#look(herd, slot);
    this.#guard?.begin(herd, slot);
  }

  /** Puts a particle elsewhere in mid-run: its optimizer's state stays as it is. */
  move(herd: Herd, slot: number, x: number, y: number): void {
    herd.positions[2 * slot] = x;
    herd.positions[2 * slot + 1] = y;
    this.#look(herd, slot);
  }

  /**
   * One update.
   * @param particle its number in the swarm, for its random numbers
   * @param step the run's update number, 0 first; `birth` that at which the particle started
   */
  update(herd: Herd, slot: number, particle: number, step: number, birth: number): void {
    const { settings, taken } = this;
    if (this.#guard?.rests(herd, slot, settings)) {
      return;
    }
    const { optimizer } = this.#plan;
    const at = 2 * slot;
    const width = optimizer.state.length;
    const x = herd.positions[at];
    const y = herd.positions[at + 1];
    const t = step - birth + 1;
    const lr = settings.rate(step);
    this.#key.particle = particle;
    this.#key.step = step;
    this.#key.ask = 0;
    taken[0] = herd.gradients[at];
    taken[1] = herd.gradients[at + 1];
    this.#condition(taken);
    optimizer.direction?.(x, y, taken, herd.state, at * width, settings.hyper, t, lr, this);
    herd.positions[at] = optimizer.update(x, taken[0], herd.state, at * width, settings.hyper, t, lr);
    herd.positions[at + 1] = optimizer.update(y, taken[1], herd.state, (at + 1) * width, settings.hyper, t, lr);
    this.#guard?.confine(herd, slot, x, y, settings);
    this.#look(herd, slot);
    if (this.#guard?.judge(herd, slot, settings)) {
      this.#look(herd, slot);
    }
  }

  gradient(x: number, y: number, out: Float64Array): number {
    const { formula, parameters } = this.#plan.landscape;
    const loss = formula.gradient(x, y, parameters, out);
    this.#condition(out);
    return loss;
  }

  hessian(x: number, y: number, out: Float64Array): void {
    const { formula, parameters } = this.#plan.landscape;
    formula.hessian(x, y, parameters, out);
  }

  #condition(g: Float64Array): void {
    const { noise, clip } = this.settings;
    if (noise) {
      addNoise(g, noise, this.#key);
    }
    this.#key.ask += 1;
    if (clip) {
      clipGradient(g, clip.kind, clip.limit);
    }
  }

  /** Loss and gradient where a particle is. */
  #look(herd: Herd, slot: number): void {
    const { formula, parameters } = this.#plan.landscape;
    const at = 2 * slot;
    const g = this.#scratch;
    herd.losses[slot] = formula.gradient(herd.positions[at], herd.positions[at + 1], parameters, g);
    herd.gradients[at] = g[0];
    herd.gradients[at + 1] = g[1];
  }

  readonly #scratch = new Float64Array(2);
}
