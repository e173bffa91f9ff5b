import type { Hyper } from '../descent/optimizer.ts';
import { hyperDefaults } from '../descent/optimizers/index.ts';
import type { CriticalPoint, Domain, Surface } from '../landscape/surface.ts';
import { optimizerOf } from './compiled.ts';
import { laneAfterEdits } from './edits.ts';
import { heightScaleOf } from './height.ts';
import { known } from './known.ts';
import type { Conditioning, PictureChoice, Scene } from './scene.ts';

/** The region of a typed formula without one of its own. */
export const FORMULA_DOMAIN: Domain = [-5, 5, -5, 5];

/** What is descended, with every default put in. */
export interface ResolvedSurface {
  /** null for a typed formula. */
  readonly entry: Surface | null;
  readonly name: string;
  /** Formula text. */
  readonly formula: string;
  /** Parameter names, and their values in the same order. */
  readonly parameters: readonly string[];
  readonly values: readonly number[];
  readonly tables: Readonly<Record<string, readonly number[]>>;
  readonly domain: Domain;
  /** Known global minima; empty where none are known, as for a formula or for parameters other than the defaults. */
  readonly minima: Surface['minima'];
  /** Known stationary points, likewise. */
  readonly criticalPoints: readonly CriticalPoint[];
  readonly heightScale: 'linear' | 'log';
  /** Suggested starting points; there is at least one. */
  readonly starts: readonly (readonly [number, number])[];
}

/** A place a quarter of the way in from the upper left corner: off the middle, where formulas tend to be flat. */
const offCentre = ([xmin, xmax, ymin, ymax]: Domain): readonly [number, number] => [
  xmin + 0.25 * (xmax - xmin),
  ymin + 0.75 * (ymax - ymin),
];

/**
 * The scene's surface with every default put in.
 * @param scene a valid one: unknown ids were refused where it came from
 */
export function surfaceOf(scene: Scene): ResolvedSurface {
  const { surface } = scene;
  if ('formula' in surface) {
    const parameters = Object.keys(surface.params).sort();
    const domain = scene.domain ?? FORMULA_DOMAIN;
    return {
      entry: null,
      name: 'Typed formula',
      formula: surface.formula,
      parameters,
      values: parameters.map((key) => surface.params[key]),
      tables: {},
      domain,
      minima: [],
      criticalPoints: [],
      heightScale: heightScaleOf(surface, domain),
      starts: [offCentre(domain)],
    };
  }
  const entry = known.surfaces.get(surface.id);
  if (!entry) {
    throw new RangeError(`Unknown surface "${surface.id}".`);
  }
  const values = entry.parameters.map((spec) => surface.params[spec.key] ?? spec.default);
  const standard = entry.parameters.every((spec, i) => spec.default === values[i]);
  return {
    entry,
    name: entry.name,
    formula: entry.formula,
    parameters: entry.parameters.map((spec) => spec.key),
    values,
    tables: entry.tables ?? {},
    domain: scene.domain ?? entry.domain,
    minima: standard ? entry.minima : [],
    criticalPoints: standard ? entry.criticalPoints : [],
    heightScale: entry.heightScale,
    starts: entry.starts,
  };
}

/** A lane's settings at some step. */
export interface ResolvedLane extends Conditioning {
  /** Every key of the optimizer. */
  readonly hyper: Hyper;
}

/** The settings with which lane `lane` does update number `step` (0 first): all edits up to that step are in them. */
export function laneAt(scene: Scene, lane: number, step: number): ResolvedLane {
  const after = laneAfterEdits(scene, lane, step);
  return { ...after, hyper: { ...hyperDefaults(optimizerOf(after)), ...after.hyper } };
}

/** Particles that are added in mid-run. */
export interface Addition {
  /** They start after so many updates. */
  readonly step: number;
  readonly points: readonly (readonly [number, number])[];
}

/** The scene's additions of particles, ascending by step. */
export function addedAt(scene: Scene): readonly Addition[] {
  return scene.edits.flatMap(({ step, change }) =>
    change.kind === 'particles' ? [{ step, points: change.points }] : [],
  );
}

/** How heights are drawn, with `auto` decided. */
export function heightOf(scene: Scene): Exclude<PictureChoice['height'], 'auto'> {
  const { height } = scene.picture;
  return height === 'auto' ? surfaceOf(scene).heightScale : height;
}
