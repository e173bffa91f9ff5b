import fc from 'fast-check';
import type { HyperSpec, Optimizer } from '../../src/descent/optimizer.ts';
import { optimizers } from '../../src/descent/optimizers/index.ts';
import { schedules } from '../../src/descent/schedules/index.ts';
import { surfaces } from '../../src/landscape/surfaces/index.ts';
import { optimizerOf } from '../../src/scene/compiled.ts';
import { lineFault } from '../../src/scene/lane-names.ts';
import { LIMITS } from '../../src/scene/limits.ts';
import { OVERLAYS } from '../../src/scene/overlays.ts';
import { palettes } from '../../src/scene/palettes.ts';
import type {
  CameraChoice,
  Change,
  ClipChoice,
  Conditioning,
  Edit,
  FilmChoice,
  Lane,
  NoiseChoice,
  OptimizerChoice,
  PictureChoice,
  Scene,
  ScheduleChoice,
  StartChoice,
  StopChoice,
  SurfaceChoice,
} from '../../src/scene/scene.ts';

/**
 * Arbitrary valid scenes. They are made from the registries, so that a new entry is tried as soon as it is there, and use
 * the accepted ranges to their ends.
 */

/** Any float64 in a range, the odd ones too, but for -0, which text does not keep. */
export const anyNumber = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true }).map((value) => value + 0);

const anyInteger = (min: number, max: number) => fc.integer({ min, max });

/** A record of some of these keys. */
function someOf(entries: Readonly<Record<string, fc.Arbitrary<number>>>): fc.Arbitrary<Record<string, number>> {
  return fc.record(entries, { requiredKeys: [] }).map((record) => ({ ...record }) as Record<string, number>);
}

const hyperValue = ({ scale, min, max }: HyperSpec) =>
  scale === 'switch' ? fc.constantFrom(0, 1) : anyNumber(min, max);

const hyperOf = (optimizer: Optimizer) =>
  someOf(Object.fromEntries(optimizer.hyper.map((spec) => [spec.key, hyperValue(spec)])));

const point: fc.Arbitrary<readonly [number, number]> = fc.tuple(
  anyNumber(-LIMITS.size, LIMITS.size),
  anyNumber(-LIMITS.size, LIMITS.size),
);

const builtIn: fc.Arbitrary<SurfaceChoice> = fc.constantFrom(...surfaces).chain(({ id, parameters }) =>
  someOf(Object.fromEntries(parameters.map(({ key, min, max }) => [key, anyNumber(min, max)]))).map((params) => ({
    id,
    params,
  })),
);

/** Formulas with all characters that mean something in a URL or in the link's notation. */
const typed: fc.Arbitrary<SurfaceChoice> = fc
  .constantFrom(
    'x^2 + a*y^2',
    'sin(a*x)*(1 + y) / 2',
    'u = x - a;\n f = u^2 + 1e-3*(y)^2',
    '-x^2 + exp(-(x^2 + y^2)/a)',
  )
  .chain((formula) => anyNumber(-1e3, 1e3).map((a) => ({ formula, params: { a } })));

export const anySurface: fc.Arbitrary<SurfaceChoice> = fc.oneof(builtIn, typed);

export const anySchedule: fc.Arbitrary<ScheduleChoice | null> = fc.option(
  fc.constantFrom(...schedules).chain(({ id, keys }) =>
    fc.record({
      id: fc.constant(id),
      keys: someOf(
        Object.fromEntries(
          keys.map(({ key, integer, min, max }) => [
            key,
            integer ? anyInteger(Math.ceil(min), Math.min(max, 2 ** 31 - 1)) : anyNumber(min, max),
          ]),
        ),
      ),
      warmup: anyInteger(0, LIMITS.steps),
    }),
  ),
);

export const anyClip: fc.Arbitrary<ClipChoice | null> = fc.option(
  fc.record({
    kind: fc.constantFrom('norm' as const, 'value' as const, 'normalize' as const),
    limit: anyNumber(LIMITS.least, LIMITS.size),
  }),
);

const anyNoise: fc.Arbitrary<NoiseChoice | null> = fc.option(
  fc.record({
    kind: fc.constantFrom('gaussian' as const, 'student' as const),
    sigma: anyNumber(0, LIMITS.size),
    nu: anyNumber(...LIMITS.freedom),
  }),
);

const anyStop: fc.Arbitrary<StopChoice | null> = fc.option(
  fc.record({
    kind: fc.constantFrom('gradient' as const, 'plateau' as const),
    limit: anyNumber(LIMITS.least, LIMITS.size),
  }),
);

/** Whatever may be done around updates; each is there as often as not. */
const conditioning: { readonly [K in keyof Conditioning]: fc.Arbitrary<Conditioning[K]> } = {
  schedule: anySchedule,
  noise: anyNoise,
  clip: anyClip,
  ema: fc.option(anyNumber(0, LIMITS.decay)),
  recover: fc.option(anyNumber(0, LIMITS.size)),
  stop: anyStop,
  bounded: fc.boolean(),
};

/** Typed optimizers, with every sign that their notation has. */
const updates: readonly string[] = [
  'w = w - lr*g',
  'b = 0.9 in [0, 1]\nm = b*m + (1 - b)*g;\n\tw = w - lr*m/(1 - b^t)',
  'init v = 1e-3*k ; v = max(v, g^2); w = w - 2lr*g/(sqrt(v) + eps)',
];

const choices: readonly OptimizerChoice[] = [
  ...optimizers.map(({ id }) => id),
  ...updates.map((update) => ({ update })),
  { sam: 'adam' },
  { sam: { update: updates[1] } },
];

/** Names with every sign that a link's notation uses itself. */
const names: readonly string[] = ['Adam, slow', '(a:1)~%20&#', '<b>7</b>', '0.1', 'η = 3·10⁻⁴ ✓', 'x'.repeat(LIMITS.name)];

const lane: fc.Arbitrary<Lane> = fc.constantFrom(...choices).chain((optimizer) =>
  fc.record(
    {
      optimizer: fc.constant(optimizer),
      hyper: hyperOf(optimizerOf({ optimizer })),
      ...conditioning,
      colour: anyInteger(0, 7),
      on: fc.boolean(),
      name: fc.constantFrom(...names),
    },
    { requiredKeys: ['optimizer', 'hyper', ...(Object.keys(conditioning) as (keyof Conditioning)[]), 'colour', 'on'] },
  ),
);

const points = fc.array(point, { minLength: 1, maxLength: 12 });

const start: fc.Arbitrary<StartChoice> = fc.oneof(
  fc.record({
    count: anyInteger(1, LIMITS.particles),
    spawn: fc.constantFrom('uniform' as const, 'gaussian' as const, 'grid' as const),
    points: fc.constant([]),
  }),
  points.map((given) => ({ count: given.length, spawn: 'points' as const, points: given })),
);

/** A change that these lanes can take. */
export function anyChange(lanes: readonly Lane[]): fc.Arbitrary<Change> {
  const index = anyInteger(0, lanes.length - 1);
  return fc.oneof(
    index.chain((at) => {
      const { hyper } = optimizerOf(lanes[at]);
      return fc
        .constantFrom(...hyper)
        .chain((spec) => hyperValue(spec).map((value) => ({ kind: 'hyper' as const, lane: at, key: spec.key, value })));
    }),
    ...Object.entries(conditioning).map(
      ([kind, value]) => fc.record({ kind: fc.constant(kind), lane: index, [kind]: value }) as fc.Arbitrary<Change>,
    ),
    fc.record({ kind: fc.constant('particles' as const), points }),
  );
}

const edits = (lanes: readonly Lane[]): fc.Arbitrary<readonly Edit[]> =>
  fc
    .array(fc.record({ step: anyInteger(0, LIMITS.steps), change: anyChange(lanes) }), { maxLength: 8 })
    .map((all) => all.sort((a, b) => a.step - b.step));

const camera: fc.Arbitrary<CameraChoice> = fc.record({
  view: fc.constantFrom('3d' as const, 'map' as const, 'profile' as const),
  azimuth: anyNumber(-360, 360),
  elevation: anyNumber(0, 90),
  distance: anyNumber(0.05, 20),
  target: fc.tuple(anyNumber(-10, 10), anyNumber(-10, 10)),
  turning: fc.boolean(),
});

const picture: fc.Arbitrary<PictureChoice> = fc.record({
  palette: fc.constantFrom(...palettes.map(({ id }) => id)),
  height: fc.constantFrom('auto' as const, 'linear' as const, 'log' as const, 'rank' as const),
  exaggeration: anyNumber(0, 10),
  contours: fc.boolean(),
  markers: fc.boolean(),
  field: fc.constantFrom('none' as const, 'arrows' as const, 'flow' as const),
  plateaus: fc.boolean(),
  trail: anyInteger(0, LIMITS.trail),
  views: fc.constantFrom('one' as const, 'each' as const, 'together' as const),
  theme: fc.constantFrom('system' as const, 'dark' as const, 'light' as const),
});

const line = (most: number): fc.Arbitrary<string> =>
  fc.string({ unit: 'grapheme', maxLength: most / 2 }).filter((text) => lineFault(text, most) === null);

const seconds = anyNumber(0, LIMITS.film);

const film: fc.Arbitrary<FilmChoice> = fc.record({
  path: fc
    .uniqueArray(
      fc.record({
        at: seconds,
        azimuth: anyNumber(-3600, 3600),
        elevation: anyNumber(0, 90),
        distance: anyNumber(0.05, 20),
        target: fc.tuple(anyNumber(-10, 10), anyNumber(-10, 10)),
      }),
      { maxLength: 5, selector: ({ at }) => at },
    )
    .map((all) => all.sort((a, b) => a.at - b.at)),
  easing: fc.constantFrom('smooth' as const, 'halting' as const, 'even' as const),
  follow: fc.boolean(),
  title: line(LIMITS.title),
  captions: fc.array(
    fc
      .record({ from: seconds, to: seconds, text: line(LIMITS.caption) })
      .filter(({ from, to }) => from !== to)
      .map(({ from, to, text }) => ({ from: Math.min(from, to), to: Math.max(from, to), text })),
    { maxLength: 4 },
  ),
  overlays: fc.subarray([...OVERLAYS]),
});

const side: fc.Arbitrary<readonly [number, number]> = fc
  .tuple(anyNumber(-1e9, 1e9), anyNumber(-1e9, 1e9))
  .filter(([a, b]) => Math.abs(b - a) > 1e-3 * Math.max(Math.abs(a), Math.abs(b)))
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);

const domain = fc.option(
  fc
    .tuple(side, side)
    .map(([[xmin, xmax], [ymin, ymax]]): readonly [number, number, number, number] => [xmin, xmax, ymin, ymax]),
);

/** Any valid scene, of moderate size. */
export const anyScene: fc.Arbitrary<Scene> = fc.array(lane, { minLength: 1, maxLength: LIMITS.lanes }).chain((lanes) =>
  fc.record({
    surface: anySurface,
    domain,
    lanes: fc.constant(lanes),
    start,
    seed: anyInteger(0, LIMITS.seed),
    steps: anyInteger(0, LIMITS.steps),
    speed: anyNumber(0, LIMITS.speed),
    selected: anyInteger(0, lanes.length - 1),
    edits: edits(lanes),
    race: fc.record({
      budget: fc.constantFrom('steps', 'gradients', 'time'),
      target: fc.option(anyNumber(-LIMITS.size, LIMITS.size)),
    }),
    camera,
    picture,
    film,
  }),
);
