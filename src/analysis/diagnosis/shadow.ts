import { createHerd, type Herd, Walker } from '../../compute/reference/walker.ts';
import { Guard } from '../../compute/reference/guard.ts';
import type { Settings, SwarmPlan } from '../../compute/contract.ts';
import { Track } from './track.ts';

/**
 * A few particles of a swarm, walked beside it in float64 by the very same rules, so that everything of their updates is known:
 * gradients, and what the optimizer makes of them. They walk by themselves, or are put where the device had them.
 */
export class Shadow {
  readonly tracks: readonly Track[];
  readonly #plan: SwarmPlan;
  readonly #particles: readonly number[];
  readonly #walker: Walker;
  readonly #herd: Herd;
  readonly #average = new Float64Array(2);
  #step = 0;

  /**
   * @param plan of the swarm; its starts are those of all its particles
   * @param particles the indices among them of those that are followed
   */
  constructor(plan: SwarmPlan, particles: readonly number[]) {
    this.#plan = plan;
    this.#particles = particles;
    this.#walker = new Walker(plan);
    this.#herd = createHerd(plan, particles.length);
    this.tracks = particles.map(() => new Track(plan.settings));
    for (const [slot, particle] of particles.entries()) {
      this.#walker.begin(this.#herd, slot, plan.starts[2 * particle], plan.starts[2 * particle + 1]);
      this.#note(slot, Number.NaN);
    }
  }

  /** Updates done. */
  get step(): number {
    return this.#step;
  }

  /** Settings from the next update on. */
  set(settings: Settings): void {
    this.#walker.settings = settings;
  }

  /**
   * One update of all.
   * @param device where the device had each of the followed particles after it, x, y pairs by slot; without it they walk by themselves
   * @param left of each, whether it has left the device's number range there
   */
  update(device?: ArrayLike<number>, left?: (slot: number) => boolean): void {
    for (const [slot, particle] of this.#particles.entries()) {
      if (this.tracks[slot].gone) {
        continue;
      }
      this.#walker.update(this.#herd, slot, particle, this.#step, 0);
      if (device) {
        this.#walker.move(this.#herd, slot, device[2 * slot], device[2 * slot + 1]);
      }
      this.#note(slot, this.#walker.settings.rate(this.#step), left?.(slot) ?? false);
    }
    this.#step += 1;
  }

  #note(slot: number, rate: number, left = false): void {
    const { positions, losses, gradients, state } = this.#herd;
    const { optimizer, averages } = this.#plan;
    const { settings } = this.#walker;
    const track = this.tracks[slot];
    const [x, y] = [positions[2 * slot], positions[2 * slot + 1]];
    const step = track.length === 0 ? 0 : this.#step + 1;
    const width = optimizer.state.length;
    const scale = (axis: number): number =>
      optimizer.stability
        ? rate * (optimizer.stability.scale?.(state, (2 * slot + axis) * width, settings.hyper, step) ?? 1)
        : Number.NaN;
    const average = this.#average;
    average[0] = x;
    average[1] = y;
    if (averages && settings.ema !== null) {
      Guard.average(this.#plan, this.#herd, slot, average, 0);
    }
    const loss = losses[slot];
    track.settings = settings;
    track.gone = left || !Number.isFinite(x - x + (y - y) + (loss - loss));
    track.push({
      step,
      x,
      y,
      loss,
      gx: gradients[2 * slot],
      gy: gradients[2 * slot + 1],
      sx: step === 0 ? Number.NaN : scale(0),
      sy: step === 0 ? Number.NaN : scale(1),
      rate,
      ax: average[0],
      ay: average[1],
    });
  }
}
