import points from '../golden/surface-points.json' with { type: 'json' };
import facts from '../golden/surfaces.json' with { type: 'json' };

/** A place with the surface's value and derivatives there, computed to 50 digits; x and y are exact in float32. */
export interface GoldenPoint {
  readonly x: number;
  readonly y: number;
  readonly value: number;
  readonly gradient: readonly [number, number];
  readonly hessian: readonly [number, number, number];
}

/** Points that belong to one choice of parameters. */
export interface GoldenSet {
  readonly parameters: Readonly<Record<string, number>>;
  readonly points: readonly GoldenPoint[];
}

/** What the golden set knows of a surface; its README tells what the fields mean. */
export interface GoldenSurface {
  readonly id: string;
  readonly name: string;
  readonly group: string;
  readonly formula: string;
  readonly parameters: Readonly<Record<string, { readonly default: number; readonly min: number; readonly max: number }>>;
  readonly tables: Readonly<Record<string, readonly number[]>>;
  readonly domain: readonly [readonly [number, number], readonly [number, number]];
  readonly starts: readonly (readonly [number, number])[];
  readonly globalMinima: readonly { readonly x: number; readonly y: number; readonly value: number }[];
  readonly unboundedBelow: boolean;
  readonly heightScale: string;
  readonly smooth: boolean;
  readonly valueRange: readonly [number, number];
  readonly criticalPoints:
    | readonly { readonly x: number; readonly y: number; readonly value: number; readonly type: string; readonly eigenvalues: readonly number[] }[]
    | null;
}

/** All surfaces of the golden set. */
export const goldenSurfaces = facts.surfaces as unknown as readonly GoldenSurface[];

/** The golden surface of an id. */
export function goldenSurface(id: string): GoldenSurface {
  const found = goldenSurfaces.find((surface) => surface.id === id);
  if (!found) throw new Error(`The golden set has no surface ${id}.`);
  return found;
}

interface GoldenPoints {
  readonly id: string;
  readonly points: readonly GoldenPoint[];
  readonly alt: GoldenSet | null;
}

/** The golden points of a surface: at its default parameters, and at others where it has any. */
export function goldenSets(id: string): readonly GoldenSet[] {
  const { points: plain, alt } = (points.surfaces as unknown as readonly GoldenPoints[]).find((entry) => entry.id === id)!;
  const defaults = Object.entries(goldenSurface(id).parameters).map(([key, parameter]) => [key, parameter.default] as const);
  return [{ parameters: Object.fromEntries(defaults), points: plain }, ...(alt ? [alt] : [])];
}
