import type { SceneRun } from '../compute/engine/run.ts';
import { laneNames } from '../scene/lane-names.ts';
import type { OptimizerChoice, Scene } from '../scene/scene.ts';
import { parseScene } from '../scene/schema.ts';
import type { SceneStore } from '../scene/store.ts';

/** One lane of a snapshot. */
export interface LaneSnapshot {
  /** Index into `scene.lanes`. */
  readonly lane: number;
  /** What it is called on the page. */
  readonly name: string;
  /** Its id, or the typed one's recurrences. */
  readonly optimizer: OptimizerChoice;
  /** [x, y] of each particle, those of the start first, added ones last; a diverged one's is the offending point. */
  readonly positions: readonly (readonly [number, number])[];
  readonly losses: readonly number[];
  readonly counts: {
    readonly particles: number;
    readonly converged: number;
    readonly diverged: number;
    readonly outside: number;
  };
  readonly median: number;
}

/** Where everything is at one step. */
export interface Snapshot {
  readonly step: number;
  readonly device: 'gpu' | 'reference';
  readonly adapter: string;
  readonly lanes: readonly LaneSnapshot[];
}

/** The page, scripted: `window.thalweg`. */
export interface Handle {
  /** What is asked for. Setting it validates the value: a damaged one throws a RangeError with one sentence, and nothing changes. */
  scene: Scene;
  play(): void;
  pause(): void;
  /** Pauses and does so many updates (1 unless told), as far as the run goes; throws a RangeError for what is no such number. */
  step(updates?: number): void;
  /** Back to the start. */
  reset(): void;
  /** Resolves once every change so far has taken effect and every particle has been read back. */
  snapshot(): Promise<Snapshot>;
  /** The picture as it is, as a PNG. */
  image(): Promise<Blob>;
}

/** What the handle drives; `run` is asked each time, since a lost device brings a new one. */
export interface Driven {
  readonly store: SceneStore;
  run(): SceneRun;
  image(): Promise<Blob>;
}

/** Makes the page's handle. */
export function createHandle({ store, run, image }: Driven): Handle {
  return {
    get scene() {
      return store.scene;
    },
    set scene(value) {
      const { scene, fault } = parseScene(value);
      if (fault) {
        throw new RangeError(fault);
      }
      store.replace(scene);
    },
    play: () => run().play(),
    pause: () => run().pause(),
    step(updates = 1) {
      if (!Number.isInteger(updates) || updates < 0) {
        throw new RangeError(`step(updates) takes a whole number, 0 or more; ${String(updates)} is none.`);
      }
      run().advance(updates);
    },
    reset: () => run().restart(),
    image,
    async snapshot() {
      await run().settled();
      const now = run();
      const lanes = now.lanes.map(async (lane): Promise<LaneSnapshot> => {
        const [tally, particles] = await Promise.all([lane.swarm.tally(), lane.swarm.read()]);
        const { converged, diverged, outside, median, count } = tally;
        return {
          lane: lane.lane,
          name: laneNames(now.scene)[lane.lane],
          optimizer: now.scene.lanes[lane.lane].optimizer,
          positions: Array.from(particles.losses, (_, i) => [
            particles.positions[2 * i],
            particles.positions[2 * i + 1],
          ]),
          losses: Array.from(particles.losses),
          counts: { particles: count, converged, diverged, outside },
          median,
        };
      });
      const { step, device, adapter } = now;
      return { step, device, adapter, lanes: await Promise.all(lanes) };
    },
  };
}
