/** A piece of a WGSL module, with the name that messages about it carry: a file's path, or what it was generated from. */
export interface Part {
  readonly name: string;
  readonly text: string;
}

/** A WGSL module joined from parts. WGSL resolves names in any order, so the order of parts does not matter. */
export interface ComposedModule {
  readonly code: string;
  /** The part and the line in it (1 first) that a line of `code` (1 first) came from. */
  locate(line: number): { readonly name: string; readonly line: number };
}

/** Joins parts into one module and remembers which line came from where. */
export function composeModule(parts: readonly Part[]): ComposedModule {
  const starts: number[] = [];
  let next = 1;
  for (const part of parts) {
    starts.push(next);
    next += part.text.split('\n').length;
  }
  return {
    code: parts.map((part) => part.text).join('\n'),
    locate(line) {
      let index = parts.length - 1;
      while (index > 0 && starts[index] > line) {
        index -= 1;
      }
      return { name: parts[index].name, line: line - starts[index] + 1 };
    },
  };
}
