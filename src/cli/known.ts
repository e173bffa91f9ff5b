import { nearest } from '../math/nearest.ts';
import { RequestError } from './errors.ts';

/** The entry of a registry with this id, or a RequestError that names the nearest. */
export function known<T extends { readonly id: string }>(id: string, registry: readonly T[], kind: string): T {
  const entry = registry.find((candidate) => candidate.id === id);
  if (entry) {
    return entry;
  }
  const ids = registry.map((candidate) => candidate.id);
  throw new RequestError(`Unknown ${kind} "${id}"; the nearest is "${nearest(id, ids)}" (thalweg list ${kind}s).`);
}

/** The entry with this key, or a RequestError that names the nearest. `owner` has the keys, as in `adam`. */
export function knownKey<T extends { readonly key: string }>(key: string, entries: readonly T[], owner: string): T {
  const entry = entries.find((candidate) => candidate.key === key);
  if (entry) {
    return entry;
  }
  const keys = entries.map((candidate) => candidate.key);
  throw new RequestError(
    keys.length > 0
      ? `${owner} has no key "${key}"; the nearest is "${nearest(key, keys)}" (it has ${keys.join(', ')}).`
      : `${owner} has no key "${key}"; it has none at all.`,
  );
}

/** One of a few words, or a RequestError that names the nearest. */
export function knownWord<T extends string>(word: string, words: readonly T[], what: string): T {
  const found = words.find((candidate) => candidate === word);
  if (found !== undefined) {
    return found;
  }
  throw new RequestError(`Unknown ${what} "${word}"; the nearest is "${nearest(word, words)}" (${words.join(', ')}).`);
}
