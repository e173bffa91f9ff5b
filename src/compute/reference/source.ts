import type { ParticleSource, TrailRing } from '../contract.ts';
import { MAX_ADDED } from '../contract.ts';

/** What a swarm keeps of its particles' past. */
export interface ReferenceTrail {
  /** Of the particles that the swarm starts with, so many at most are followed, evenly by index. */
  readonly columns: number;
  readonly slots: number;
  /** Updates between two samples. */
  readonly every: number;
}

/** What the view draws of a swarm on the CPU. */
export type CpuSource = Extract<ParticleSource, { kind: 'cpu' }>;

/** A trail ring as its owner sees it. */
export type OwnRing = { -readonly [K in keyof TrailRing]: TrailRing[K] };

/** The ring for so many particles at the start; without a plan it has no rows. */
export function createRing(initial: number, trail: ReferenceTrail | undefined): OwnRing {
  const stride = trail ? Math.ceil(initial / trail.columns) : 1;
  const columns = (trail ? Math.ceil(initial / stride) : 0) + MAX_ADDED;
  return { slots: trail?.slots ?? 0, columns, stride, every: trail?.every ?? 1, head: 0, filled: 0 };
}
