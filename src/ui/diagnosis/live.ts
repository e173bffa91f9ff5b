import {
  type Diagnosis,
  diagnosisOf,
  findingsOf,
  type LaneDiagnosis,
  LEAST_UPDATES,
  ofMany,
} from '../../analysis/diagnosis/diagnose.ts';
import { type Scales, scalesOf } from '../../analysis/diagnosis/scales.ts';
import { spread } from '../../analysis/diagnosis/sample.ts';
import { Shadow } from '../../analysis/diagnosis/shadow.ts';
import type { Landscape, Run, SwarmPlan } from '../../compute/contract.ts';
import { abilities, planOf, settingsAt } from '../../compute/engine/plan.ts';
import type { Scene } from '../../scene/scene.ts';

/** Particles of each lane that are followed. */
const FOLLOWED = 16;

/** Milliseconds of a frame that following and judging may take together. */
const SHARE = 0.7;

/** A lane is judged again when it has done so many times as many updates, or so many more. */
const NEWS = 1.04;
const LEAST_NEWS = 5;

/** A verdict on a lane of the page's scene. */
export interface LiveVerdict {
  readonly lane: number;
  readonly diagnosis: LaneDiagnosis;
  /** Where the particle was that the evidence is of. */
  readonly place: readonly [number, number];
  /** Particles that were judged, and the step. */
  readonly judged: number;
  readonly step: number;
}

/** A lane that is followed. */
class Followed {
  readonly lane: number;
  #scene: Scene;
  readonly #plan: SwarmPlan;
  readonly #shadow: Shadow;
  #each: Diagnosis[] = [];
  #due = LEAST_UPDATES;

  constructor(scene: Scene, lane: number) {
    const { start } = scene;
    // Places that are drawn at random do not depend on how many there are: the first ones are as good as any.
    const random = start.spawn === 'uniform' || start.spawn === 'gaussian';
    const few = random ? { ...scene, start: { ...start, count: Math.min(start.count, FOLLOWED) } } : scene;
    this.lane = lane;
    this.#scene = scene;
    this.#plan = planOf(few, lane);
    this.#shadow = new Shadow(this.#plan, spread(this.#plan.starts.length / 2, FOLLOWED));
    this.#shadow.set(settingsAt(scene, lane, 0));
  }

  get step(): number {
    return this.#shadow.step;
  }

  /** Goes on in another scene, if the run until here is the same in it. */
  goesOn(scene: Scene): boolean {
    const same = pastOf(scene, this.lane, this.step) === pastOf(this.#scene, this.lane, this.step);
    this.#scene = same ? scene : this.#scene;
    return same;
  }

  /** One update nearer to where the run is. */
  follow(): void {
    const { step } = this.#shadow;
    if (this.#scene.edits.some((edit) => edit.step === step)) {
      this.#shadow.set(settingsAt(this.#scene, this.lane, step));
    }
    this.#shadow.update();
  }

  /** Judges one more of the particles; all judged, gives the lane's verdict. */
  judge(scales: Scales): LiveVerdict | null {
    const { tracks, step } = this.#shadow;
    if (step < this.#due) {
      return null;
    }
    this.#each.push(diagnosisOf(findingsOf(tracks[this.#each.length], this.#plan, scales, this.#scene.steps)));
    if (this.#each.length < tracks.length) {
      return null;
    }
    const diagnosis = ofMany(this.#each);
    const { x, y, length } = tracks[diagnosis.example];
    this.#each = [];
    this.#due = Math.max(step + LEAST_NEWS, Math.ceil(NEWS * step));
    return { lane: this.lane, diagnosis, place: [x[length - 1], y[length - 1]], judged: tracks.length, step };
  }
}

/** All that made a lane what it is after so many updates, and what its walker must be able to do. */
function pastOf(scene: Scene, lane: number, step: number): string {
  const { surface, domain, start, seed, lanes, edits, steps } = scene;
  const { colour: _colour, name: _name, on: _on, ...lives } = lanes[lane];
  const past = edits.filter((edit) => edit.step < step && edit.change.kind !== 'particles');
  return JSON.stringify([surface, domain, start, seed, lives, past, steps, abilities(scene, lane)]);
}

/**
 * Judges the lanes of a running scene, by a few particles of each that are walked again in float64 beside the run, a little in each
 * frame. Nothing is read back from the device.
 */
export class LiveDiagnosis {
  readonly #followed = new Map<number, Followed>();
  readonly #verdicts = new Map<number, LiveVerdict>();
  #scene: Scene | null = null;
  #landscape: Landscape | null = null;
  #scales: Scales | null = null;
  #lanes: readonly Followed[] = [];
  #turn = 0;

  /** The newest verdict on a lane, or null: too early to tell, or it is off. */
  of(lane: number): LiveVerdict | null {
    return this.#verdicts.get(lane) ?? null;
  }

  /** Once a frame. */
  frame(scene: Scene, run: Run | null): void {
    if (!run) {
      return;
    }
    this.#ground(run.landscape);
    this.#take(scene, run);
    const end = performance.now() + SHARE;
    const { length } = this.#lanes;
    this.#turn += 1;
    for (let k = 0; k < length && performance.now() < end; k += 1) {
      const lane = this.#lanes[(k + this.#turn) % length];
      while (lane.step < run.step && performance.now() < end) {
        lane.follow();
      }
      const verdict =
        this.#scales && lane.step >= run.step && performance.now() < end ? lane.judge(this.#scales) : null;
      if (verdict) {
        this.#verdicts.set(verdict.lane, verdict);
      }
    }
  }

  #ground(landscape: Landscape): void {
    if (landscape !== this.#landscape) {
      this.#landscape = landscape;
      this.#scales = null;
      scalesOf(landscape).then((scales) => {
        if (landscape === this.#landscape) {
          this.#scales = scales;
        }
      });
    }
  }

  /** Whether what is followed is what runs. */
  #current(scene: Scene, { lanes, step }: Run): boolean {
    let current = scene === this.#scene && lanes.length === this.#followed.size;
    for (const { lane } of lanes) {
      const followed = this.#followed.get(lane);
      current &&= followed !== undefined && followed.step <= step;
    }
    return current;
  }

  /** Lanes whose past has changed, or that the run has gone back before, are followed anew. */
  #take(scene: Scene, run: Run): void {
    if (this.#current(scene, run)) {
      return;
    }
    this.#scene = scene;
    const running = run.lanes.map(({ lane }) => lane).filter((lane) => lane < scene.lanes.length);
    for (const lane of [...this.#followed.keys()].filter((one) => !running.includes(one))) {
      this.#followed.delete(lane);
      this.#verdicts.delete(lane);
    }
    for (const lane of running) {
      const before = this.#followed.get(lane);
      if (!before || before.step > run.step || !before.goesOn(scene)) {
        this.#verdicts.delete(lane);
        this.#followed.set(lane, new Followed(scene, lane));
      }
    }
    this.#lanes = [...this.#followed.values()];
  }
}
