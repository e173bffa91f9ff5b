import type { RunRecord } from '../compute/engine/record.ts';
import { csvNumber, jsonNumber, toJson } from './json.ts';
import { npyHeader, npyNumbers } from './npy.ts';
import type { Chunks } from './output.ts';

/** What stands before the particles of a run's answer. */
export type RunHead = Readonly<Record<string, unknown>>;

/** Writes a run's record in one format. */
export type RecordFormat = (head: RunHead, record: RunRecord) => Chunks;

function* json(head: RunHead, record: RunRecord): Chunks {
  yield `${toJson(head).slice(0, -1)},"particles":[`;
  for (let i = 0; i < record.count; i++) {
    const { steps, points, outcome, average } = record.particle(i);
    const texts = steps.map((_, k) => `[${Array.from(points.subarray(3 * k, 3 * k + 3), jsonNumber).join(',')}]`);
    const ending = average ? `,"average":[${average.map(jsonNumber).join(',')}]` : '';
    yield `${i > 0 ? ',' : ''}{"steps":[${steps.join(',')}],"points":[${texts.join(',')}],"outcome":"${outcome}"${ending}}`;
  }
  yield ']}\n';
}

function* csv(_head: RunHead, record: RunRecord): Chunks {
  yield 'particle,step,x,y,loss\n';
  for (let i = 0; i < record.count; i++) {
    const { steps, points } = record.particle(i);
    const lines = steps.map(
      (step, k) => `${i},${step},${Array.from(points.subarray(3 * k, 3 * k + 3), csvNumber).join(',')}\n`,
    );
    yield lines.join('');
  }
}

function* npy(_head: RunHead, record: RunRecord): Chunks {
  yield npyHeader([record.steps.length, record.count, 3]);
  for (let k = 0; k < record.steps.length; k++) {
    yield npyNumbers(record.frame(k));
  }
}

/** Formats of `run`, by their names. */
export const RECORD_FORMATS = { json, csv, npy } as const satisfies Readonly<Record<string, RecordFormat>>;
