import type { Critical } from '../analysis/critical.ts';
import type { Run } from '../compute/contract.ts';
import type { FollowedUpdate } from '../compute/engine/follow.ts';
import type { StudioDevice } from '../record/studio.ts';
import type { Scene } from '../scene/scene.ts';
import type { SceneStore } from '../scene/store.ts';
import type { Actions } from './actions.ts';
import type { Spotlight } from './spotlight.ts';
import type { ViewPort } from './view-port.ts';

/** What every part of the page's surface works with. */
export interface Context {
  readonly store: SceneStore;
  /** Asked each time: a lost device brings a new one; null before the first. */
  run(): Run | null;
  view(): ViewPort | null;
  /** The stationary points of the ground that is drawn; null while they are searched for. */
  critical(): Critical | null;
  /** The newest update of the followed particle of the selected lane. */
  followed(): FollowedUpdate | null;
  readonly actions: Actions;
  readonly spotlight: Spotlight;
  /** A device for something beside the page's run; the CPU where there is no GPU. */
  openDevice(): Promise<StudioDevice>;
  /** Says a sentence to those who do not see the page. */
  say(sentence: string): void;
  /** Shows a sentence, and says it. */
  notice(sentence: string): void;
}

/** A part of the page's surface. */
export interface Part {
  readonly element: HTMLElement;
  /** The scene changed (and once at the beginning). */
  scene?(scene: Scene): void;
  /** Once a frame: the little that must follow closely. */
  frame?(): void;
  /** Ten times a second at most: numbers that people read. What is long pauses. */
  beat?(): void | Generator<void>;
  /** Once or more a frame, where it has time: a slice of what can wait; whether there was anything. */
  slice?(): boolean;
  /** The theme changed: what is drawn rather than styled. */
  theme?(): void;
}
