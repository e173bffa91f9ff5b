import type { SceneRun } from '../compute/engine/run.ts';

/** Steps at which the loss is looked at. */
const SAMPLES = 160;

/** How each lane's loss goes, over all that a film shows. */
export interface LossHistory {
  /** Ascending. */
  readonly steps: readonly number[];
  /** The median loss of each lane that is on, at each of the steps; not finite where a half has left the number range. */
  readonly medians: readonly (readonly number[])[];
}

/** Lets a run go once from one step to another and looks at it on the way; it ends where it began. */
export async function lossHistory(run: SceneRun, from: number, to: number): Promise<LossHistory> {
  const count = Math.min(SAMPLES, to - from + 1);
  const steps = Array.from({ length: count }, (_, k) => Math.round(from + (k * (to - from)) / Math.max(1, count - 1)));
  const medians: number[][] = run.lanes.map(() => []);
  for (const step of steps) {
    run.seek(step);
    await run.settled();
    const tallies = await Promise.all(run.lanes.map(({ swarm }) => swarm.tally()));
    tallies.forEach(({ median }, lane) => medians[lane].push(median));
  }
  run.seek(from);
  await run.settled();
  return { steps, medians };
}
