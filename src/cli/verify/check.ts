/** One line of `verify`: the worst that was measured, in the units of its bound. */
export interface Check {
  readonly kind: string;
  /** What was checked: a surface, an optimizer, or surface/optimizer. */
  readonly id: string;
  readonly worst: number;
  readonly bound: number;
  readonly ok: boolean;
}

/** A check from what was measured; anything that is not a number is past every bound. */
export function checkOf(kind: string, id: string, worst: number, bound: number): Check {
  return { kind, id, worst, bound, ok: worst <= bound };
}

/** Unit roundoff of float32. */
export const FLOAT32_UNIT = 2 ** -24;

/** Unit roundoff of float64. */
export const FLOAT64_UNIT = 2 ** -53;

/** Smallest normal float32: a GPU may take anything smaller for zero. */
export const FLOAT32_TINY = 2 ** -126;
