/** Longer words are compared by their beginning: no known word is as long. */
const COMPARED = 64;

/** The least number of insertions, deletions, replacements and swaps of neighbours that make one word of the other. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(replaced, last[j] + 1, row[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
      }
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}

/** How many letters two words have in common from their beginning. */
function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) {
    length += 1;
  }
  return length;
}

/**
 * The known word that a mistyped one most likely meant: the least edit distance (optimal string alignment) without regard
 * to case; at a tie the longer common beginning, then the earlier one.
 * @param share the most edits that are still near, as a share of the longer word's letters; any number by default
 * @returns undefined when no known word is near
 */
export function nearest(word: string, known: readonly string[], share = Infinity): string | undefined {
  const typed = word.slice(0, COMPARED).toLowerCase();
  let best: string | undefined;
  let least = Infinity;
  for (const candidate of known) {
    const letters = candidate.toLowerCase();
    // Less than a whole edit: it decides between words that are equally far.
    const far = distance(typed, letters) - commonStart(typed, letters) / (COMPARED + 1);
    if (far < least && far <= share * Math.max(typed.length, letters.length)) {
      least = far;
      best = candidate;
    }
  }
  return best;
}
