import { describe, expect, it } from 'vitest';
import { besideCured } from '../src/analysis/diagnosis/cures/side-by-side.ts';
import { diagnosisOf, findingsOf, laneDiagnosis } from '../src/analysis/diagnosis/diagnose.ts';
import { spread, tracksOf } from '../src/analysis/diagnosis/sample.ts';
import { scalesOf } from '../src/analysis/diagnosis/scales.ts';
import { Shadow } from '../src/analysis/diagnosis/shadow.ts';
import { Track } from '../src/analysis/diagnosis/track.ts';
import { planOf, settingsAt } from '../src/compute/engine/plan.ts';
import { arrived } from '../src/compute/outcome.ts';
import { createReferenceSwarm } from '../src/compute/reference/swarm.ts';
import { optimizers } from '../src/descent/optimizers/index.ts';
import { surfaces } from '../src/landscape/surfaces/index.ts';
import { robustLine } from '../src/math/robust.ts';
import { DEFAULT_SCENE } from '../src/scene/defaults.ts';
import { applyChange } from '../src/scene/edits.ts';
import { LIMITS } from '../src/scene/limits.ts';
import type { Scene } from '../src/scene/scene.ts';
import { parseScene } from '../src/scene/schema.ts';
import { sceneOf } from './support/labelled-runs.ts';

const UPDATES = 100;

/** Updates at the end of a run in which a sound one is seen to be so. */
const END = 25;

/** A run of every optimizer on a surface from its first start, at the learning rates with which new lanes begin. */
async function runsOn(surface: (typeof surfaces)[number]) {
  const scales = await scalesOf(planOf({ ...DEFAULT_SCENE, surface: { id: surface.id, params: {} } }, 0).landscape);
  return optimizers.map((optimizer) => {
    const hyper = { ...optimizer.suggestedHyper, lr: optimizer.suggestedLearningRate };
    const scene = sceneOf({ id: surface.id, params: {} }, optimizer.id, hyper, surface.starts[0], UPDATES);
    const plan = planOf(scene, 0);
    const shadow = new Shadow(plan, [0]);
    for (let k = 0; k < UPDATES; k += 1) {
      shadow.update();
    }
    const [track] = shadow.tracks;
    return { id: optimizer.id, plan, track, ...diagnosisOf(findingsOf(track, plan, scales, UPDATES)) };
  });
}

describe('no sound run is called ill', () => {
  let sound = 0;

  it.each(surfaces.map((surface) => [surface.id, surface] as const))('on %s', async (_, surface) => {
    for (const { id, plan, track, verdict } of await runsOn(surface)) {
      const losses = track.loss.slice(-END);
      const least = Math.min(...plan.landscape.minima.map(({ value }) => value), ...track.loss);
      // At a known minimum all along the end; or downhill with every update, by half of the way and a twentieth at the end.
      const there = losses.every((_loss, k) =>
        arrived(plan.landscape, track.x[track.length - END + k], track.y[track.length - END + k]),
      );
      const falls = track.loss.every((loss, k) => k === 0 || loss <= track.loss[k - 1]);
      const far =
        losses[END - 1] - least < 0.5 * (track.loss[0] - least) && losses[END - 1] - least < 0.95 * (losses[0] - least);
      const bounded = plan.landscape.minima.length > 0;
      if (there || (bounded && falls && far && Number.isFinite(losses[END - 1]))) {
        sound += 1;
        expect([id, verdict.id, verdict.healthy]).toEqual([id, verdict.id, true]);
      }
    }
  });

  it('and there are many', () => {
    expect(sound).toBeGreaterThan(250);
  });
});

/** A scene with noise, clipping, an average, a change and a new particle in mid-run. */
const busy: Scene = [
  { kind: 'hyper', lane: 0, key: 'lr', value: 0.02 } as const,
  { kind: 'particles', points: [[1, 1]] } as const,
].reduce((scene, change) => applyChange(scene, 12, change), {
  ...sceneOf({ id: 'himmelblau', params: {} }, 'adam', { lr: 0.1 }, [0, 0], 40, {
    noise: { kind: 'gaussian', sigma: 1, nu: 1 },
    clip: { kind: 'norm', limit: 20 },
    ema: 0.9,
  }),
  start: { count: 7, spawn: 'uniform', points: [] },
} as Scene);

describe('shadows', () => {
  it('walk as the reference does, bit for bit', async () => {
    const plan = planOf(busy, 0);
    const shadow = new Shadow(plan, [1, 5]);
    const swarm = createReferenceSwarm(plan);
    for (let k = 0; k < busy.steps; k += 1) {
      swarm.set(settingsAt(busy, 0, k));
      shadow.set(settingsAt(busy, 0, k));
      swarm.advance(1);
      shadow.update();
    }
    const { positions, losses, averages } = await swarm.read();
    for (const [slot, particle] of [1, 5].entries()) {
      const track = shadow.tracks[slot];
      expect(track.length).toBe(busy.steps + 1);
      const last = [track.x, track.y, track.ax, track.ay, track.loss].map((column) => column[busy.steps]);
      const at = 2 * particle;
      expect(last).toEqual([positions[at], positions[at + 1], averages![at], averages![at + 1], losses[particle]]);
    }
  });

  it('of a whole run are those of its particles, through changes in mid-run', async () => {
    const plan = planOf(busy, 0);
    const tracks = await tracksOf(createReferenceSwarm(plan), plan, busy);
    expect(tracks).toHaveLength(7);
    const alone = new Shadow(plan, [3]);
    for (let k = 0; k < busy.steps; k += 1) {
      alone.set(settingsAt(busy, 0, k));
      alone.update();
    }
    expect(tracks[3].x).toEqual(alone.tracks[0].x);
    expect(tracks[3].rate[13]).toBe(0.02);
  });

  it('keep the start and all of the newest updates of a long run', () => {
    const track = new Track(settingsAt(busy, 0, 0));
    for (let step = 0; step < 20_000; step += 1) {
      track.push({ step, x: step, y: 0, loss: 1, gx: 0, gy: 0, sx: 1, sy: 1, rate: 1, ax: 0, ay: 0 });
    }
    expect(track.length).toBeLessThanOrEqual(4096);
    expect(track.updates).toBe(19_999);
    expect(track.step[0]).toBe(0);
    expect(track.step.slice(-1024)).toEqual(Array.from({ length: 1024 }, (_, k) => 20_000 - 1024 + k));
    expect(track.x).toEqual(track.step);
  });
});

describe('a lane', () => {
  it('is judged by an even spread of its particles', () => {
    expect(spread(3, 8)).toEqual([0, 1, 2]);
    expect(spread(100, 4)).toEqual([0, 25, 50, 75]);
  });

  it('has a trouble that a quarter of its particles have, and tells shares', async () => {
    // Half of the starts are on the line that leads to the saddle at the origin, the others beside it.
    const points = [0, 0, 0, 0.4, 0.5, 0.6].map((x): [number, number] => [x, 1.2]);
    const scene: Scene = {
      ...sceneOf({ id: 'strict-saddle', params: {} }, 'gd', { lr: 0.1 }, [0, 1], 150),
      start: { count: 6, spawn: 'points', points },
    };
    const plan = planOf(scene, 0);
    const tracks = await tracksOf(createReferenceSwarm(plan), plan, scene);
    const { verdict, shares, example } = laneDiagnosis(tracks, plan, await scalesOf(plan.landscape), scene.steps);
    expect(verdict.id).toBe('saddle');
    expect(example).toBe(0);
    expect(shares.map((one) => [one.verdict.id, one.share])).toEqual([
      ['saddle', 0.5],
      ['arrived', 0.5],
    ]);
  });
});

describe('before and after', () => {
  const remedy = {
    name: 'learning rate ÷ 10',
    because: '',
    change: [{ kind: 'hyper', lane: 1, key: 'lr', value: 1e-4 }],
  } as const;

  it('are two lanes side by side, alone', () => {
    const scene = besideCured(DEFAULT_SCENE, 1, remedy);
    expect(parseScene(scene).fault).toBeNull();
    expect(scene.lanes.map(({ name, on, hyper }) => [name, on, hyper.lr])).toEqual([
      [undefined, false, DEFAULT_SCENE.lanes[0].hyper.lr],
      ['Before: Momentum', true, DEFAULT_SCENE.lanes[1].hyper.lr],
      ['After: Momentum', true, 1e-4],
      [undefined, false, DEFAULT_SCENE.lanes[2].hyper.lr],
      [undefined, false, DEFAULT_SCENE.lanes[3].hyper.lr],
    ]);
    expect(scene.picture.views).toBe('each');
    // Cured again, what was after is before.
    const again = besideCured(scene, 2, { ...remedy, change: [{ ...remedy.change[0], lane: 2, value: 1e-5 }] });
    expect(again.lanes.filter(({ on }) => on).map(({ name, hyper }) => [name, hyper.lr])).toEqual([
      ['Before: Momentum', 1e-4],
      ['After: Momentum', 1e-5],
    ]);
  });

  it('are one lane where there is no room for two', () => {
    const lanes = Array.from({ length: LIMITS.lanes }, (_, k) => DEFAULT_SCENE.lanes[k % 4]);
    const scene = besideCured({ ...DEFAULT_SCENE, lanes }, 1, remedy);
    expect(scene.lanes).toHaveLength(LIMITS.lanes);
    expect(scene.lanes[1].hyper.lr).toBe(1e-4);
  });
});

it('a robust line is not moved by a fifth of outliers', () => {
  const x = Array.from({ length: 200 }, (_, k) => k);
  const y = x.map((value, k) => 3 - 0.25 * value + (k % 5 === 2 ? 1000 : 0));
  const { slope, scatter } = robustLine(x, y);
  expect(slope).toBeCloseTo(-0.25, 9);
  expect(scatter).toBeLessThan(1e-9);
});
