import type { OptimizerChoice, SurfaceChoice } from '../scene/scene.ts';

// Parts of a scene as answers tell them.

/** The surface's id, or its formula. */
export function surfaceFacts(surface: SurfaceChoice): string | { readonly formula: string } {
  return 'id' in surface ? surface.id : { formula: surface.formula };
}

/** An optimizer, and what it stands over, as options have them. */
export function optimizerFacts(choice: OptimizerChoice): Readonly<Record<string, unknown>> {
  return typeof choice === 'object' && 'sam' in choice ? { optimizer: 'sam', base: choice.sam } : { optimizer: choice };
}
