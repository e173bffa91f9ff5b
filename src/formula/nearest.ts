/** Names further away than this share of their letters are no help. */
const HELPFUL = 0.5;

/** Longer words are compared by their beginning: no known name is as long. */
const COMPARED = 32;

/** Number of letters to insert, delete or replace to make `b` out of `a` (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[b.length];
}

/** The name that a mistyped one most likely meant, or undefined when none is near. */
export function nearestName(word: string, names: Iterable<string>): string | undefined {
  const typed = word.slice(0, COMPARED).toLowerCase();
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const name of names) {
    const far = distance(typed, name.toLowerCase());
    if (far < least && far <= HELPFUL * Math.max(typed.length, name.length)) {
      best = name;
      least = far;
    }
  }
  return best;
}
