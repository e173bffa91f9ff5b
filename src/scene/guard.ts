/** Values in a scene at most, each entry of a list and each field counted: three times what the limits can come to. */
const MOST_VALUES = 2 ** 17;

/** Nesting of a scene at most. */
const MOST_DEPTH = 12;

/** Names that reach an object's machinery instead of its contents. */
const FORBIDDEN = new Set(['__proto__', 'prototype', 'constructor']);

/**
 * Looks a foreign value over before anything else reads it: in bounded time, whatever its size, depth or cycles.
 * @returns what is wrong with it, or null
 */
export function hostility(value: unknown): string | null {
  const open: [unknown, number][] = [[value, 0]];
  let seen = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const [current, depth] = next;
    seen += 1;
    if (typeof current !== 'object' || current === null) {
      continue;
    }
    if (depth >= MOST_DEPTH) {
      return 'is nested too deeply';
    }
    const keys = Array.isArray(current) ? null : Object.getOwnPropertyNames(current);
    if (seen + open.length + (keys ?? (current as unknown[])).length > MOST_VALUES) {
      return 'is too large';
    }
    const bad = keys?.find((key) => FORBIDDEN.has(key));
    if (bad !== undefined) {
      return `has a field ${bad}, which no scene has`;
    }
    for (const key of keys ?? []) {
      open.push([(current as Record<string, unknown>)[key], depth + 1]);
    }
    if (!keys) {
      for (const entry of current as unknown[]) {
        open.push([entry, depth + 1]);
      }
    }
  }
  return null;
}
