import type { Findings, Verdict } from '../verdict.ts';
import { atRest } from './arrived.ts';
import { crawling } from './crawling.ts';
import { descending } from './descending.ts';
import { diverging } from './diverging.ts';
import { noisy } from './noise.ts';
import { nonFinite } from './non-finite.ts';
import { oscillating } from './oscillating.ts';
import { overfitting } from './overfitting.ts';
import { saddled } from './saddle.ts';
import { spiking } from './spiking.ts';
import { stalled } from './stalled.ts';

/** All verdicts, in the order in which they are asked: what makes the others meaningless comes first. */
export const verdicts: readonly Verdict[] = [
  nonFinite,
  diverging,
  overfitting,
  spiking,
  atRest,
  noisy,
  oscillating,
  saddled,
  stalled,
  crawling,
  descending,
];

/** The verdict on a run: the first that holds; the last always does. */
export const verdictOn = (findings: Findings): Verdict =>
  verdicts.find((verdict) => verdict.holds(findings)) ?? descending;
