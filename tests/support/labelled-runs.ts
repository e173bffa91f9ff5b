import { optimizers } from '../../src/descent/optimizers/index.ts';
import { surfaces } from '../../src/landscape/surfaces/index.ts';
import { DEFAULT_SCENE, newLane } from '../../src/scene/defaults.ts';
import type { Lane, Scene, SurfaceChoice } from '../../src/scene/scene.ts';
import { parseScene } from '../../src/scene/schema.ts';

/** A run whose trouble is known from how it was made. */
export interface LabelledRun {
  readonly label: string;
  readonly name: string;
  readonly scene: Scene;
}

/** Random numbers for making scenes (mulberry32): nothing of the program's own, whose runs are to be judged. */
export function randomOf(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type Random = () => number;
export const between = (random: Random, low: number, high: number): number => low + (high - low) * random();
export const logBetween = (random: Random, low: number, high: number): number =>
  Math.exp(between(random, Math.log(low), Math.log(high)));
export const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)];

/** A scene of one lane and one particle. */
export function sceneOf(
  surface: SurfaceChoice,
  optimizer: string,
  hyper: Readonly<Record<string, number>>,
  start: readonly [number, number],
  steps: number,
  rest: Partial<Lane> = {},
  scene: Partial<Scene> = {},
): Scene {
  const made: Scene = {
    ...DEFAULT_SCENE,
    surface,
    lanes: [{ ...newLane(optimizer, 0), hyper, ...rest }],
    selected: 0,
    start: { count: 1, spawn: 'points', points: [start] },
    steps,
    seed: 1,
    ...scene,
  };
  const { scene: checked, fault } = parseScene(made);
  if (fault !== null) {
    throw new Error(fault);
  }
  return checked;
}

export const builtIn = (id: string, params: Record<string, number> = {}): SurfaceChoice => ({ id, params });

/** A quadratic of curvatures 1·size and κ·size along turned axes, as text, with its minimum somewhere. */
interface Quadratic {
  readonly surface: SurfaceChoice;
  /** The eigenvalues, ascending. */
  readonly curvatures: readonly [number, number];
  /** A start some way off in both directions. */
  readonly start: readonly [number, number];
}

function quadratic(random: Random): Quadratic {
  const low = logBetween(random, 0.3, 3);
  const kappa = logBetween(random, 2, 30);
  const angle = between(random, 0, Math.PI);
  const [cx, cy] = [between(random, -1, 1), between(random, -1, 1)];
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const formula = `u = ${c}*(x - ${cx}) + ${s}*(y - ${cy}); v = ${-s}*(x - ${cx}) + ${c}*(y - ${cy}); (${low}*u^2 + ${low * kappa}*v^2)/2`;
  const [u, v] = [between(random, 1, 3) * pick(random, [-1, 1]), between(random, 1, 3) * pick(random, [-1, 1])];
  return {
    surface: { formula: formula.replaceAll('- -', '+ '), params: {} },
    curvatures: [low, low * kappa],
    start: [cx + c * u - s * v, cy + s * u + c * v],
  };
}

/** The largest learning rate over 1/λ at which a linear optimizer is stable, from theory: 2, 2(1 + μ), 2(1 + μ)/(1 + 2μ). */
export const LINEAR: Readonly<Record<string, (mu: number) => number>> = {
  gd: () => 2,
  momentum: (mu) => 2 * (1 + mu),
  nesterov: (mu) => (2 * (1 + mu)) / (1 + 2 * mu),
};

export const linearHyper = (id: string, lr: number, mu: number): Record<string, number> =>
  id === 'gd' ? { lr } : { lr, momentum: mu };

/** Makes one run of a label from random numbers. */
export type Maker = (random: Random) => Omit<LabelledRun, 'label'>;

const diverging: Maker = (random) => {
  const { surface, curvatures, start } = quadratic(random);
  const id = pick(random, Object.keys(LINEAR));
  const mu = between(random, 0.3, 0.9);
  const times = between(random, 1.08, 1.8);
  const lr = (times * LINEAR[id](mu)) / curvatures[1];
  return {
    name: `${id} at ${times.toFixed(2)} of the edge`,
    scene: sceneOf(surface, id, linearHyper(id, lr, mu), start, pick(random, [60, 100, 200])),
  };
};

const oscillatingMomentum: Maker = (random) => {
  const { surface, curvatures, start } = quadratic(random);
  const mu = between(random, 0.93, 0.99);
  const times = between(random, 1, 2);
  return {
    name: `momentum ${mu.toFixed(3)} at ${times.toFixed(2)}/λ`,
    scene: sceneOf(surface, 'momentum', { lr: times / curvatures[1], momentum: mu }, start, pick(random, [40, 60, 80])),
  };
};

const oscillatingEdge: Maker = (random) => {
  const { surface, curvatures, start } = quadratic(random);
  const times = between(random, 0.985, 0.9995);
  return {
    name: `gd at ${times.toFixed(4)} of the edge`,
    scene: sceneOf(surface, 'gd', { lr: (2 * times) / curvatures[1] }, start, pick(random, [40, 60, 100])),
  };
};

const oscillatingSign: Maker = (random) => {
  const { surface, start } = quadratic(random);
  const lr = between(random, 0.3, 0.8);
  const id = pick(random, ['lion', 'rmsprop', 'adam']);
  const hyper: Record<string, number> =
    id === 'rmsprop'
      ? { lr, alpha: 0.9 }
      : id === 'adam'
        ? { lr: 4 * lr, beta1: 0.5, beta2: 0.9 }
        : { lr, beta1: 0.5, beta2: 0.6 };
  return {
    name: `${id} with steps of ${lr.toFixed(2)}`,
    scene: sceneOf(surface, id, hyper, start, pick(random, [60, 100, 200])),
  };
};

const oscillatingChaos: Maker = (random) => {
  const [id, rate] = pick(random, [
    ['styblinski-tang', 0.09],
    ['rastrigin', 0.02],
    ['ackley', 0.3],
    ['griewank', 8],
  ] as const);
  const lr = rate * between(random, 1, 1.15);
  const surface = surfaces.find((entry) => entry.id === id)!;
  return {
    name: `gd on ${id} at ${lr.toFixed(3)}`,
    scene: sceneOf(builtIn(id), 'gd', { lr }, pick(random, surface.starts), pick(random, [100, 200])),
  };
};

/** Saddles, by their places and the unit vector along which a run comes to them. */
const SADDLES: readonly {
  readonly surface: SurfaceChoice;
  readonly at: readonly [number, number];
  readonly along: readonly [number, number];
  readonly low: number;
  readonly high: number;
  readonly reach: number;
}[] = [
  { surface: builtIn('saddle'), at: [0, 0], along: [1, 0], low: -2, high: 2, reach: 1.5 },
  { surface: builtIn('strict-saddle'), at: [0, 0], along: [0, 1], low: -1, high: 1, reach: 1.2 },
  { surface: { formula: '(x^2-1)^2 + 2*y^2', params: {} }, at: [0, 0], along: [0, 1], low: -4, high: 4, reach: 2 },
  { surface: { formula: 'y^4/4 - y^2/2 + 3*x^2', params: {} }, at: [0, 0], along: [1, 0], low: -1, high: 6, reach: 2 },
  {
    surface: { formula: 'cos(x) + cos(y)', params: {} },
    at: [0, Math.PI],
    along: [0, 1],
    low: -1,
    high: 1,
    reach: 1.5,
  },
];

const saddle: Maker = (random) => {
  const { surface, at, along, low, high, reach } = pick(random, SADDLES);
  const id = pick(random, ['gd', 'momentum', 'nesterov']);
  const mu = between(random, 0.3, 0.7);
  const lr = (id === 'gd' ? between(random, 0.2, 0.7) : between(random, 0.05, 0.3)) / high;
  const steps = pick(random, [60, 100, 150]);
  // Off the axis by so little that the run does not leave within its steps: growth is at most e^(η|λ|t/(1 - μ)).
  const growth = (lr * -low * steps) / (id === 'gd' ? 1 : 1 - mu);
  const off = 0.003 * Math.exp(-growth) * random();
  const far = between(random, 0.5, 1) * reach * pick(random, [-1, 1]);
  const start: [number, number] = [at[0] + far * along[0] + off * along[1], at[1] + far * along[1] + off * along[0]];
  return { name: `${id} before a pass`, scene: sceneOf(surface, id, linearHyper(id, lr, mu), start, steps) };
};

const PLATEAUS: readonly (readonly [SurfaceChoice, (random: Random) => [number, number]])[] = [
  [builtIn('sigmoid-plateau'), (random) => [between(random, -4, -2.8), between(random, -0.05, 0.05)]],
  [builtIn('easom'), (random) => [between(random, -8, -4), between(random, -8, -4)]],
  [{ formula: '1 - exp(-(x^2 + y^2)/2)', params: {} }, (random) => [between(random, 3.8, 5), between(random, -5, 5)]],
  [{ formula: 'tanh(x^2/4 + y^2/3)', params: {} }, (random) => [between(random, -5, 5), between(random, 4.2, 5)]],
  [
    { formula: '1/(1 + exp(6 - (x^2 + 2*y^2)))', params: {} },
    (random) => [between(random, 4.2, 5), between(random, -3, 3)],
  ],
];

const plateau: Maker = (random) => {
  const [surface, place] = pick(random, PLATEAUS);
  const id = pick(random, ['gd', 'momentum', 'nesterov']);
  const lr = logBetween(random, 0.02, 0.3);
  return {
    name: `${id} on the flat`,
    scene: sceneOf(surface, id, linearHyper(id, lr, 0.8), place(random), pick(random, [60, 100, 200])),
  };
};

const SMOOTH = [
  'himmelblau',
  'booth',
  'styblinski-tang',
  'mccormick',
  'three-hump-camel',
  'quadratic-bowl',
  'rotated-quadratic',
  'branin',
  'matyas',
  'six-hump-camel',
  'peaks',
] as const;

const crawling: Maker = (random) => {
  const [surfaceId, id] = [
    pick(random, SMOOTH),
    pick(random, ['gd', 'momentum', 'nesterov', 'adam', 'rmsprop', 'adamw', 'lion', 'nadam']),
  ];
  const surface = surfaces.find((entry) => entry.id === surfaceId)!;
  const optimizer = optimizers.find((entry) => entry.id === id)!;
  const lr = (optimizer.suggestedLearningRate ?? 0.01) * logBetween(random, 1e-4, 1e-3);
  return {
    name: `${optimizer.id} at ${lr.toExponential(1)} on ${surface.id}`,
    scene: sceneOf(
      builtIn(surface.id),
      optimizer.id,
      { ...optimizer.suggestedHyper, lr },
      pick(random, surface.starts),
      pick(random, [100, 200, 400]),
    ),
  };
};

const noisy: Maker = (random) => {
  const { surface, curvatures, start } = quadratic(random);
  const id = pick(random, ['gd', 'gd', 'momentum', 'adam']);
  const mu = 0.8;
  const lr =
    id === 'adam' ? between(random, 0.4, 0.8) : (between(random, 0.15, 0.7) * (id === 'gd' ? 1 : 0.4)) / curvatures[1];
  const sigma = between(random, 1.5, 4) * curvatures[1];
  return {
    name: `${id} in noise`,
    scene: sceneOf(
      surface,
      id,
      id === 'adam' ? { lr } : linearHyper(id, lr, mu),
      start,
      pick(random, [100, 200, 300]),
      { noise: { kind: 'gaussian', sigma, nu: 1 } },
      { seed: Math.floor(random() * 1e6) },
    ),
  };
};

const spiking: Maker = (random) => {
  const { surface, curvatures, start } = quadratic(random);
  const nu = between(random, 1, 1.8);
  const lr = between(random, 0.2, 0.7) / curvatures[1];
  const sigma = between(random, 0.3, 1.5) * curvatures[1];
  return {
    name: `gd in t noise of ${nu.toFixed(1)}`,
    scene: sceneOf(
      surface,
      'gd',
      { lr },
      start,
      pick(random, [150, 300]),
      { noise: { kind: 'student', sigma, nu } },
      { seed: Math.floor(random() * 1e6) },
    ),
  };
};

const nonFinite: Maker = (random) => {
  const kind = pick(random, ['leap', 'undefined', 'quartic']);
  if (kind === 'leap') {
    const id = pick(random, ['goldstein-price', 'beale', 'dixon-price', 'rosenbrock']);
    const surface = surfaces.find((entry) => entry.id === id)!;
    return {
      name: `a leap on ${id}`,
      scene: sceneOf(builtIn(id), 'gd', { lr: logBetween(random, 1e3, 1e12) }, surface.starts[0], 100),
    };
  }
  if (kind === 'undefined') {
    const [formula, slope] = pick(random, [
      ['log(x)^2 + y^2/9', (x: number) => (2 * Math.log(x)) / x],
      ['x*log(x) + y^2/9', (x: number) => Math.log(x) + 1],
      ['sqrt(x^3) + y^2/9', (x: number) => 1.5 * Math.sqrt(x)],
      ['x - sqrt(x) + y^2/9', (x: number) => 1 - 0.5 / Math.sqrt(x)],
    ] as const);
    const x = between(random, 1.5, 3);
    // The first step leads across x = 0, where the formula ends.
    const lr = (between(random, 1.05, 2) * x) / slope(x);
    return {
      name: `out of ${formula}`,
      scene: sceneOf(
        { formula, params: {} },
        pick(random, ['gd', 'nesterov']),
        { lr },
        [x, between(random, -2, 2)],
        60,
        {},
        { domain: [0.05, 5, -3, 3] },
      ),
    };
  }
  return {
    name: 'a quartic',
    scene: sceneOf(
      { formula: 'x^4 + y^4', params: {} },
      'gd',
      { lr: between(random, 1, 3) },
      [between(random, 1, 3), 1],
      100,
    ),
  };
};

const healthyQuadratic: Maker = (random) => {
  const { surface, curvatures, start } = quadratic(random);
  const id = pick(random, [
    'gd',
    'momentum',
    'nesterov',
    'adam',
    'rmsprop',
    'saddle-free-newton',
    'bfgs',
    'conjugate-gradient',
    'adamw',
    'radam',
    'yogi',
  ]);
  const mu = between(random, 0.3, 0.9);
  const lr = LINEAR[id]
    ? between(random, 0.1, 0.6) / curvatures[1]
    : (optimizers.find((entry) => entry.id === id)?.suggestedLearningRate ?? 0.1);
  return {
    name: `${id} as it should be`,
    scene: sceneOf(
      surface,
      id,
      LINEAR[id] ? linearHyper(id, lr, mu) : { lr },
      start,
      pick(random, [60, 100, 200, 400]),
    ),
  };
};

const healthyQuiet: Maker = (random) => {
  const made = healthyQuadratic(random);
  const [lane] = made.scene.lanes;
  return {
    name: `${made.name}, with a little noise`,
    scene: { ...made.scene, lanes: [{ ...lane, noise: { kind: 'gaussian', sigma: 0.002, nu: 1 } }] },
  };
};

const MAKERS: readonly (readonly [string, Maker])[] = [
  ['diverging', diverging],
  ['oscillating', oscillatingMomentum],
  ['oscillating', oscillatingEdge],
  ['oscillating', oscillatingSign],
  ['oscillating', oscillatingChaos],
  ['saddle', saddle],
  ['stalled', plateau],
  ['crawling', crawling],
  ['noise', noisy],
  ['spiking', spiking],
  ['non-finite', nonFinite],
  ['healthy', healthyQuadratic],
  ['healthy', healthyQuiet],
];

/** So many runs of each kind from random numbers of a seed. */
export function runsOf(makers: readonly (readonly [string, Maker])[], seed: number, each: number): LabelledRun[] {
  const random = randomOf(seed);
  return makers.flatMap(([label, make]) => Array.from({ length: each }, () => ({ label, ...make(random) })));
}

/** The set that the rules were tuned on. */
export const tuningRuns = (seed: number, each: number): LabelledRun[] => runsOf(MAKERS, seed, each);
