import { nearest } from '../math/nearest.ts';

/** Characters of a quoted word at most. */
const QUOTED = 40;

/** What a value is, for a sentence: short, whatever it is. */
export function shown(value: unknown): string {
  if (typeof value === 'string') {
    const printable = value.slice(0, QUOTED).replace(/[^\x20-\x7e\u00a0-\u024f]/g, '?');
    return `"${printable}${value.length > QUOTED ? '…' : ''}"`;
  }
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) {
    return String(value);
  }
  if (value === undefined) {
    return 'missing';
  }
  return Array.isArray(value) ? 'a list' : 'something else';
}

/** Says that a word is none of those known, and which is the nearest. */
export function unknownWord(kind: string, word: string, known: readonly string[]): string {
  const next = nearest(word, known);
  return next === undefined
    ? `names ${shown(word)}, and there is no ${kind} at all`
    : `names an unknown ${kind} ${shown(word)}; the nearest is ${next}`;
}

/** Says what should be in place of a value. */
export function wanted(value: unknown, needed: string): string {
  return `is ${shown(value)}; it must be ${needed}`;
}

/** A place in a scene, such as `lanes[0].hyper.lr`; '' is the scene itself. */
export function placeOf(path: readonly (string | number)[]): string {
  return path
    .map((key, depth) => (typeof key === 'number' ? `[${key}]` : `${depth > 0 ? '.' : ''}${key.slice(0, QUOTED)}`))
    .join('');
}
