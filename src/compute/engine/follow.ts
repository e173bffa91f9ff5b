import { clipGradient } from '../../descent/conditioning/clip.ts';
import type { UpdateTerm } from '../../descent/optimizer.ts';
import type { Scene } from '../../scene/scene.ts';
import type { SwarmPlan } from '../contract.ts';
import { planOf, settingsAt } from './plan.ts';

/** The newest update of one particle, in numbers. */
export interface FollowedUpdate {
  /** Updates done. */
  readonly step: number;
  /** Where it is now. */
  readonly place: readonly [number, number];
  readonly loss: number;
  /** The update's intermediates for each coordinate, in the optimizer's order. */
  readonly x: readonly UpdateTerm[];
  readonly y: readonly UpdateTerm[];
}

/** Updates replayed in one call at most: a page asks once a frame, and catches up over a few frames after a jump. */
const AT_ONCE = 20_000;

/**
 * Replays one particle in float64 beside the swarm, so that its update can be shown term by term. It keeps its place and
 * goes on from there; another scene, lane or particle begins anew.
 */
export class Follower {
  #key = '';
  #plan: SwarmPlan | null = null;
  #step = 0;
  #birth = 0;
  readonly #place = new Float64Array(2);
  readonly #gradient = new Float64Array(2);
  #state = new Float64Array(0);
  #terms: { x: readonly UpdateTerm[]; y: readonly UpdateTerm[] } = { x: [], y: [] };

  /**
   * The update that brought a particle of a lane to `step`, or null before its first, or after it left the number range.
   * @param particle index among the swarm's particles: those it started with first, then the added ones
   */
  at(scene: Scene, lane: number, particle: number, step: number): FollowedUpdate | null {
    const { surface, domain, start, seed, lanes, edits, steps } = scene;
    const past = edits.filter((edit) => edit.step < step);
    const key = JSON.stringify([surface, domain, start, seed, lanes[lane], past, steps, particle]);
    if (key !== this.#key || step < this.#step) {
      if (!this.#begin(scene, lane, particle)) {
        return null;
      }
      this.#key = key;
    }
    const plan = this.#plan;
    if (!plan) {
      return null;
    }
    const target = Math.min(step, this.#step + AT_ONCE);
    let settings = settingsAt(scene, lane, this.#step);
    while (this.#step < target) {
      if (past.some((edit) => edit.step === this.#step)) {
        settings = settingsAt(scene, lane, this.#step);
      }
      this.#update(plan, settings, this.#step === target - 1);
    }
    const [x, y] = this.#place;
    const loss = plan.landscape.formula.value(x, y, plan.landscape.parameters);
    if (this.#step <= this.#birth || !Number.isFinite(x + y + loss)) {
      return null;
    }
    return { step: this.#step, place: [x, y], loss, ...this.#terms };
  }

  /** @returns whether the scene has such a particle */
  #begin(scene: Scene, lane: number, particle: number): boolean {
    const plan = planOf(scene, lane);
    const initial = plan.starts.length / 2;
    this.#plan = plan;
    this.#state = new Float64Array(2 * plan.optimizer.state.length);
    if (particle < initial) {
      this.#birth = 0;
      this.#place.set(plan.starts.subarray(2 * particle, 2 * particle + 2));
    } else {
      const added = scene.edits.flatMap(({ step, change }) =>
        change.kind === 'particles' ? change.points.map((point) => ({ step, point })) : [],
      );
      const one = added[particle - initial];
      if (!one) {
        this.#plan = null;
        return false;
      }
      this.#birth = one.step;
      this.#place.set(one.point.map(Math.fround));
    }
    this.#step = this.#birth;
    return true;
  }

  #update(plan: SwarmPlan, settings: ReturnType<typeof settingsAt>, last: boolean): void {
    const { optimizer, landscape } = plan;
    const g = this.#gradient;
    const [x, y] = this.#place;
    landscape.formula.gradient(x, y, landscape.parameters, g);
    if (settings.clip) {
      clipGradient(g, settings.clip.kind, settings.clip.limit);
    }
    const t = this.#step - this.#birth + 1;
    const lr = settings.rate(this.#step);
    const each = optimizer.state.length;
    this.#place[0] = optimizer.update(x, g[0], this.#state, 0, settings.hyper, t, lr);
    this.#place[1] = optimizer.update(y, g[1], this.#state, each, settings.hyper, t, lr);
    if (last) {
      this.#terms = {
        x: optimizer.terms(x, g[0], this.#state, 0, settings.hyper, t, lr, this.#place[0]),
        y: optimizer.terms(y, g[1], this.#state, each, settings.hyper, t, lr, this.#place[1]),
      };
    }
    this.#step += 1;
  }
}
