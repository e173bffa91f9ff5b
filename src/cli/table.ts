import { csvNumber } from './json.ts';
import { npyHeader, npyNumbers } from './npy.ts';
import type { Chunks } from './output.ts';

/** An answer that is rows of numbers. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly number[])[];
}

/** A table with a line of names; words in it need no quotes. */
export function* csvTable({ columns, rows }: { columns: readonly string[]; rows: readonly (readonly (number | string)[])[] }): Chunks {
  yield `${columns.join(',')}\n`;
  for (const row of rows) {
    yield `${row.map((cell) => (typeof cell === 'string' ? cell : csvNumber(cell))).join(',')}\n`;
  }
}

/** The table as an array, rows × columns of float64. */
export function* npyTable({ columns, rows }: Table): Chunks {
  yield npyHeader([rows.length, columns.length]);
  for (const row of rows) {
    yield npyNumbers(row);
  }
}
