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

  /** Whether enough has happened since it was judged. */
  get due(): boolean {
    return this.#shadow.step >= this.#due;
  }

  /** Judges one more of the particles; all judged, gives the lane's verdict. */
  judge(scales: Scales): LiveVerdict | null {
    const { tracks, step } = this.#shadow;
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
 * Judges the lanes of a running scene, by a few particles of each that are walked again in float64 beside the run, slice by slice.
 * Nothing is read back from the device.
 */
export class LiveDiagnosis {
  readonly #followed = new Map<number, Followed>();
  readonly #verdicts = new Map<number, LiveVerdict>();
  #scene: Scene | null = null;
  #run: Run | null = null;
  #landscape: Landscape | null = null;
  #scales: Scales | null = null;
  #lanes: readonly Followed[] = [];
  #turn = 0;

  /** The newest verdict on a lane, or null: too early to tell, or it is off. */
  of(lane: number): LiveVerdict | null {
    return this.#verdicts.get(lane) ?? null;
  }

  /** Once a frame: takes in what runs now. */
  frame(scene: Scene, run: Run | null): void {
    this.#run = run;
    if (run) {
      this.#ground(run.landscape);
      this.#take(scene, run);
    }
  }

  /** Follows a lane by an update, or judges one of its particles; whether there was anything to do. */
  slice(): boolean {
    const { length } = this.#lanes;
    const step = this.#run?.step ?? 0;
    for (let k = 0; k < length; k += 1) {
      this.#turn += 1;
      const lane = this.#lanes[this.#turn % length];
      if (lane.step < step) {
        lane.follow();
        return true;
      }
      if (this.#scales && lane.due) {
        const verdict = lane.judge(this.#scales);
        if (verdict) {
          this.#verdicts.set(verdict.lane, verdict);
        }
        return true;
      }
    }
    return false;
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
