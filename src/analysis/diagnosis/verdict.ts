import type { Curve } from './curve.ts';
import type { Motion } from './motion.ts';
import type { Validation } from './validation.ts';

/** All that is looked at of a run before anything is said about it. */
export interface Findings {
  readonly curve: Curve;
  /** null where only the losses are known. */
  readonly motion: Motion | null;
  /** The losses on data that the run did not see; null where there are none. */
  readonly validation: Validation | null;
}

/** A number that speaks for a verdict. */
export interface Fact {
  /** Its name in a few words. */
  readonly name: string;
  readonly value: number;
  /** What it is held against; absent where it only informs. */
  readonly against?: number;
  /** The steps that it was taken over, first and last. */
  readonly window: readonly [number, number];
}

/** Something that can be the matter with a run, or that nothing is. */
export interface Verdict {
  readonly id: string;
  /** In a few words. */
  readonly name: string;
  /** Whether nothing need be done. */
  readonly healthy: boolean;
  /** What the rule asks for, and why there. */
  readonly rule: string;
  /** Whether it is so. Verdicts are asked in the order of the registry, and the first that holds is the one. */
  holds(findings: Findings): boolean;
  facts(findings: Findings): readonly Fact[];
  /** Why it is so, as one sentence. */
  cause(findings: Findings): string;
  /** Ids of cures that may help, the best first. */
  cures(findings: Findings): readonly string[];
}

/** A fact of the window that the end of the run is judged by. */
export const inWindow = ({ curve }: Findings, name: string, value: number, against?: number): Fact => ({
  name,
  value,
  ...(against === undefined ? {} : { against }),
  window: curve.window,
});

/** A fact of the whole run. */
export const inRun = ({ curve: { steps } }: Findings, name: string, value: number, against?: number): Fact => ({
  name,
  value,
  ...(against === undefined ? {} : { against }),
  window: [steps[0], steps[steps.length - 1]],
});
