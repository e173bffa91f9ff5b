import type { Chunks } from './output.ts';

/** A table to be read: columns under their heads, those of numbers to the right. */
export function* textTable(heads: readonly string[], rows: readonly (readonly string[])[]): Chunks {
  const width = heads.map((head, k) => rows.reduce((most, row) => Math.max(most, row[k].length), head.length));
  // The first column has names.
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, k) => (k === 0 ? cell.padEnd(width[k]) : cell.padStart(width[k])))
      .join('  ')
      .trimEnd();
  yield `${line(heads)}\n`;
  yield `${width.map((length) => '─'.repeat(length)).join('  ')}\n`;
  for (const row of rows) {
    yield `${line(row)}\n`;
  }
}

/** A number to be read, to so many digits. */
export function readable(value: number, digits = 3): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  }
  return String(Number(value.toPrecision(digits)));
}
