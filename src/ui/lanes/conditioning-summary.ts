import type { Conditioning } from '../../scene/scene.ts';

/** What can be done around updates, the schedule apart. */
export type Kind = Exclude<keyof Conditioning, 'schedule'>;

/** What is said of each that is on, in the order of an update. */
const TOLD: { readonly [K in Kind]: (value: NonNullable<Conditioning[K]>) => string } = {
  noise: ({ kind }) => (kind === 'student' ? 'heavy-tailed noise' : 'noise'),
  clip: ({ kind }) => (kind === 'normalize' ? 'normalized' : `clipped by ${kind}`),
  ema: () => 'average',
  recover: () => 'spike recovery',
  stop: () => 'early stopping',
  bounded: () => 'bounded',
};

/** What is on, in words. */
export function conditioningSummary(lane: Conditioning): readonly string[] {
  const told = <K extends Kind>(kind: K): string[] => {
    const value = lane[kind];
    return value === null || value === false ? [] : [TOLD[kind](value as NonNullable<Conditioning[K]>)];
  };
  return (Object.keys(TOLD) as Kind[]).flatMap(told);
}
