import { optimizers } from '../../src/descent/optimizers/index.ts';
import { findSurface } from '../../src/landscape/surfaces/index.ts';
import { compileFormula } from '../../src/formula/compile.ts';
import { eigenvalues, lowEigenvector } from '../../src/math/symmetric.ts';
import type { SurfaceChoice } from '../../src/scene/scene.ts';
import {
  between,
  builtIn,
  type LabelledRun,
  LINEAR,
  linearHyper,
  logBetween,
  type Maker,
  pick,
  type Random,
  runsOf,
  sceneOf,
} from './labelled-runs.ts';

/**
 * Runs whose trouble is known from how they were made, on other surfaces and by other optimizers than those that the rules of the
 * diagnosis were tuned on.
 */

const signed = (random: Random, low: number, high: number): number =>
  between(random, low, high) * pick(random, [-1, 1]);

/** Built-in quadratics: their curvatures, and starts off in both eigendirections. */
const QUADRATICS: readonly ((random: Random) => {
  readonly surface: SurfaceChoice;
  readonly low: number;
  readonly high: number;
  readonly start: readonly [number, number];
})[] = [
  (random) => ({
    surface: builtIn('booth'),
    low: 2,
    high: 18,
    start: [1 + signed(random, 2, 6), 3 + signed(random, 1, 5)],
  }),
  (random) => {
    const [s, d] = [signed(random, 2, 5), signed(random, 2, 5)];
    return { surface: builtIn('matyas'), low: 0.04, high: 1, start: [s + d, s - d] };
  },
  (random) => {
    const kappa = logBetween(random, 3, 60);
    return {
      surface: builtIn('quadratic-bowl', { kappa }),
      low: 1,
      high: kappa,
      start: [signed(random, 1, 3.5), signed(random, 0.5, 3)],
    };
  },
  (random) => {
    const [a, c] = [logBetween(random, 0.5, 2), logBetween(random, 4, 20)];
    return {
      surface: { formula: 'a*(x + 2)^2/2 + c*(y - 1)^2/2 + 3', params: { a, c } },
      low: a,
      high: c,
      start: [-2 + signed(random, 1, 4), 1 + signed(random, 1, 3)],
    };
  },
];

const diverging: Maker = (random) => {
  const { surface, high, start } = pick(random, QUADRATICS)(random);
  const id = pick(random, Object.keys(LINEAR));
  const mu = between(random, 0.2, 0.95);
  const times = between(random, 1.1, 2.5);
  return {
    name: `${id} at ${times.toFixed(2)} of the edge`,
    scene: sceneOf(
      surface,
      id,
      linearHyper(id, (times * LINEAR[id](mu)) / high, mu),
      start,
      pick(random, [80, 150, 300]),
    ),
  };
};

const valleyOfWalls: Maker = (random) => {
  const steep = between(random, 2, 6);
  const lr = (between(random, 1.3, 3) * 2) / steep;
  const surface = { formula: `log(cosh(${steep}*y))/${steep} + x^2/20`, params: {} };
  return {
    name: 'gd between saturating walls',
    scene: sceneOf(surface, 'gd', { lr }, [signed(random, 1, 3), signed(random, 0.5, 2)], pick(random, [60, 120, 240])),
  };
};

const kinks: Maker = (random) => {
  const surface = { formula: `abs(x)/4 + ${between(random, 2, 5)}*abs(y)`, params: {} };
  return {
    name: 'gd over a kink',
    scene: sceneOf(
      surface,
      'gd',
      { lr: between(random, 0.2, 0.6) },
      [signed(random, 2, 4), signed(random, 1, 3)],
      pick(random, [60, 120]),
    ),
  };
};

const ringing: Maker = (random) => {
  const { surface, high, start } = pick(random, QUADRATICS)(random);
  const mu = between(random, 0.95, 0.99);
  const times = between(random, 1.1, 1.9);
  return {
    name: `momentum ${mu.toFixed(3)} at ${times.toFixed(2)}/λ`,
    scene: sceneOf(surface, 'momentum', { lr: times / high, momentum: mu }, start, pick(random, [50, 70])),
  };
};

const bigSigns: Maker = (random) => {
  const lr = between(random, 0.8, 1.6);
  return {
    name: `lion with steps of ${lr.toFixed(2)} on booth`,
    scene: sceneOf(
      builtIn('booth'),
      'lion',
      { lr, beta1: 0.6, beta2: 0.7 },
      [signed(random, 4, 8), signed(random, 4, 8)],
      pick(random, [60, 150]),
    ),
  };
};

const atTheEdge: Maker = (random) => {
  const { surface, high, start } = pick(random, [QUADRATICS[0], QUADRATICS[2], QUADRATICS[3]])(random);
  const times = between(random, 0.99, 0.999);
  return {
    name: `gd at ${times.toFixed(4)} of the edge`,
    scene: sceneOf(surface, 'gd', { lr: (2 * times) / high }, start, pick(random, [50, 80])),
  };
};

/** Passes whose places are known. */
const PASSES: readonly (readonly [SurfaceChoice, number, number])[] = [
  [builtIn('mccormick'), 1.5471975511965979, 0.5471975511965977],
  [builtIn('branin'), 0, 6],
  [builtIn('three-hump-camel'), 1.07054229182366, -0.53527114591183],
  [{ formula: 'x*y + (x^4 + y^4)/8', params: {} }, 0, 0],
  [{ formula: 'sin(x)*cos(y) + x^2/40', params: {} }, 0, Math.PI / 2],
];

const saddle: Maker = (random) => {
  const [surface, x, y] = pick(random, PASSES);
  const text = 'formula' in surface ? surface.formula : (findSurface(surface.id)?.formula ?? '');
  const hessian = new Float64Array(3);
  compileFormula(text, { parameters: [] }).hessian(x, y, [], hessian);
  const [low, high] = eigenvalues(hessian[0], hessian[1], hessian[2]);
  const [ux, uy] = lowEigenvector(hessian[0], hessian[1], hessian[2]);
  const id = pick(random, ['gd', 'nesterov', 'momentum']);
  const mu = 0.5;
  const lr = between(random, 0.1, 0.35) / high;
  // The place is known to some 1e-15: what grows out of that must stay small too.
  const most = Math.floor((20 * (id === 'gd' ? 1 : 1 - mu)) / (lr * -low));
  const steps = Math.max(20, Math.min(most, pick(random, [40, 80, 120])));
  const growth = (lr * -low * steps) / (id === 'gd' ? 1 : 1 - mu);
  const off = 1e-3 * Math.exp(-growth) * random();
  // Near enough that the line on which runs come to the pass is straight.
  const near = 1e-5 * random() * Math.exp(-growth);
  return {
    name: `${id} beside a pass`,
    scene: sceneOf(surface, id, linearHyper(id, lr, mu), [x + off * ux - near * uy, y + off * uy + near * ux], steps),
  };
};

const FLATS: readonly (readonly [SurfaceChoice, (random: Random) => [number, number]])[] = [
  [
    { formula: '1 - exp(-((x - 2)^2 + (y + 1)^2))', params: {} },
    (random) => [between(random, -5, -2), between(random, 2.5, 5)],
  ],
  [{ formula: '1 - 1/(1 + (x^2 + y^2)^3)', params: {} }, (random) => [signed(random, 3, 5), signed(random, 3, 5)]],
  [
    { formula: 'tanh((x - 1)^2/2) + tanh((y - 1)^2/2)', params: {} },
    (random) => [between(random, -5, -3), between(random, -5, -3)],
  ],
  [
    { formula: 'x^2/50 + 2/(1 + exp(-4*(y - 1)))', params: {} },
    (random) => [between(random, -0.02, 0.02), between(random, 3.5, 5)],
  ],
];

const plateau: Maker = (random) => {
  const [surface, place] = pick(random, FLATS);
  const id = pick(random, ['gd', 'momentum', 'sam']);
  const hyper = id === 'sam' ? { lr: 0.1, rho: 0.05 } : linearHyper(id, logBetween(random, 0.01, 0.2), 0.9);
  return { name: `${id} on the flat`, scene: sceneOf(surface, id, hyper, place(random), pick(random, [50, 100, 200])) };
};

const crawling: Maker = (random) => {
  const [surfaceId, id] = [
    pick(random, [
      'rosenbrock',
      'bohachevsky-1',
      'two-valleys',
      'dixon-price',
      'booth',
      'ackley',
      'goldstein-price',
      'beale',
    ]),
    pick(random, ['gd', 'sam', 'adamax', 'adabelief', 'yogi', 'amsgrad', 'momentum', 'schedule-free']),
  ];
  const surface = findSurface(surfaceId)!;
  const optimizer = optimizers.find((entry) => entry.id === id)!;
  // Gradients of the steep ones are thousands of times as long as Himmelblau's.
  const steep =
    ['goldstein-price', 'dixon-price', 'beale'].includes(surfaceId) && !optimizer.stability?.scale ? 1e-3 : 1;
  const lr = optimizer.suggestedLearningRate * logBetween(random, 1e-5, 5e-4) * steep;
  return {
    name: `${id} at ${lr.toExponential(1)} on ${surfaceId}`,
    scene: sceneOf(
      builtIn(surfaceId),
      id,
      { ...optimizer.suggestedHyper, lr },
      surface.starts[0],
      pick(random, [80, 200, 400]),
    ),
  };
};

/** In a stationary state the noise of gradients holds the loss up by η σ²/2 in two dimensions. */
const sigmaFor = (share: number, loss: number, lr: number): number => Math.sqrt((2 * share * loss) / lr);

const firstLoss = ({ low, high, start }: { low: number; high: number; start: readonly [number, number] }): number =>
  ((low + high) / 4) * Math.min(9, start[0] ** 2 + start[1] ** 2);

const noisy: Maker = (random) => {
  const made = pick(random, [QUADRATICS[0], QUADRATICS[2], QUADRATICS[3]])(random);
  const id = pick(random, ['gd', 'nesterov', 'sam']);
  const lr = between(random, 0.15, 0.5) / made.high;
  const sigma = sigmaFor(between(random, 0.05, 0.3), firstLoss(made), lr);
  const hyper = id === 'sam' ? { lr, rho: 0.01 } : linearHyper(id, lr, 0.3);
  return {
    name: `${id} in noise`,
    scene: sceneOf(
      made.surface,
      id,
      hyper,
      made.start,
      pick(random, [150, 300]),
      { noise: { kind: 'gaussian', sigma, nu: 1 } },
      { seed: Math.floor(random() * 1e6) },
    ),
  };
};

const spiking: Maker = (random) => {
  const made = pick(random, [QUADRATICS[0], QUADRATICS[2], QUADRATICS[3]])(random);
  const lr = between(random, 0.2, 0.6) / made.high;
  const sigma = sigmaFor(between(random, 0.002, 0.02), firstLoss(made), lr);
  const id = pick(random, ['gd', 'nesterov']);
  return {
    name: `${id} in heavy tails`,
    scene: sceneOf(
      made.surface,
      id,
      linearHyper(id, lr, 0.3),
      made.start,
      pick(random, [200, 400]),
      { noise: { kind: 'student', sigma, nu: between(random, 0.9, 1.7) } },
      { seed: Math.floor(random() * 1e6) },
    ),
  };
};

const nonFinite: Maker = (random) => {
  const leap = () => {
    const [surface, start] = pick(random, [
      [builtIn('rosenbrock'), [-1.5, 2.5]],
      [builtIn('three-hump-camel'), [-2, 2]],
      [{ formula: 'exp(x^2/2) + exp(y^2/2)', params: {} }, [3, 2]],
      [{ formula: '(x^2 + y^2 - 4)^4', params: {} }, [3.5, 1]],
    ] as const);
    return sceneOf(surface, pick(random, ['gd', 'nesterov']), { lr: logBetween(random, 1, 1e6) }, start, 80);
  };
  const undefinedThere = () => {
    const x = between(random, 1, 3);
    // f = (√x − 1)², f′ = 1 − 1/√x, so that a long step leads below zero; likewise log.
    const [formula, slope] = pick(random, [
      ['2*x - log(x) + y^2/5', 2 - 1 / x],
      ['x^2 + sqrt(x) + y^2/5', 2 * x + 0.5 / Math.sqrt(x)],
    ] as const);
    return sceneOf(
      { formula, params: {} },
      'gd',
      { lr: (between(random, 1.1, 3) * x) / slope },
      [x, signed(random, 0.2, 1)],
      60,
      {},
      { domain: [0.1, 5, -2, 2] },
    );
  };
  const scene = pick(random, [leap, undefinedThere])();
  return { name: 'out of numbers', scene };
};

const healthyQuadratic: Maker = (random) => {
  const { surface, high, start } = pick(random, [QUADRATICS[0], QUADRATICS[2], QUADRATICS[3]])(random);
  const id = pick(random, ['gd', 'momentum', 'nesterov', 'sam']);
  const lr = between(random, 0.1, 0.7) / high;
  const hyper = id === 'sam' ? { lr, rho: 0.001 } : linearHyper(id, lr, between(random, 0.2, 0.9));
  return {
    name: `${id} as it should be`,
    scene: sceneOf(surface, id, hyper, start, pick(random, [50, 120, 300, 600])),
  };
};

/** Smooth surfaces, and a learning rate of gradient descent below 1/λ everywhere on the way from the first start. */
const GENTLE: readonly (readonly [string, number])[] = [
  ['himmelblau', 0.005],
  ['three-hump-camel', 0.01],
  ['mccormick', 0.1],
  ['branin', 0.01],
  ['styblinski-tang', 0.01],
  ['two-valleys', 0.03],
  ['six-hump-camel', 0.01],
];

const healthySurface: Maker = (random) => {
  const [surfaceId, gentle] = pick(random, GENTLE);
  const optimizer = pick(
    random,
    optimizers.filter(({ stability, direction }) => stability && !direction),
  );
  const linear = !optimizer.stability?.scale;
  const { momentum = 0 } = { ...optimizer.suggestedHyper };
  const lr = linear ? gentle * (1 - momentum) : optimizer.suggestedLearningRate;
  return {
    name: `${optimizer.id} on ${surfaceId}`,
    scene: sceneOf(
      builtIn(surfaceId),
      optimizer.id,
      { ...optimizer.suggestedHyper, lr },
      findSurface(surfaceId)!.starts[0],
      pick(random, [100, 250, 500]),
    ),
  };
};

const MAKERS: readonly (readonly [string, Maker])[] = [
  ['diverging', diverging],
  ['oscillating', valleyOfWalls],
  ['oscillating', kinks],
  ['oscillating', ringing],
  ['oscillating', bigSigns],
  ['oscillating', atTheEdge],
  ['saddle', saddle],
  ['stalled', plateau],
  ['crawling', crawling],
  ['noise', noisy],
  ['spiking', spiking],
  ['non-finite', nonFinite],
  ['healthy', healthyQuadratic],
  ['healthy', healthySurface],
];

export const heldOutRuns = (seed: number, each: number): LabelledRun[] => runsOf(MAKERS, seed, each);
