import type { Surface } from '../surface.ts';
import { ackley } from './ackley.ts';
import { alpine1 } from './alpine-1.ts';
import { bananaPlateau } from './banana-plateau.ts';
import { beale } from './beale.ts';
import { bohachevsky1 } from './bohachevsky-1.ts';
import { booth } from './booth.ts';
import { branin } from './branin.ts';
import { bukin6 } from './bukin-6.ts';
import { cliffWall } from './cliff-wall.ts';
import { crossInTray } from './cross-in-tray.ts';
import { deceptiveValley } from './deceptive-valley.ts';
import { deepLinearNet } from './deep-linear-net.ts';
import { dejong5 } from './dejong-5.ts';
import { dixonPrice } from './dixon-price.ts';
import { dropWave } from './drop-wave.ts';
import { easom } from './easom.ts';
import { eggholder } from './eggholder.ts';
import { goldsteinPrice } from './goldstein-price.ts';
import { gramacyLee } from './gramacy-lee.ts';
import { griewank } from './griewank.ts';
import { himmelblau } from './himmelblau.ts';
import { holderTable } from './holder-table.ts';
import { levy13 } from './levy-13.ts';
import { matyas } from './matyas.ts';
import { mccormick } from './mccormick.ts';
import { michalewicz } from './michalewicz.ts';
import { monkeySaddle } from './monkey-saddle.ts';
import { mullerBrown } from './muller-brown.ts';
import { parabolaValley } from './parabola-valley.ts';
import { peaks } from './peaks.ts';
import { powellBadlyScaled } from './powell-badly-scaled.ts';
import { quadraticBowl } from './quadratic-bowl.ts';
import { rastrigin } from './rastrigin.ts';
import { rosenbrock } from './rosenbrock.ts';
import { rotatedQuadratic } from './rotated-quadratic.ts';
import { saddle } from './saddle.ts';
import { salomon } from './salomon.ts';
import { schaffer2 } from './schaffer-2.ts';
import { schwefel } from './schwefel.ts';
import { shubert } from './shubert.ts';
import { sigmoidPlateau } from './sigmoid-plateau.ts';
import { sixHumpCamel } from './six-hump-camel.ts';
import { strictSaddle } from './strict-saddle.ts';
import { styblinskiTang } from './styblinski-tang.ts';
import { tanhNeuron } from './tanh-neuron.ts';
import { threeHumpCamel } from './three-hump-camel.ts';
import { twoValleys } from './two-valleys.ts';

/** The built-in surfaces, in the order in which they are offered. */
export const surfaces = [
  parabolaValley,
  quadraticBowl,
  rotatedQuadratic,
  booth,
  saddle,
  monkeySaddle,
  twoValleys,
  strictSaddle,
  rosenbrock,
  beale,
  matyas,
  dixonPrice,
  mccormick,
  branin,
  threeHumpCamel,
  powellBadlyScaled,
  bananaPlateau,
  himmelblau,
  sixHumpCamel,
  goldsteinPrice,
  styblinskiTang,
  peaks,
  gramacyLee,
  ackley,
  rastrigin,
  griewank,
  levy13,
  schwefel,
  easom,
  michalewicz,
  eggholder,
  holderTable,
  crossInTray,
  dropWave,
  salomon,
  schaffer2,
  bukin6,
  shubert,
  bohachevsky1,
  alpine1,
  dejong5,
  sigmoidPlateau,
  cliffWall,
  deceptiveValley,
  deepLinearNet,
  tanhNeuron,
  mullerBrown,
] as const satisfies readonly Surface[];

const byId: ReadonlyMap<string, Surface> = new Map(surfaces.map((surface) => [surface.id, surface]));

/** The surface of an id, or undefined when there is none. */
export function findSurface(id: string): Surface | undefined {
  return byId.get(id);
}
