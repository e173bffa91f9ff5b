import { describe, expect, it } from 'vitest';
import { cures } from '../src/analysis/diagnosis/cures/index.ts';
import { cured, type Patient } from '../src/analysis/diagnosis/cures/cure.ts';
import { runExperiments } from '../src/analysis/diagnosis/experiments.ts';
import { verdicts } from '../src/analysis/diagnosis/verdicts/index.ts';
import { applyChange } from '../src/scene/edits.ts';
import type { Scene } from '../src/scene/scene.ts';
import { parseScene } from '../src/scene/schema.ts';
import { diagnosed } from './support/diagnosed.ts';
import { sceneOf } from './support/labelled-runs.ts';

/** Curvatures 2 and 18: plain gradient descent is stable below 1/9. */
const bowl = { formula: 'x^2 + 9*y^2', params: {} };
const well = { formula: '1 - exp(-(x^2 + y^2)/2)', params: {} };
const valley = { formula: '(x^2 - 1)^2 + 2*y^2', params: {} };

const gaussian = { kind: 'gaussian', sigma: 4, nu: 1 } as const;
const heavy = { kind: 'student', sigma: 0.6, nu: 1.2 } as const;
const dying = { id: 'exponential', keys: { gamma: 0.6 }, warmup: 0 } as const;

/** A scene for each cure that has what it is against, and what that is called. */
const SICK: Readonly<Record<string, readonly [string, Scene]>> = {
  'rate-tenth': ['diverging', sceneOf(bowl, 'gd', { lr: 0.15 }, [3, 2], 100)],
  'rate-half': ['oscillating', sceneOf(bowl, 'gd', { lr: 0.1108 }, [3, 2], 100)],
  'rate-up': ['crawling', sceneOf(bowl, 'gd', { lr: 3e-5 }, [3, 2], 200)],
  'rate-raise': ['crawling', sceneOf(bowl, 'gd', { lr: 1e-5 }, [3, 2], 200)],
  schedule: ['noise', sceneOf(bowl, 'gd', { lr: 0.03 }, [3, 2], 300, { noise: gaussian })],
  'constant-rate': ['crawling', sceneOf(bowl, 'gd', { lr: 0.0005 }, [3, 2], 200, { schedule: dying })],
  clip: ['spiking', sceneOf(bowl, 'gd', { lr: 0.03 }, [3, 2], 300, { noise: heavy })],
  normalize: ['stalled', sceneOf(well, 'gd', { lr: 0.1 }, [-4.2, 1], 200)],
  'less-noise': ['noise', sceneOf(bowl, 'gd', { lr: 0.03 }, [3, 2], 300, { noise: gaussian })],
  ema: ['noise', sceneOf(bowl, 'gd', { lr: 0.08 }, [3, 2], 600, { noise: { ...gaussian, sigma: 2.5 } })],
  momentum: ['oscillating', sceneOf(bowl, 'gd', { lr: 0.1108 }, [3, 2], 100)],
  adaptive: ['stalled', sceneOf(well, 'gd', { lr: 0.1 }, [-4.2, 1], 200)],
  start: ['saddle', sceneOf(valley, 'gd', { lr: 0.05 }, [0, 1.5], 200)],
};

async function ill(
  scene: Scene,
): Promise<{ readonly patient: Patient; readonly verdict: string; readonly loss: number }> {
  const { verdict, findings, track } = await diagnosed(scene);
  const last = track.length - 1;
  const patient = { scene, lane: 0, findings, place: [track.x[last], track.y[last]] as const };
  return { patient, verdict: verdict.id, loss: findings.curve.end };
}

describe('cures', () => {
  it('each has a sick scene of its own', () => {
    expect(Object.keys(SICK).sort()).toEqual(cures.map(({ id }) => id).sort());
  });

  it('every verdict names cures that there are, and every cure is named by one', () => {
    const ids = cures.map(({ id }) => id);
    const named = verdicts.flatMap((verdict) => {
      const motion = { linear: true, sharpness: 1e-9, bound: 2, rate: 1, largestRate: 1, arrived: false } as any;
      const curve = { end: 1, start: 1 } as any;
      return [motion, { ...motion, rate: 1e-6 }, { ...motion, sharpness: 1 }].flatMap((one) =>
        verdict.cures({ curve, motion: one, validation: null }),
      );
    });
    expect([...new Set(named)].filter((id) => !ids.includes(id))).toEqual([]);
    expect(ids.filter((id) => !named.includes(id))).toEqual([]);
  });

  it.each(cures.map((cure) => [cure.id, cure] as const))('%s cures its own sick scene', async (id, cure) => {
    const [label, scene] = SICK[id];
    const sick = await ill(scene);
    expect(sick.verdict).toBe(label);
    const remedy = cure.propose(sick.patient);
    expect(remedy?.because).toMatch(/^[A-Z].*\.$/);
    const healthy = cured(scene, remedy!.change);
    expect(parseScene(healthy)).toMatchObject({ fault: null, scene: healthy });
    const after = await diagnosed(healthy);
    // The average's loss is what counts where one is kept.
    const { ax, ay } = after.track;
    const average = healthy.lanes[0].ema === null ? null : bowlAt(scene, ax[ax.length - 1], ay[ay.length - 1]);
    expect([after.verdict.id, after.verdict.healthy]).toEqual([after.verdict.id, true]);
    expect(average ?? after.findings.curve.end).toBeLessThan(0.8 * sick.loss);
  });

  it('take the place of what was changed in mid-run, and are made from what holds at its end', async () => {
    const scene = applyChange(sceneOf(bowl, 'gd', { lr: 0.05 }, [3, 2], 100), 20, {
      kind: 'hyper',
      lane: 0,
      key: 'lr',
      value: 0.2,
    });
    const { patient, verdict } = await ill(scene);
    expect(verdict).toBe('diverging');
    const tenth = cures.find(({ id }) => id === 'rate-tenth')!.propose(patient)!;
    const healthy = cured(scene, tenth.change);
    expect(healthy.edits).toEqual([]);
    expect(healthy.lanes[0].hyper.lr).toBeCloseTo(0.02, 12);
  });
});

const bowlAt = (scene: Scene, x: number, y: number): number => {
  const { formula } = scene.surface as { formula: string };
  expect(formula).toBe(bowl.formula);
  return x * x + 9 * y * y;
};

describe('experiments', () => {
  const answers = async (scene: Scene) =>
    Object.fromEntries((await runExperiments(null, scene, 0)).map(({ id, answer }) => [id, answer]));

  it('tell a rate that is too high', async () => {
    expect(await answers(sceneOf(bowl, 'gd', { lr: 0.15 }, [3, 2], 100))).toMatchObject({
      falls: 'no',
      tenth: 'yes',
      raised: 'no',
    });
  });

  it('tell a rate that is too low', async () => {
    expect(await answers(sceneOf(bowl, 'gd', { lr: 1e-3 }, [3, 2], 100))).toMatchObject({
      falls: 'yes',
      tenth: 'yes',
      raised: 'yes',
      noise: 'does not apply',
    });
  });

  it('tell noise that is too large for the rate', async () => {
    expect(await answers(sceneOf(bowl, 'gd', { lr: 0.03 }, [3, 2], 300, { noise: gaussian }))).toMatchObject({
      noise: 'yes',
    });
  });

  it('tell what leaves the number range', async () => {
    expect(await answers(sceneOf({ formula: 'x^4 + y^4', params: {} }, 'gd', { lr: 1 }, [3, 2], 50))).toMatchObject({
      'non-finite': 'yes',
    });
  });
});
