import type { Optimizer } from '../../descent/optimizer.ts';

/** Numbers in an optimizer's struct Step: WGSL has no empty struct. */
export const stepFields = ({ coefficients }: Optimizer): number => Math.max(1, Object.keys(coefficients).length);
