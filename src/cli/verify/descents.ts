import type { SwarmPlan } from '../../compute/contract.ts';
import { planOf } from '../../compute/engine/plan.ts';
import { createGpuSwarm } from '../../compute/swarm/swarm.ts';
import type { Scene } from '../../scene/scene.ts';
import { type Check, checkOf, FLOAT32_UNIT } from './check.ts';
import { neighbours, reference, rounded, ulp, UPDATES } from './disturbed.ts';

/**
 * Each update adds rounding errors of its own, of the position, of the gradient and of the optimizer's few operations, and
 * each of them does what moving the start by an ulp or so would do; mostly they cancel.
 */
const BOUND = 4;

/**
 * Runs of the reference that is rounded as float32 rounds, for particles that moved starts do not explain: where a
 * comparison decides (a trial of a search, a sign), a run goes one way or the other, and this many find a way that one
 * in twelve of them takes, all but once in three hundred times.
 */
const STREAMS = 64;

/**
 * Farthest that disturbed runs may be driven apart, in ulps, for a comparison to tell anything: a particle is compared until
 * then. Beyond, which trial of a search is taken, or on which side of a kink a step lands, is anybody's guess.
 */
const TAME = 256;

/** The least share of all updates of all particles that is compared: down a saddle a search leaves the page at once. */
const LEAST_COMPARED = 0.02;

/** Whether no particle leaves the number range or is driven apart too far for a comparison to tell anything. */
async function tame(plan: SwarmPlan): Promise<boolean> {
  const [exact, near] = await Promise.all([reference(plan), neighbours(plan)]);
  const last = UPDATES - 1;
  return exact[last].every((value, k) => {
    const most = TAME * ulp(plan, plan.starts[k], k % 2);
    return near.every((rows) => Math.abs(rows[last][k] - value) <= most);
  });
}

/**
 * The swarm of a scene's first lane with its optimizer's suggested hyperparameters, at the suggested learning rate or the
 * largest of its halves at which the surface is descended without being thrown off it. A search finds its step itself.
 */
export async function livelyPlan(scene: Scene): Promise<SwarmPlan> {
  const { suggestedLearningRate, suggestedHyper } = planOf(scene, 0).optimizer;
  for (let lr = suggestedLearningRate; ; lr /= 2) {
    const lanes = scene.lanes.map((lane) => ({ ...lane, hyper: { ...suggestedHyper, lr } }));
    const plan = planOf({ ...scene, lanes }, 0);
    if (typeof plan.optimizer.evaluations === 'object' || (await tame(plan))) {
      return plan;
    }
  }
}

/**
 * Updates of each particle up to the place where the gradient is less than float32's rounding of it and of the place: from
 * there a search goes where rounding points. All of them for what does not search.
 */
function untilLevel(plan: SwarmPlan, exact: readonly Float64Array[]): number[] {
  const { formula, parameters } = plan.landscape;
  const slopes = new Float64Array(2);
  const bounds = new Float64Array(3);
  const curvatures = new Float64Array(3);
  const isLevel = (x: number, y: number): boolean => {
    formula.gradient(x, y, parameters, slopes);
    formula.rounding(x, y, parameters, bounds);
    formula.hessian(x, y, parameters, curvatures);
    const [dx, dy] = [ulp(plan, x, 0), ulp(plan, y, 1)];
    const errors = [0, 1].map(
      (k) => FLOAT32_UNIT * bounds[1 + k] + Math.abs(curvatures[k]) * dx + Math.abs(curvatures[k + 1]) * dy,
    );
    return Math.hypot(slopes[0], slopes[1]) <= Math.hypot(errors[0], errors[1]);
  };
  return Array.from({ length: plan.starts.length / 2 }, (_, i) => {
    const level =
      typeof plan.optimizer.evaluations === 'object'
        ? exact.findIndex((row) => isLevel(row[2 * i], row[2 * i + 1]))
        : -1;
    return level < 0 ? UPDATES : level + 1;
  });
}

/** What a particle's float32 run may be off by after each update, from runs of the reference that were disturbed. */
class Allowance {
  readonly #plan: SwarmPlan;
  readonly #exact: Float64Array[];
  /** The most that a disturbed run was off by up to each update, of each particle in turn. */
  readonly #most: Float64Array;
  /** How many updates of each particle can be told apart from rounding. */
  readonly #until: readonly number[];

  constructor(plan: SwarmPlan, exact: Float64Array[]) {
    this.#plan = plan;
    this.#exact = exact;
    this.#until = untilLevel(plan, exact);
    this.#most = new Float64Array((plan.starts.length / 2) * UPDATES);
  }

  /** Takes in a run of some of the particles: row i of it is particle `numbers[i]`. */
  widen(rows: readonly Float64Array[], numbers: readonly number[]): void {
    for (const [i, particle] of numbers.entries()) {
      let most = 0;
      for (let k = 0; k < UPDATES; k += 1) {
        const apart = Math.max(
          Math.abs(rows[k][2 * i] - this.#exact[k][2 * particle]),
          Math.abs(rows[k][2 * i + 1] - this.#exact[k][2 * particle + 1]),
        );
        // A run that left the number range allows everything.
        most = Math.max(most, Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart);
        const at = particle * UPDATES + k;
        this.#most[at] = Math.max(this.#most[at], most);
      }
    }
  }

  /**
   * The worst that a particle's run is off, in units of what is allowed, and how many of its updates were compared.
   * @param positions x, y by update and particle
   */
  compare(positions: ArrayLike<number>, particle: number): { worst: number; updates: number } {
    const stride = this.#exact[0].length;
    let rounding = 0;
    let worst = 0;
    let k = 0;
    for (; k < this.#until[particle]; k += 1) {
      const [x, y] = this.#exact[k].subarray(2 * particle, 2 * particle + 2);
      const at = k * stride + 2 * particle;
      const allowed = this.#most[particle * UPDATES + k];
      if (allowed > TAME * Math.max(ulp(this.#plan, x, 0), ulp(this.#plan, y, 1))) {
        break;
      }
      rounding += FLOAT32_UNIT * Math.max(Math.abs(x), Math.abs(y));
      worst = Math.max(
        worst,
        Math.max(Math.abs(positions[at] - x), Math.abs(positions[at + 1] - y)) / (allowed + rounding),
      );
    }
    return { worst, updates: k };
  }
}

/** The plan with some of its particles. */
function some(plan: SwarmPlan, numbers: readonly number[]): SwarmPlan {
  return { ...plan, starts: Float64Array.from(numbers.flatMap((i) => [plan.starts[2 * i], plan.starts[2 * i + 1]])) };
}

/**
 * The swarm's first updates in float32 against the float64 reference, in units of what the reference itself does when the
 * start is moved by an ulp in each direction, or all is rounded as float32 rounds it (at most, up to that update),
 * plus an ulp of the position for each update.
 * @param plan of the reference, with starts that are exact in float32
 * @param ran what runs on the GPU: the same plan, but where the check itself is tried
 */
export async function checkDescent(device: GPUDevice, id: string, plan: SwarmPlan, ran = plan): Promise<Check> {
  const swarm = await createGpuSwarm(device, ran);
  const { positions } = await swarm.trace(UPDATES);
  swarm.dispose();
  const all = Array.from({ length: plan.starts.length / 2 }, (_, i) => i);
  const allowance = new Allowance(plan, await reference(plan));
  for (const rows of await neighbours(plan)) {
    allowance.widen(rows, all);
  }
  const unexplained = (i: number): boolean => !(allowance.compare(positions, i).worst <= BOUND);
  let left = all.filter(unexplained);
  for (let stream = 0; stream < STREAMS && left.length > 0; stream += 1) {
    allowance.widen(await reference(rounded(some(plan, left), stream)), left);
    left = left.filter(unexplained);
  }
  const compared = all.map((i) => allowance.compare(positions, i));
  const updates = compared.reduce((sum, one) => sum + one.updates, 0);
  const enough = updates >= LEAST_COMPARED * all.length * UPDATES;
  return checkOf('descent', id, enough ? Math.max(...compared.map(({ worst }) => worst)) : Number.NaN, BOUND);
}
