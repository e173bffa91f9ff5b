import { sceneFromFile, sceneToFile } from './file.ts';
import type { Scene } from './scene.ts';
import type { ParsedScene } from './schema.ts';

/** What is needed of a browser's storage. Each call may throw: it can be full, or forbidden. */
export interface SceneStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const KEY = 'thalweg.scene';

/**
 * Keeps the scene for the next visit.
 * @returns whether it could be kept; without it everything works, only a reload then forgets
 */
export function rememberScene(storage: SceneStorage, scene: Scene): boolean {
  try {
    storage.setItem(KEY, sceneToFile(scene));
    return true;
  } catch {
    return false;
  }
}

/** The scene that was kept, checked like any other from elsewhere; null when there is none, or it cannot be read. */
export function recallScene(storage: SceneStorage): ParsedScene | null {
  try {
    const text = storage.getItem(KEY);
    return text === null ? null : sceneFromFile(text);
  } catch {
    return null;
  }
}
