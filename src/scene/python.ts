/** A value that Python code can have. */
export type PythonValue = number | boolean | readonly number[];

/** Keyword arguments by their names. */
export type Arguments = Readonly<Record<string, PythonValue>>;

/** A number with its point, as Python writes a float. */
export function float(value: number): string {
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** A value as Python writes it; several are a tuple. */
export function literal(value: PythonValue): string {
  if (typeof value === 'boolean') {
    return value ? 'True' : 'False';
  }
  return typeof value === 'number' ? float(value) : `(${value.map(float).join(', ')})`;
}

/** A name as Python spells it: weightDecay is weight_decay. */
export const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Keyword arguments as they stand in a call. */
export const keywords = (words: Arguments): string =>
  Object.entries(words)
    .map(([name, value]) => `${name}=${literal(value)}`)
    .join(', ');

/** Lines within a block. */
export const indented = (lines: readonly string[], depth: number): string[] =>
  lines.map((line) => (line ? `${' '.repeat(4 * depth)}${line}` : line));
