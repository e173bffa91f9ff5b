/**
 * The notation inside of a link: atoms, lists `a,b,(c,d)` and records `key:value,key:value`, in characters that a URL
 * carries as they are. Atoms are numbers and names of letters, digits, - and _, so that nothing in them has a meaning here;
 * other texts are written so that they are made of these, - _ . and ~.
 */
export type Node = string | readonly Node[];

/** What is wrong with a text in this notation, as the rest of a sentence. */
export class NotationError extends Error {}

const MOST_DEPTH = 8;

/** A text without its % escapes. @throws NotationError for a `%` that is none */
export function unescaped(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    throw new NotationError('has a broken % escape');
  }
}

/** The shortest decimal that reads back as the same number. */
export const writeNumber = (value: number): string => String(value).replace('e+', 'e');

const NUMBER = /^-?(\d+\.?\d*|\.\d+)(e-?\d+)?$/i;

/** The number that an atom writes; what is none is given back as it is, for the schema to name. */
export const readNumber = (node: Node | undefined): unknown =>
  typeof node === 'string' && NUMBER.test(node) ? Number(node) : node;

/** Any text as an atom: what has a meaning in a link or here becomes ~ and two digits for each byte. */
export const writeText = (text: string): string =>
  encodeURIComponent(text)
    .replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
    .replaceAll('%', '~');

/** The text that `writeText` made the only atom of a list of; what is none is given back as it is, for the schema to name. */
export const readText = (node: readonly Node[]): unknown => {
  const [atom, ...rest] = node;
  return typeof atom === 'string' && rest.length === 0 ? unescaped(atom.replaceAll('~', '%')) : node;
};

export const writeRecord = (record: Readonly<Record<string, number>>): string[] =>
  Object.entries(record).map(([key, value]) => `${key}:${writeNumber(value)}`);

/** @throws NotationError where an entry has no colon, or comes twice */
export function readRecord(nodes: readonly Node[]): Readonly<Record<string, unknown>> {
  const entries = new Map<string, unknown>();
  for (const node of nodes) {
    const [key, value, ...rest] = typeof node === 'string' ? node.split(':') : [];
    if (value === undefined || rest.length > 0) {
      throw new NotationError('has an entry that is not name:number');
    }
    if (entries.has(key)) {
      throw new NotationError(`sets ${key.slice(0, 40)} twice`);
    }
    entries.set(key, readNumber(value));
  }
  return Object.fromEntries(entries);
}

/** A list without its empty end; an atom where only one is left. */
export function group(nodes: readonly Node[]): Node {
  let length = nodes.length;
  while (length > 0 && nodes[length - 1].length === 0) {
    length -= 1;
  }
  return length === 1 && typeof nodes[0] === 'string' ? nodes[0] : nodes.slice(0, length);
}

/** The parts of what `group` made. */
export const parts = (node: Node | undefined): readonly Node[] => (typeof node === 'string' ? [node] : (node ?? []));

export const writeNodes = (nodes: readonly Node[]): string =>
  nodes.map((node) => (typeof node === 'string' ? node : `(${writeNodes(node)})`)).join(',');

/**
 * Escapes are resolved first: some programs that pass links on escape brackets and commas.
 * @throws NotationError for brackets that do not match, or nest too deeply
 */
export function readNodes(escaped: string): readonly Node[] {
  const text = unescaped(escaped);
  let at = 0;
  const atom = (): string => {
    const from = at;
    while (at < text.length && !'(),'.includes(text[at])) {
      at += 1;
    }
    return text.slice(from, at);
  };
  const list = (depth: number): Node[] => {
    if (depth > MOST_DEPTH) {
      throw new NotationError('is nested too deeply');
    }
    const nodes: Node[] = [];
    if (at === text.length || text[at] === ')') {
      return nodes;
    }
    for (;;) {
      if (text[at] === '(') {
        at += 1;
        nodes.push(list(depth + 1));
        if (text[at] !== ')') {
          throw new NotationError('has a bracket that is not closed');
        }
        at += 1;
      } else {
        nodes.push(atom());
      }
      if (text[at] !== ',') {
        return nodes;
      }
      at += 1;
    }
  };
  const nodes = list(0);
  if (at < text.length) {
    throw new NotationError(`has "${text[at]}" where a comma should be`);
  }
  return nodes;
}
