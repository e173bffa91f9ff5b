import type { UpdateTerm } from '../../descent/optimizer.ts';
import type { Scene } from '../../scene/scene.ts';
import type { SwarmPlan } from '../contract.ts';
import { createHerd, type Herd, Walker } from '../reference/walker.ts';
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

/** A particle that is being replayed. */
interface Replay {
  readonly plan: SwarmPlan;
  readonly walker: Walker;
  readonly herd: Herd;
  readonly particle: number;
  /** The step at which it started. */
  readonly birth: number;
}

/**
 * Replays one particle in float64 beside the swarm, so that its update can be shown term by term. It keeps its place and
 * goes on from there; another scene, lane or particle begins anew.
 */
export class Follower {
  #key = '';
  #replay: Replay | null = null;
  #step = 0;
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
      this.#replay = begun(scene, lane, particle);
      this.#step = this.#replay?.birth ?? 0;
      this.#key = key;
    }
    const replay = this.#replay;
    if (!replay) {
      return null;
    }
    const { herd, birth } = replay;
    const target = Math.min(step, this.#step + AT_ONCE);
    replay.walker.settings = settingsAt(scene, lane, this.#step);
    while (this.#step < target) {
      if (past.some((edit) => edit.step === this.#step)) {
        replay.walker.settings = settingsAt(scene, lane, this.#step);
      }
      this.#update(replay, this.#step === target - 1);
    }
    const [x, y] = herd.positions;
    const [loss] = herd.losses;
    if (this.#step <= birth || !Number.isFinite(x + y + loss)) {
      return null;
    }
    return { step: this.#step, place: [x, y], loss, ...this.#terms };
  }

  #update({ plan, walker, herd, particle, birth }: Replay, last: boolean): void {
    const [x, y] = herd.positions;
    walker.update(herd, 0, particle, this.#step, birth);
    if (last) {
      const { optimizer } = plan;
      const { hyper, rate } = walker.settings;
      const { state, positions } = herd;
      const [gx, gy] = walker.taken;
      const [t, lr] = [this.#step - birth + 1, rate(this.#step)];
      this.#terms = {
        x: optimizer.terms(x, gx, state, 0, hyper, t, lr, positions[0]),
        y: optimizer.terms(y, gy, state, optimizer.state.length, hyper, t, lr, positions[1]),
      };
    }
    this.#step += 1;
  }
}

/** A particle of a scene's lane at its start, or null when the scene has no such particle. */
function begun(scene: Scene, lane: number, particle: number): Replay | null {
  const plan = planOf(scene, lane);
  const initial = plan.starts.length / 2;
  const added = scene.edits.flatMap(({ step, change }) =>
    change.kind === 'particles' ? change.points.map((point) => ({ step, point: point.map(Math.fround) })) : [],
  );
  const one =
    particle < initial
      ? { step: 0, point: [...plan.starts.subarray(2 * particle, 2 * particle + 2)] }
      : added[particle - initial];
  if (!one) {
    return null;
  }
  const replay = { plan, walker: new Walker(plan), herd: createHerd(plan, 1), particle, birth: one.step };
  replay.walker.begin(replay.herd, 0, one.point[0], one.point[1]);
  return replay;
}
