import { describe, expect, it } from 'vitest';
import { planOf } from '../src/compute/engine/plan.ts';
import { optimizers } from '../src/descent/optimizers/index.ts';
import { surfaces } from '../src/landscape/surfaces/index.ts';
import { DEFAULT_SCENE, UNCONDITIONED } from '../src/scene/defaults.ts';
import type { Scene } from '../src/scene/scene.ts';
import { checkDescent, livelyPlan } from '../src/cli/verify/descents.ts';
import { checkDifferences, checkFacts } from '../src/cli/verify/formulas.ts';
import { checkRounding } from '../src/cli/verify/rounding.ts';
import { checkUpdates } from '../src/cli/verify/updates.ts';
import { applyVulkanDriver } from '../scripts/vulkan.js';
import { thalweg } from './support/command.ts';
import { testDevice } from './support/device.ts';

const MINUTE = 60_000;

describe('thalweg verify', () => {
  it(
    'finds every surface and optimizer, and pairs in which each has its turns, within its bound',
    async () => {
      applyVulkanDriver();
      const { status, out, err } = await thalweg('verify', '--quick');
      expect(err).toBe('');
      const checks: { kind: string; id: string; worst: number; bound: number; ok: boolean }[] = JSON.parse(out);
      for (const kind of new Set(checks.map((check) => check.kind))) {
        const worst = checks
          .filter((check) => check.kind === kind)
          .sort((a, b) => b.worst / b.bound - a.worst / a.bound)[0];
        console.info(`${kind}: worst ${worst.worst.toPrecision(3)} of ${worst.bound} (${worst.id})`);
      }
      expect(checks.filter(({ ok, worst, bound }) => !ok || !(worst <= bound))).toEqual([]);
      expect(status).toBe(0);
      const ids = (kind: string) => checks.filter((check) => check.kind === kind).map(({ id }) => id);
      const all = surfaces.map(({ id }) => id);
      expect(ids('difference')).toEqual(all);
      expect(ids('facts')).toEqual(all);
      expect(ids('gradient')).toEqual(all);
      expect(ids('hessian')).toEqual(all);
      expect(ids('update')).toEqual(optimizers.map(({ id }) => id));
      const pairs = ids('descent').map((id) => id.split('/'));
      expect(new Set(ids('descent')).size).toBe(pairs.length);
      for (const surface of all) expect(pairs.filter(([id]) => id === surface).length).toBeGreaterThanOrEqual(2);
      for (const { id } of optimizers) expect(pairs.filter(([, other]) => other === id).length).toBeGreaterThanOrEqual(2);
    },
    6 * MINUTE,
  );
});

describe('a check sees', () => {
  const scene = (surface: Scene['surface'], optimizer: string): Scene => ({
    ...DEFAULT_SCENE,
    surface,
    lanes: [{ optimizer, hyper: {}, ...UNCONDITIONED, colour: 0, on: true }],
    selected: 0,
    start: { count: 64, spawn: 'uniform', points: [] },
  });
  const adam = optimizers.find(({ id }) => id === 'adam')!;
  const rosenbrock = surfaces.find(({ id }) => id === 'rosenbrock')!;

  it('a constant of an optimizer that is off in its fifth digit', async () => {
    const { constants } = adam;
    const wrong = { ...adam, constants: { ...constants, beta1: (hyper: any) => constants.beta1(hyper) * (1 + 1e-5) } };
    expect((await checkUpdates(await testDevice(), wrong)).ok).toBe(false);
    expect((await checkUpdates(await testDevice(), adam)).ok).toBe(true);
  });

  it('a swarm whose optimizer forgets its bias correction', async () => {
    const device = await testDevice();
    const { coefficients } = adam;
    const wrong = { ...adam, coefficients: { ...coefficients, size: (_hyper: any, _t: number, lr: number) => lr } };
    const plan = await livelyPlan(scene({ id: 'rosenbrock', params: {} }, 'adam'));
    expect((await checkDescent(device, 'right', plan)).ok).toBe(true);
    expect((await checkDescent(device, 'wrong', plan, { ...plan, optimizer: wrong })).ok).toBe(false);
  });

  describe('a derivative that is off by one millionth', () => {
    const { landscape, starts } = planOf(scene({ id: 'rosenbrock', params: {} }, 'gd'), 0);
    const formula = {
      ...landscape.formula,
      gradient: (x: number, y: number, parameters: ArrayLike<number>, out: Float64Array) => {
        const value = landscape.formula.gradient(x, y, parameters, out);
        out[1] *= 1 + 1e-6;
        return value;
      },
    };
    const wrong = { ...landscape, formula };

    it('beside differences of the value', () => {
      expect(checkDifferences('right', landscape, starts).ok).toBe(true);
      expect(checkDifferences('wrong', wrong, starts).ok).toBe(false);
    });

    it('beside the GPU', async () => {
      const device = await testDevice();
      expect((await checkRounding(device, 'gradient', 'right', [landscape], starts)).ok).toBe(true);
      expect((await checkRounding(device, 'gradient', 'wrong', [landscape, wrong], starts)).ok).toBe(false);
    });
  });

  it('a stored fact that is off in its eighth digit', () => {
    const { landscape } = planOf(scene({ id: 'rosenbrock', params: {} }, 'gd'), 0);
    const minima = rosenbrock.minima.map((minimum) => ({ ...minimum, value: minimum.value + 1e-8 }));
    expect(checkFacts(rosenbrock, landscape).ok).toBe(true);
    expect(checkFacts({ ...rosenbrock, minima }, landscape).ok).toBe(false);
  });
});
