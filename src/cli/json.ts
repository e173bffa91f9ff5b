/** A number as JSON, which has no infinities: "nan", "inf" and "-inf" are strings. */
export const jsonNumber = (value: number): string => {
  if (Number.isFinite(value)) return String(value);
  if (Number.isNaN(value)) return '"nan"';
  return value > 0 ? '"inf"' : '"-inf"';
};

/** A number as CSV: the shortest text that reads back the same, or nan, inf, -inf. */
export const csvNumber = (value: number): string => jsonNumber(value).replaceAll('"', '');

/** JSON text in which non-finite numbers are the strings "nan", "inf", "-inf". */
export const toJson = (value: unknown): string =>
  JSON.stringify(value, (_key, entry) =>
    typeof entry === 'number' && !Number.isFinite(entry) ? JSON.parse(jsonNumber(entry)) : entry,
  );
