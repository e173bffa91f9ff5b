import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DIVERGED_BEYOND, type SwarmPlan } from '../src/compute/contract.ts';
import { planOf } from '../src/compute/engine/plan.ts';
import { recordRun } from '../src/compute/engine/record.ts';
import type { Outcome } from '../src/compute/outcome.ts';
import { createReferenceSwarm } from '../src/compute/reference/swarm.ts';
import { createGpuSwarm } from '../src/compute/swarm/swarm.ts';
import { parseScene } from '../src/scene/schema.ts';
import { surfaceOf } from '../src/scene/resolve.ts';
import { optimizerOf } from '../src/scene/compiled.ts';
import { changedLane } from '../src/scene/edits.ts';
import type { Change, Edit, Lane, Scene } from '../src/scene/scene.ts';
import { testDevice } from './support/device.ts';
import { anyScene } from './support/scenes.ts';

const between = (low: number, high: number, value: number): number => Math.min(high, Math.max(low, value));

/** Hyperparameters where their sliders go: beyond, float32 and float64 are different worlds. */
function usual(lane: Lane): Lane {
  const { hyper: specs } = optimizerOf(lane);
  const { noise, clip, stop, recover } = lane;
  const hyper = Object.entries(lane.hyper).map(([key, value]) => {
    const { slider } = specs.find((spec) => spec.key === key)!;
    return [key, Math.fround(between(slider[0], slider[1], value))];
  });
  return {
    ...lane,
    hyper: Object.fromEntries(hyper),
    schedule: lane.schedule && { ...lane.schedule, keys: {}, warmup: lane.schedule.warmup % 10 },
    noise: noise && { ...noise, sigma: between(1e-3, 10, noise.sigma), nu: between(1, 30, noise.nu) },
    clip: clip && { ...clip, limit: between(0.1, 100, clip.limit) },
    recover: recover === null ? null : between(0.1, 10, recover),
    stop: stop && { ...stop, limit: between(stop.kind === 'plateau' ? 2 : 1e-3, 20, stop.limit) },
  };
}

/** Lengths and numbers of particles that a test has time for, on a surface's own domain. */
function small(scene: Scene): Scene {
  const { surface, start } = scene;
  const base: Scene = {
    ...scene,
    surface: 'id' in surface ? { ...surface, params: {} } : { ...surface, params: { a: between(0.5, 4, Math.abs(surface.params.a)) } },
    domain: null,
    lanes: scene.lanes.map(usual),
    steps: 24,
    edits: [],
  };
  const [xmin, xmax, ymin, ymax] = surfaceOf(base).domain;
  const inside = ([x, y]: readonly [number, number]): readonly [number, number] => [
    Math.fround(xmin + (Math.abs(x) % 1) * (xmax - xmin)),
    Math.fround(ymin + (Math.abs(y) % 1) * (ymax - ymin)),
  ];
  const points = start.points.map(inside);
  const edits = scene.edits.slice(0, 3).map(({ change }, k): Edit => {
    const made: Change = change.kind === 'particles' ? { ...change, points: change.points.map(inside) } : change;
    return { step: 4 + 6 * k, change: made };
  });
  const count = start.spawn === 'points' ? points.length : Math.min(start.count, 6);
  // A change is brought into what is usual as the lane is that it makes.
  const changed = edits.map(({ step, change }): Edit => {
    if (change.kind === 'particles') return { step, change };
    const lane = usual(changedLane(base.lanes[change.lane], change));
    const value = change.kind === 'hyper' ? { value: lane.hyper[change.key] ?? change.value } : { [change.kind]: lane[change.kind] };
    return { step, change: { ...change, ...value } as Change };
  });
  return { ...base, start: { ...start, count, points }, edits: changed };
}

/** The plan with every start moved by an ulp of float32 along an axis. */
function moved(plan: SwarmPlan, axis: 0 | 1, sign: 1 | -1): SwarmPlan {
  const starts = plan.starts.map((value, k) => (k % 2 === axis ? value + sign * 2 ** -23 * Math.max(Math.abs(value), 1e-6) : value));
  return { ...plan, starts };
}

/** Steps that are fewer ulps of float32 together than this are not there for it. */
const FELT = 2 ** -12;

/** What src/compute/outcome.ts looks back on, and what it tells apart there. */
const WINDOW = 20;
const FALL = 1e-6;
const RISES = 6;

/**
 * Whether float32's losses tell as much as float64's: what the loss does in the window is not within the rounding of the
 * losses, by the formula's own bound.
 */
function told({ landscape }: SwarmPlan, points: Float64Array): boolean {
  const count = points.length / 3;
  if (count <= WINDOW) {
    return true;
  }
  const { formula, parameters } = landscape;
  const bounds = new Float64Array(3);
  const losses = Array.from({ length: count }, (_, k) => points[3 * k + 2]);
  const noise = 2 * Math.max(...Array.from({ length: WINDOW + 1 }, (_, k) => {
    const at = 3 * (count - 1 - k);
    formula.rounding(points[at], points[at + 1], parameters, bounds);
    return bounds[0] * 2 ** -24;
  }));
  const last = losses.slice(-WINDOW - 1);
  const fall = last[0] - last[WINDOW];
  const least = FALL * (Math.max(...losses) - Math.min(...losses));
  const rises = (above: number): number => last.filter((loss, k) => k > 0 && loss - last[k - 1] > above).length;
  const falls = fall > least + noise;
  const still = fall < least - noise && fall < -noise === fall <= noise;
  return falls || (still && rises(noise) >= RISES === rises(-noise) >= RISES);
}

/**
 * What becomes of each particle in the reference; null where it hardly moves, or float32 cannot tell. One that goes farther than the GPU's numbers
 * go has diverged, for them.
 */
async function outcomes(plan: SwarmPlan, scene: Scene): Promise<(Outcome | null)[]> {
  const record = await recordRun(createReferenceSwarm(plan), plan, scene, 1);
  return Array.from({ length: record.count }, (_, i) => {
    const { points, outcome } = record.particle(i);
    const [x, y] = points;
    const [endX, endY] = points.subarray(points.length - 3);
    const moves = Math.hypot(endX - x, endY - y) > FELT * Math.max(Math.abs(x), Math.abs(y));
    if (points.some((value) => !(Math.abs(value) <= DIVERGED_BEYOND))) {
      return 'diverged';
    }
    return moves && told(plan, points) ? outcome : null;
  });
}

it('Any scene runs on both devices, and ends alike wherever the reference keeps its outcome when starts move by an ulp', async () => {
  const device = await testDevice();
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(anyScene.map(small), async (scene) => {
      expect(parseScene(scene).fault).toBeNull();
      const plan = planOf(scene, scene.selected);
      const base = await outcomes(plan, scene);
      const neighbours = await Promise.all(
        ([[0, 1], [0, -1], [1, 1], [1, -1]] as const).map(([axis, sign]) => outcomes(moved(plan, axis, sign), scene)),
      );
      const swarm = await createGpuSwarm(device, plan);
      try {
        const record = await recordRun(swarm, plan, scene, scene.steps);
        expect(record.count).toBe(base.length);
        for (const [i, outcome] of base.entries()) {
          if (outcome !== null && neighbours.every((other) => other[i] === outcome)) {
            compared += 1;
            expect(`${i}: ${record.particle(i).outcome}`).toBe(`${i}: ${outcome}`);
          }
        }
      } finally {
        swarm.dispose();
      }
    }),
    // A smaller counterexample would take longer to find than a test may take.
    { numRuns: 25, seed: 20, endOnFailure: true },
  );
  expect(compared).toBeGreaterThan(50);
}, 240_000);
