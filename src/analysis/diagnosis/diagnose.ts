import type { SwarmPlan } from '../../compute/contract.ts';
import { curveOf } from './curve.ts';
import { quantile } from '../../math/robust.ts';
import { motionOf } from './motion.ts';
import type { Scales } from './scales.ts';
import type { Track } from './track.ts';
import { validationOf } from './validation.ts';
import type { Fact, Findings, Verdict } from './verdict.ts';
import { verdictOn } from './verdicts/index.ts';

/** Fewer updates say nothing. */
export const LEAST_UPDATES = 10;

/** A trouble of this share of the particles is the lane's. */
const COMMON = 0.25;

/** What is to be said about a run. */
export interface Diagnosis {
  readonly verdict: Verdict;
  readonly findings: Findings;
  readonly facts: readonly Fact[];
  readonly cause: string;
}

/** What is to be said about many particles at once. */
export interface LaneDiagnosis extends Diagnosis {
  /** Index among the tracks of the particle that the evidence is of: a typical one with the lane's verdict. */
  readonly example: number;
  /** How many of the particles have each verdict, as shares that add up to 1, the most frequent first. */
  readonly shares: readonly { readonly verdict: Verdict; readonly share: number }[];
}

/** Everything that is looked at of one particle. */
export function findingsOf(track: Track, plan: SwarmPlan, scales: Scales, budget: number): Findings {
  const finite = track.loss.filter((loss) => Number.isFinite(loss));
  const { lowest, highest } = scales;
  // A run that falls without end takes no unit from there.
  const floor = Math.max(
    finite.reduce((low, loss) => Math.min(low, loss), lowest),
    2 * lowest - highest,
  );
  const curve = curveOf(track.step, track.loss, floor, track.gone, budget);
  return { curve, motion: motionOf(track, plan, scales, curve), validation: null };
}

/**
 * What is to be said about a loss curve from anywhere.
 * @param losses not finite where the run was no longer
 * @param validation losses at the same steps, NaN where there is none; null without
 */
export function curveDiagnosis(
  steps: readonly number[],
  losses: readonly number[],
  validation: readonly number[] | null,
): Diagnosis {
  const finite = losses.filter((loss) => Number.isFinite(loss));
  const [low, high] = [quantile(finite, 0), quantile(finite, 1)];
  // A loss that is never negative is counted from zero, another from a little below its least.
  const floor = low >= 0 ? 0 : low - 0.01 * (high - low);
  const curve = curveOf(steps, losses, floor, false, steps[steps.length - 1] - steps[0]);
  return diagnosisOf({ curve, motion: null, validation: validation && validationOf(steps, losses, validation) });
}

/** The first verdict that holds, with what speaks for it. */
export function diagnosisOf(findings: Findings): Diagnosis {
  const verdict = verdictOn(findings);
  return { verdict, findings, facts: verdict.facts(findings), cause: verdict.cause(findings) };
}

/**
 * The lane's verdict: the most frequent trouble if a quarter of its particles have that trouble, else what most have.
 * @param tracks of LEAST_UPDATES or more, or of particles that have gone; at least one
 */
export function laneDiagnosis(
  tracks: readonly Track[],
  plan: SwarmPlan,
  scales: Scales,
  budget: number,
): LaneDiagnosis {
  return ofMany(tracks.map((track) => diagnosisOf(findingsOf(track, plan, scales, budget))));
}

/** The lane's verdict from those on its particles, at least one. */
export function ofMany(each: readonly Diagnosis[]): LaneDiagnosis {
  const counts = new Map<Verdict, number>();
  for (const { verdict } of each) {
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  }
  const shares = [...counts]
    .map(([verdict, count]) => ({ verdict, share: count / each.length }))
    .sort((a, b) => b.share - a.share);
  const trouble = shares.find(({ verdict, share }) => !verdict.healthy && share >= COMMON);
  const { verdict } = trouble ?? shares[0];
  const example = each.findIndex((one) => one.verdict === verdict);
  return { ...each[example], example, shares };
}
