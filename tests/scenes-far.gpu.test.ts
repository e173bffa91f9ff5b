import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DIVERGED_BEYOND } from '../src/compute/contract.ts';
import { SceneRun } from '../src/compute/engine/run.ts';
import type { Scene } from '../src/scene/scene.ts';
import { parseScene } from '../src/scene/schema.ts';
import { testDevice } from './support/device.ts';
import { anyScene } from './support/scenes.ts';

/** Lanes that run. */
const LANES = 2;

/** A scene as it is, but for what a test has no time for: so many particles, updates and lanes. */
function short(scene: Scene): Scene {
  const steps = Math.min(Math.max(1, scene.steps), 9);
  const { spawn, points, count } = scene.start;
  return {
    ...scene,
    steps,
    lanes: scene.lanes.map((lane, k) => ({ ...lane, on: k < LANES })),
    start: { spawn, points, count: spawn === 'points' ? points.length : Math.min(count, 5) },
    edits: scene.edits.slice(0, 4).map((edit, k) => ({ ...edit, step: Math.min(2 * k, steps - 1) })),
  };
}

it('any scene, its numbers as far out as they may be, runs to its end on both devices', async () => {
  const device = await testDevice();
  const ends = async (gpu: GPUDevice | null, scene: Scene): Promise<void> => {
    const run = await SceneRun.create(gpu, 'test', scene);
    try {
      await run.start(scene.steps);
      await run.settled();
      expect(run.step).toBe(scene.steps);
      for (const { swarm, count } of run.lanes) {
        const { positions, diverged } = await swarm.read();
        expect(positions).toHaveLength(2 * count);
        // In the number range, or counted as gone; bounds hold in float32.
        const range = gpu ? DIVERGED_BEYOND * (1 + 2 ** -20) : Number.MAX_VALUE;
        const astray = diverged.findIndex(
          (update, i) =>
            update < 0 && !(Math.abs(positions[2 * i]) <= range && Math.abs(positions[2 * i + 1]) <= range),
        );
        expect(astray, `${positions[2 * astray]}, ${positions[2 * astray + 1]}`).toBe(-1);
      }
    } finally {
      run.dispose();
    }
  };
  await fc.assert(
    fc.asyncProperty(anyScene.map(short), async (scene) => {
      expect(parseScene(scene).fault).toBeNull();
      await ends(null, scene);
      await ends(device, scene);
    }),
    { numRuns: 8, seed: 4, endOnFailure: true },
  );
}, 240_000);
