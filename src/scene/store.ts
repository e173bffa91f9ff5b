import { equal } from './equal.ts';
import type { Scene } from './scene.ts';

/** Told after each change of the scene. */
export type SceneListener = (scene: Scene, previous: Scene) => void;

/** Undo steps that are kept; the oldest are forgotten. */
const HISTORY_LENGTH = 200;

/** Whether two scenes are the same but for the camera. */
function sameButCamera(a: Scene, b: Scene): boolean {
  return (Object.keys(a) as (keyof Scene)[]).every((field) => field === 'camera' || equal(a[field], b[field]));
}

/**
 * The one place where the present scene lives, with its past. Where one looks from is remembered but not undone: a step
 * back leaves the camera where it is.
 */
export class SceneStore {
  #scene: Scene;
  #past: Scene[] = [];
  #future: Scene[] = [];
  /** Key of the change that may still go on, such as a drag. */
  #open: string | null = null;
  readonly #listeners = new Set<SceneListener>();

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  get scene(): Scene {
    return this.#scene;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /**
   * Changes the scene.
   * @param change gives the new scene from the present one, without touching that
   * @param options.merge consecutive updates with the same key, such as those of one drag, are undone together
   */
  update(change: (scene: Scene) => Scene, options: { readonly merge?: string } = {}): void {
    const next = change(this.#scene);
    if (next === this.#scene) {
      return;
    }
    if (!sameButCamera(next, this.#scene)) {
      const { merge = null } = options;
      if (merge === null || merge !== this.#open) {
        this.#past = [...this.#past.slice(1 - HISTORY_LENGTH), this.#scene];
      }
      this.#future = [];
      this.#open = merge;
    }
    this.#become(next);
  }

  /** Ends a change that could have gone on: the next update is an undo step of its own whatever its key. */
  release(): void {
    this.#open = null;
  }

  /** Puts another scene in place, such as one from a file; that can be undone too. */
  replace(scene: Scene): void {
    this.update(() => scene);
  }

  /** One step back; without effect when there is none. */
  undo(): void {
    const scene = this.#past.pop();
    if (scene) {
      this.#future.push(this.#scene);
      this.#return(scene);
    }
  }

  /** Takes one undo back; without effect when there is none. */
  redo(): void {
    const scene = this.#future.pop();
    if (scene) {
      this.#past.push(this.#scene);
      this.#return(scene);
    }
  }

  /**
   * Has a listener told of every change from now on.
   * @returns ends it
   */
  subscribe(listener: SceneListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #return(scene: Scene): void {
    this.#open = null;
    this.#become({ ...scene, camera: this.#scene.camera });
  }

  #become(scene: Scene): void {
    const previous = this.#scene;
    this.#scene = scene;
    for (const listener of [...this.#listeners]) {
      listener(scene, previous);
    }
  }
}
