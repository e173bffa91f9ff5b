import type { Budget } from '../compute/cost.ts';
import { type Estimate, LEVEL } from '../math/intervals.ts';
import { leastP } from './comparison.ts';
import type { Leaderboard, Standing } from './leaderboard.ts';

/** What more than so many times as much of the budget's unit is called. */
const MORE: Readonly<Record<Budget['kind'], string>> = {
  steps: 'as many updates',
  gradients: 'as many gradient evaluations',
  time: 'as long',
};

const shown = (value: number): string => (value < Infinity ? String(Number(value.toPrecision(2))) : '∞');

const range = ({ interval: [low, high] }: Estimate): string => `95 % interval ${shown(low)} to ${shown(high)}`;

/** Words with commas, and an "and" before the last. */
function listed(words: readonly string[]): string {
  const [last, ...before] = [...words].reverse();
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
}

/** How far one that is behind the first is behind. */
function lag(name: string, { behind }: Standing, kind: Budget['kind']): string {
  return behind && behind.by.value < Infinity
    ? `${name} takes ${shown(behind.by.value)} times ${MORE[kind]} (${range(behind.by)})`
    : `${name} never does`;
}

/**
 * A leaderboard in a sentence or two: who reaches the target first and how far ahead, or that no difference is seen.
 * @param nameOf what a lane of the scene is called
 */
export function verdictOf(
  { standings, starts, reached }: Leaderboard,
  kind: Budget['kind'],
  nameOf: (lane: number) => string,
): string {
  const names = standings.map(({ lane }) => nameOf(lane));
  if (standings.length > 1 && leastP(starts) > 1 - LEVEL) {
    const first = reached ? 'reaches the target first' : 'ends lowest, and no lane reaches the target';
    return `${names[0]} ${first} from ${starts === 1 ? 'this start; one start tells' : `these ${starts} starts; so few tell`} nothing of others.`;
  }
  const seen = standings.map(({ behind }) => behind?.seen ?? false);
  const level = listed(names.filter((_, k) => !seen[k]));
  const alone = seen.every((behind, k) => k === 0 || behind);
  if (!reached) {
    const none = 'No lane reaches the target from any start';
    const ending = alone
      ? `${names[0]} ends lowest`
      : `of the losses at the end no difference is seen between ${level}`;
    return standings.length > 1 ? `${none}; ${ending}.` : `${none}.`;
  }
  const [{ success }] = standings;
  const head = alone
    ? `${names[0]} reaches the target${standings.length > 1 ? ' first' : ''}, from ${Math.round(100 * success.value)} % of the starts`
    : `No difference is seen in how soon ${level} reach the target`;
  const next = seen.indexOf(true);
  return next < 0 ? `${head}.` : `${head}; ${lag(names[next], standings[next], kind)}.`;
}
