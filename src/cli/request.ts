import { readFile } from 'node:fs/promises';
import { compileFormula } from '../formula/compile.ts';
import { FormulaError } from '../formula/error.ts';
import { surfaces } from '../landscape/surfaces/index.ts';
import { shown } from '../scene/complaint.ts';
import { DEFAULT_SCENE } from '../scene/defaults.ts';
import { DOMAIN_SIZE, LIMITS } from '../scene/limits.ts';
import { sceneFromFile, sceneToFile } from '../scene/file.ts';
import { decodeScene } from '../scene/link.ts';
import { nearest } from '../math/nearest.ts';
import { surfaceOf } from '../scene/resolve.ts';
import type { Scene, StartChoice, SurfaceChoice } from '../scene/scene.ts';
import { parseScene } from '../scene/schema.ts';
import { RequestError } from './errors.ts';
import { known, knownKey, knownWord } from './known.ts';
import { LANES_OPTIONS, SCENE_OPTIONS } from './options.ts';
import { writeWhole } from './output.ts';
import { laneOf } from './lane.ts';
import { lanesOf } from './lanes.ts';
import { pairsOf, parseInteger, parseNumbers, parseWithin } from './values.ts';
import type { Words } from './words.ts';

const SPAWNS = ['uniform', 'gaussian', 'grid'] as const;
const NAME = /^[A-Za-z][A-Za-z0-9_]*$/;
/** Updates without --steps. */
const DEFAULT_STEPS = 100;

const compiles = (formula: string, parameters: readonly string[]): boolean => {
  try {
    compileFormula(formula, { parameters });
    return true;
  } catch {
    return false;
  }
};

/** Refuses a formula that does not compile, and parameters that it lacks or does not have. */
function expectFormula(formula: string, names: readonly string[]): void {
  try {
    compileFormula(formula, { parameters: names });
  } catch (error) {
    if (!(error instanceof FormulaError)) {
      throw error;
    }
    const word = formula.slice(error.at, error.at + error.length);
    const unknown = NAME.test(word) && !names.includes(word) && compiles(word, [word]);
    const advice = unknown ? ` If it is a parameter, give --param ${word}=NUMBER.` : '';
    throw new RequestError(`--formula ${shown(formula)}, character ${error.at + 1}: ${error.message}${advice}`);
  }
  const idle = names.find((name) =>
    compiles(
      formula,
      names.filter((other) => other !== name),
    ),
  );
  if (idle !== undefined) {
    const others = names.filter((name) => name !== idle);
    const instead = others.length > 0 ? `; the nearest that it has is "${nearest(idle, others)}"` : '';
    throw new RequestError(`--param ${idle}: the formula has no parameter "${idle}"${instead}.`);
  }
}

function surfaceChoice(words: Words, fallback: SurfaceChoice): SurfaceChoice {
  const formula = words.last('formula');
  const id = words.last('surface');
  if (formula !== undefined && id !== undefined) {
    throw new RequestError('--surface and --formula are both given; the surface is one or the other.');
  }
  const pairs = pairsOf(words, 'param');
  if (formula !== undefined) {
    const params = [...pairs].map(
      ([key, value]) => [key, parseWithin(value, `--param ${key}`, -LIMITS.size, LIMITS.size)] as const,
    );
    expectFormula(formula, [...pairs.keys()]);
    return { formula, params: Object.fromEntries(params) };
  }
  const surface = id === undefined && 'id' in fallback ? fallback.id : (id ?? '');
  const facts = known(surface, surfaces, 'surface');
  const params = [...pairs].map(([key, value]) => {
    const { min, max } = knownKey(key, facts.parameters, facts.id);
    return [key, parseWithin(value, `--param ${key}`, min, max)] as const;
  });
  return { id: facts.id, params: Object.fromEntries(params) };
}

function domainOf(words: Words): Scene['domain'] {
  const text = words.last('domain');
  if (text === undefined) {
    return null;
  }
  const [xmin, xmax, ymin, ymax] = parseNumbers(text, '--domain', 4, 'XMIN,XMAX,YMIN,YMAX', DOMAIN_SIZE);
  if (xmin >= xmax || ymin >= ymax) {
    throw new RequestError(`--domain ${text}: the smaller end comes first, as in -5,5,-5,5.`);
  }
  return [xmin, xmax, ymin, ymax];
}

function startChoice(words: Words, first: readonly [number, number], count?: number): StartChoice {
  const points = words.all('start').map((text): [number, number] => {
    const [x, y] = parseNumbers(text, '--start', 2, 'X,Y', LIMITS.size);
    return [x, y];
  });
  const particles = words.last('particles') ?? (points.length > 0 ? undefined : count?.toString());
  const spawn = words.last('spawn');
  if (particles === undefined) {
    if (spawn !== undefined) {
      throw new RequestError(`--spawn ${spawn} says how --particles N are placed; give that too.`);
    }
    const places = points.length > 0 ? points : [first];
    return { count: places.length, spawn: 'points', points: places };
  }
  if (points.length > 0) {
    throw new RequestError('--start and --particles are both given; particles start at places or are spawned.');
  }
  return {
    count: parseInteger(particles, '--particles', 1, LIMITS.particles),
    spawn: knownWord(spawn ?? 'uniform', SPAWNS, 'spawn'),
    points: [],
  };
}

/**
 * The scene that the options describe; what they leave out is as in the default scene, hyperparameters as the optimizer has them.
 * @param count particles where neither their number nor places are given; one at the surface's first start without it
 */
export function sceneOf(words: Words, count?: number): Scene {
  const surface = surfaceChoice(words, DEFAULT_SCENE.surface);
  const domain = domainOf(words);
  const fallback = DEFAULT_SCENE.lanes[DEFAULT_SCENE.selected];
  const steps = words.last('steps');
  const seed = words.last('seed');
  const scene: Scene = {
    ...DEFAULT_SCENE,
    surface,
    domain,
    lanes: words.has('lane') ? lanesOf(words) : [laneOf(words, fallback)],
    selected: 0,
    steps: steps === undefined ? DEFAULT_STEPS : parseInteger(steps, '--steps', 0, LIMITS.steps),
    seed: seed === undefined ? 0 : parseInteger(seed, '--seed', 0, LIMITS.seed),
  };
  const [first] = surfaceOf(scene).starts;
  const described = { ...scene, start: startChoice(words, first, count) };
  const { scene: checked, fault } = parseScene(described, 'request');
  if (fault !== null) {
    throw new RequestError(fault);
  }
  return checked;
}

/** A link of the page, or what follows its #: it ends with the version. */
const LINK = /#|(^|&)v=\d+$/;

/** The scene in a file, or in a link of the page. */
async function savedScene(place: string): Promise<Scene> {
  const text = await readFile(place, 'utf8').catch(() => null);
  if (text === null && !LINK.test(place)) {
    throw new RequestError(
      `--scene "${place}" is neither a link of the page nor a file that can be read; check its name.`,
    );
  }
  const { scene, fault } = text === null ? decodeScene(place) : sceneFromFile(text);
  if (fault !== null) {
    throw new RequestError(`--scene "${place}": ${fault}`);
  }
  return scene;
}

/**
 * What a command shall do: the scene of --scene, else the one that the other options describe.
 * @param count as for `sceneOf`
 */
export async function requestScene(words: Words, count?: number): Promise<Scene> {
  const place = words.last('scene');
  if (place === undefined) {
    return sceneOf(words, count);
  }
  const other = [...SCENE_OPTIONS, ...LANES_OPTIONS].find((name) => words.has(name));
  if (other !== undefined) {
    throw new RequestError(
      `--scene and --${other} are both given; a scene stands in place of the options that describe one.`,
    );
  }
  return savedScene(place);
}

/** Writes the scene where --save-scene says. */
export async function keepScene(words: Words, scene: Scene): Promise<void> {
  const place = words.last('save-scene');
  if (place !== undefined) {
    await writeWhole(place, [sceneToFile(scene)]);
  }
}
