import type { Surface } from '../surface.ts';
import { cliffWall } from './cliff-wall.ts';
import { deepLinearNet } from './deep-linear-net.ts';
import { himmelblau } from './himmelblau.ts';
import { monkeySaddle } from './monkey-saddle.ts';
import { parabolaValley } from './parabola-valley.ts';
import { quadraticBowl } from './quadratic-bowl.ts';
import { rastrigin } from './rastrigin.ts';
import { rosenbrock } from './rosenbrock.ts';
import { saddle } from './saddle.ts';
import { sigmoidPlateau } from './sigmoid-plateau.ts';
import { twoValleys } from './two-valleys.ts';

/** The built-in surfaces, in the order in which they are offered. */
export const surfaces = [
  parabolaValley,
  quadraticBowl,
  saddle,
  monkeySaddle,
  twoValleys,
  rosenbrock,
  himmelblau,
  rastrigin,
  sigmoidPlateau,
  cliffWall,
  deepLinearNet,
] as const satisfies readonly Surface[];

const byId: ReadonlyMap<string, Surface> = new Map(surfaces.map((surface) => [surface.id, surface]));

/** The surface of an id, or undefined when there is none. */
export function findSurface(id: string): Surface | undefined {
  return byId.get(id);
}
