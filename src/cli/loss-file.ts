import { readFile } from 'node:fs/promises';
import { RequestError } from './errors.ts';

/** A loss curve of somebody's own run. */
export interface LossCurve {
  readonly steps: readonly number[];
  readonly losses: readonly number[];
  /** At the same steps, NaN where there is none; null without such a column. */
  readonly validation: readonly number[] | null;
}

const NON_FINITE: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Infinity,
  '+inf': Infinity,
  '-inf': -Infinity,
  infinity: Infinity,
  '-infinity': -Infinity,
};

/** Names by which columns are known, in any case. */
const NAMES = {
  step: /step|iter|epoch|update|^t$/,
  validation: /val|test|eval/,
  loss: /loss|train|cost|objective/,
} as const;

/** A number, also of those that are not finite; undefined for anything else, null for nothing. */
function read(cell: string): number | null | undefined {
  const text = cell.trim().replaceAll('"', '').toLowerCase();
  if (text === '') {
    return null;
  }
  if (text in NON_FINITE) {
    return NON_FINITE[text];
  }
  const value = Number(text);
  return Number.isNaN(value) ? undefined : value;
}

/** Which column is what; -1 for one that there is not. */
interface Columns {
  readonly step: number;
  readonly loss: number;
  readonly validation: number;
}

function named(names: readonly string[]): Columns {
  const words = names.map((name) => name.trim().replaceAll('"', '').toLowerCase());
  const validation = words.findIndex((word) => NAMES.validation.test(word));
  const step = words.findIndex((word, k) => k !== validation && NAMES.step.test(word));
  const rest = words.flatMap((_, k) => (k === validation || k === step ? [] : [k]));
  return { step, validation, loss: rest.find((k) => NAMES.loss.test(words[k])) ?? rest[0] ?? -1 };
}

/** Without names: a loss; step and loss where the first column counts; else loss and validation; or all three. */
function counted(rows: readonly (readonly (number | null)[])[]): Columns {
  const width = rows[0].length;
  const counts =
    width > 1 && rows.every((row, k) => Number.isInteger(row[0]) && (k === 0 || (row[0] ?? 0) > (rows[k - 1][0] ?? 0)));
  const loss = counts ? 1 : 0;
  return { step: counts ? 0 : -1, loss, validation: width > loss + 1 ? loss + 1 : -1 };
}

/**
 * Reads a loss curve: a line for each step, cells separated by commas, semicolons or tabs, with or without a line of names.
 * Lines without a loss are left out.
 * @throws RequestError for a file that cannot be read, or what is no curve
 */
export async function lossCurve(place: string): Promise<LossCurve> {
  const text = await readFile(place, 'utf8').catch(() => null);
  if (text === null) {
    throw new RequestError(`--loss "${place}" is no file that can be read; check its name.`);
  }
  const lines = text
    .split(/\r?\n/)
    .flatMap((line, k) => (line.trim() === '' ? [] : [{ cells: line.split(/[,;\t]/), line: k + 1 }]));
  const head = lines.length > 0 && lines[0].cells.some((cell) => read(cell) === undefined) ? lines[0].cells : null;
  const body = head ? lines.slice(1) : lines;
  const rows = body.map(({ cells, line }) =>
    cells.map((cell) => {
      const value = read(cell);
      if (value === undefined) {
        throw new RequestError(`--loss "${place}", line ${line}: "${cell.trim()}" is no number.`);
      }
      return value;
    }),
  );
  if (rows.length === 0) {
    throw new RequestError(`--loss "${place}" has no losses; it needs a line for each step.`);
  }
  const { step, loss, validation } = head ? named(head) : counted(rows);
  const kept = rows.map((row, k) => ({ row, k })).filter(({ row }) => typeof row[loss] === 'number');
  const steps = kept.map(({ row, k }) => (step < 0 ? k : (row[step] ?? k)));
  const fault = steps.findIndex((value, k) => !Number.isFinite(value) || (k > 0 && value <= steps[k - 1]));
  if (fault >= 0) {
    throw new RequestError(
      `--loss "${place}": step ${steps[fault]} does not come after ${steps[fault - 1] ?? 'another'}; steps ascend.`,
    );
  }
  return {
    steps,
    losses: kept.map(({ row }) => row[loss] as number),
    validation: validation < 0 ? null : kept.map(({ row }) => row[validation] ?? Number.NaN),
  };
}
