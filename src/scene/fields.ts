import * as v from 'valibot';
import { shown, unknownWord, wanted } from './complaint.ts';
import { nearest } from '../math/nearest.ts';

/**
 * The kinds of fields that a scene is made of. Each says itself what is wrong with a value; -0 becomes 0, which is what it
 * reads as after a round through text.
 */

/** What is wrong, as the rest of a sentence; `at` says where in the value. */
type Fault = string | { readonly at: readonly (string | number)[]; readonly says: string } | null;

/** A check in the words of what it finds. */
export const noFault = <T>(fault: (value: T) => Fault) =>
  v.rawCheck<T>(({ dataset, addIssue }) => {
    const found = dataset.typed ? fault(dataset.value) : null;
    if (typeof found === 'string') {
      addIssue({ message: found });
    } else if (found !== null) {
      const [first, ...rest] = found.at.map(
        (key) => ({ type: 'unknown', origin: 'value', input: null, key, value: null }) as const,
      );
      addIssue({ message: found.says, path: [first, ...rest] });
    }
  });

/** A number in [min, max]. */
export const number = (min: number, max: number) => {
  const says = (issue: { readonly input: unknown }) => wanted(issue.input, `a number from ${min} to ${max}`);
  return v.pipe(
    v.number(says),
    v.finite(says),
    v.minValue(min, says),
    v.maxValue(max, says),
    v.transform((value) => value + 0),
  );
};

/** A whole number in [min, max]. */
export const integer = (min: number, max: number) =>
  v.pipe(
    number(min, max),
    v.integer((issue) => wanted(issue.input, `a whole number from ${min} to ${max}`)),
  );

export const text = v.string((issue) => wanted(issue.input, 'a text'));

export const boolean = v.boolean((issue) => wanted(issue.input, 'true or false'));

/** One of a few words; `kind` names what they are. */
export const word = <const T extends string>(kind: string, known: readonly T[]) =>
  v.picklist(known, ({ input }) =>
    typeof input === 'string' ? unknownWord(kind, input, known) : wanted(input, `one of ${known.join(', ')}`),
  );

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object with these fields and no others. */
export const fields = <T extends v.ObjectEntries>(entries: T) =>
  v.pipe(
    v.custom<Record<string, unknown>>(isRecord, (issue) =>
      wanted(issue.input, `a record of ${Object.keys(entries).join(', ')}`),
    ),
    v.strictObject(entries, (issue) =>
      issue.expected === 'never'
        ? `is no field there; the nearest is ${nearest(String(issue.input), Object.keys(entries))}`
        : `is ${shown(issue.input)}`,
    ),
  );

/** A list of at most so many; the length is looked at first. */
export const list = <T>(item: v.GenericSchema<unknown, T>, most: number): v.GenericSchema<unknown, readonly T[]> =>
  v.pipe(
    v.custom<unknown[]>(Array.isArray, (issue) => wanted(issue.input, 'a list')),
    v.maxLength(most, (issue) => `has ${issue.input.length} entries; ${most} are the most`),
    v.array(item),
  );

/** Numbers by name, such as hyperparameters; which names there are is for the owner to say. */
export const numbers = v.pipe(
  v.custom<Record<string, unknown>>(isRecord, (issue) => wanted(issue.input, 'a record of numbers')),
  v.rawCheck(({ dataset, addIssue }) => {
    for (const [key, value] of dataset.typed ? Object.entries(dataset.value) : []) {
      if (typeof value !== 'number' || !Number.isFinite(value)) {
        addIssue({ message: `has ${key.slice(0, 40)} = ${shown(value)}; it must be a finite number` });
        return;
      }
    }
  }),
  v.transform((record): Readonly<Record<string, number>> => mapped(record as Record<string, number>)),
);

const mapped = (record: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, value + 0]));

/** A list of exactly so many numbers in [-size, size]; `what` says what they are. */
const exactly = (count: number, what: string) =>
  v.custom<unknown[]>(
    (value) => Array.isArray(value) && value.length === count,
    (issue) => wanted(issue.input, what),
  );

/** [x, y] */
export const point = (size: number) => {
  const coordinate = number(-size, size);
  return v.pipe(exactly(2, 'a pair of numbers [x, y]'), v.tuple([coordinate, coordinate]));
};

/** [xmin, xmax, ymin, ymax], ascending by pairs. */
export const box = (size: number, resolution: number) => {
  const end = number(-size, size);
  return v.pipe(
    exactly(4, 'four numbers [xmin, xmax, ymin, ymax]'),
    v.tuple([end, end, end, end]),
    v.check(
      ([xmin, xmax, ymin, ymax]) => wide(xmin, xmax, resolution) && wide(ymin, ymax, resolution),
      (issue) =>
        `is ${issue.input.join(', ')}; the smaller end comes first, and a side must be wide enough to tell places in it apart`,
    ),
  );
};

const wide = (low: number, high: number, resolution: number): boolean =>
  high - low > 0 && high - low >= resolution * Math.max(Math.abs(low), Math.abs(high));
