import { expect, test } from 'vitest';
import { planOf } from '../src/compute/engine/plan.ts';
import { smoothedPlaces } from '../src/compute/engine/place.ts';
import { createReferenceSwarm } from '../src/compute/reference/swarm.ts';
import { DEFAULT_SCENE, newLane } from '../src/scene/defaults.ts';
import type { Scene } from '../src/scene/scene.ts';
import { expectNear, TOLERANCE } from './support/tolerance.ts';

const SCENE: Scene = {
  ...DEFAULT_SCENE,
  lanes: [newLane('momentum', 0)],
  selected: 0,
  steps: 60,
  start: { count: 3, spawn: 'grid', points: [] },
};

test('a followed place is the mean over the run’s places nearby, however it is asked', async () => {
  const swarm = createReferenceSwarm(planOf(SCENE, 0));
  const run: number[][] = [];
  for (let step = 0; step <= SCENE.steps; step += 1) {
    run.push(Array.from((await swarm.read()).positions.subarray(4, 6)));
    swarm.advance(1);
  }
  // Before its first update it is taken to be where that one leads.
  run[0] = run[1];
  const place = smoothedPlaces(SCENE, 0, 2);
  for (const step of [40, 0, 60, 30]) {
    const near = run.slice(Math.max(0, step - 24), step + 25);
    place(step)?.forEach((value, k) =>
      expectNear(value, near.reduce((sum, at) => sum + at[k], 0) / near.length, TOLERANCE.reference, `step ${step}`),
    );
    expect(place(step)).not.toBeNull();
  }
  expect(smoothedPlaces(SCENE, 0, 3)(5)).toBeNull();
});
