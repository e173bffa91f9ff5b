import { shown, unknownWord } from './complaint.ts';
import { LINK_FIELDS } from './link-fields.ts';
import { NotationError } from './notation.ts';
import type { Scene } from './scene.ts';
import { type ParsedScene, parseScene, refused } from './schema.ts';
import { DEFAULT_SCENE } from './defaults.ts';

/** The version of the link's notation and of the defaults that it leaves out. */
const VERSION = '1';

/** Characters of a link at most: more than the largest scene comes to, and less than browsers take. */
const MOST_CHARACTERS = 2 ** 20;

/**
 * A scene as a link's fragment, without the `#`: `s=rosenbrock&l=(adam,(lr:0.1))&v=1`. Only what differs from the default
 * scene is in it, numbers exactly. The version comes last, so that a link that was cut off on its way is noticed.
 */
export function encodeScene(scene: Scene): string {
  const written = LINK_FIELDS.flatMap(({ key, write }) => {
    const text = write(scene);
    return text === null ? [] : [`${key}=${text}`];
  });
  return [...written, `v=${VERSION}`].join('&');
}

/**
 * The scene of a link: its fragment with or without `#`, or the whole address. An empty fragment is the default scene.
 * Anything damaged is answered with the default scene and a sentence; time is linear in the length, which is bounded.
 */
export function decodeScene(text: string): ParsedScene {
  if (text.length > MOST_CHARACTERS) {
    return refused(`The link has ${text.length} characters, more than a scene can have (${MOST_CHARACTERS}).`);
  }
  const fragment = text.slice(text.indexOf('#') + 1).trim();
  if (fragment === '') {
    return { scene: DEFAULT_SCENE, fault: null, problem: null };
  }
  try {
    return parseScene(draftOf(fragment), 'link');
  } catch (error) {
    if (error instanceof NotationError) {
      return refused(`The link ${error.message}.`);
    }
    throw error;
  }
}

/** What a fragment says, by the schema's field names but unchecked. */
function draftOf(fragment: string): object {
  const texts = new Map<string, string>();
  for (const part of fragment.split('&')) {
    const at = part.indexOf('=');
    const key = at < 0 ? part : part.slice(0, at);
    if (key !== 'v' && !LINK_FIELDS.some((field) => field.key === key)) {
      throw new NotationError(unknownWord('field', key, [...LINK_FIELDS.map((field) => field.key), 'v']));
    }
    if (texts.has(key)) {
      throw new NotationError(`has ${key} twice`);
    }
    texts.set(key, at < 0 ? '' : part.slice(at + 1));
  }
  const version = texts.get('v');
  if (version !== VERSION) {
    throw new NotationError(
      version === undefined || version === ''
        ? `is cut off; a whole one ends in v=${VERSION}`
        : `has the version ${shown(version)}; this program reads ${VERSION}`,
    );
  }
  const draft: Record<string, unknown> = {};
  for (const { key, place, read } of LINK_FIELDS) {
    const text = texts.get(key);
    if (text !== undefined) {
      put(
        draft,
        place,
        reading(key, () => read(text)),
      );
    }
  }
  return draft;
}

/** Names the field in what is wrong with its text. */
function reading(key: string, read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    throw error instanceof NotationError ? new NotationError(`has ${key}=…, which ${error.message}`) : error;
  }
}

/** Puts a value at a place of one or two names. */
function put(draft: Record<string, unknown>, [first, second]: readonly string[], value: unknown): void {
  draft[first] = second === undefined ? value : { ...(draft[first] as object | undefined), [second]: value };
}
