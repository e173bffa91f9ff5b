import type { BackgroundRace } from './background-race.ts';
import type { Chores } from './chores.ts';
import type { Tuner } from './tuner.ts';

/** What the cards of Compare show, and how they compute it. */
export interface Racing {
  readonly race: BackgroundRace;
  readonly tuner: Tuner;
  readonly chores: Chores;
}
