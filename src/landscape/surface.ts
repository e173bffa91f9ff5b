/** [xmin, xmax, ymin, ymax] of the region shown and sampled. */
export type Domain = readonly [number, number, number, number];

/** A number that a surface's formula leaves open, shown as a slider. */
export interface SurfaceParameter {
  readonly key: string;
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** log where the quantity spans decades. */
  readonly scale: 'linear' | 'log';
  readonly help: string;
}

/** A stationary point whose place is known; minima and critical points hold for the parameters' defaults only. */
export interface CriticalPoint {
  readonly x: number;
  readonly y: number;
  readonly value: number;
  readonly type: 'minimum' | 'maximum' | 'saddle' | 'degenerate';
  /** Eigenvalues of the Hessian, ascending. */
  readonly eigenvalues: readonly [number, number];
}

/** A built-in surface: one entry, formula and facts. Everything else (derivatives, WGSL, MathML) is derived. */
export interface Surface {
  readonly id: string;
  readonly name: string;
  readonly group: 'first steps' | 'valleys' | 'many minima' | 'plateaus' | 'saddles' | 'cliffs' | 'physics';
  /** Formula text, in a form that is stable in float32. */
  readonly formula: string;
  readonly parameters: readonly SurfaceParameter[];
  /** Coefficient arrays that the formula indexes, A[1] first. */
  readonly tables?: Readonly<Record<string, readonly number[]>>;
  readonly domain: Domain;
  /** Suggested starting points; the first is the default of the command line. */
  readonly starts: readonly (readonly [number, number])[];
  /** Known global minima inside the domain. */
  readonly minima: readonly { readonly x: number; readonly y: number; readonly value: number }[];
  /** In words, when the minima form a curve. */
  readonly minimaSet?: string;
  readonly criticalPoints: readonly CriticalPoint[];
  readonly unboundedBelow: boolean;
  readonly heightScale: 'linear' | 'log';
  /** False where the gradient or the Hessian is undefined somewhere; `nonSmooth` then says where, and which subgradient is taken. */
  readonly smooth: boolean;
  readonly nonSmooth?: string;
  readonly source: string;
  /** One sentence for the learner. */
  readonly teaches: string;
}
