import type { Scene } from './scene.ts';
import { type ParsedScene, parseScene, refused } from './schema.ts';

/** The version of the file's format; a file says it as its first field. */
const VERSION = 1;

/** Characters of a file at most: several times what the largest scene comes to. */
const MOST_CHARACTERS = 2 ** 22;

/** A scene as the text of a file: JSON that a person can read, complete, with the format's version first. */
export function sceneToFile(scene: Scene): string {
  return `${JSON.stringify({ thalweg: VERSION, ...scene }, null, 2)}\n`;
}

/** The scene of a file's text. Fields that are missing are as in the default scene. */
export function sceneFromFile(text: string): ParsedScene {
  if (text.length > MOST_CHARACTERS) {
    return refused(`The file has ${text.length} characters, more than a scene can have (${MOST_CHARACTERS}).`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused('The file is not JSON, or it is cut off.');
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'thalweg')) {
    return refused(`The file is not a scene; one begins with { "thalweg": ${VERSION}.`);
  }
  const { thalweg, ...scene } = value as { readonly thalweg: unknown };
  if (thalweg !== VERSION) {
    return refused(`The file has the version ${JSON.stringify(thalweg)?.slice(0, 40)}; this program reads ${VERSION}.`);
  }
  return parseScene(scene, 'file');
}
